package io.kbsserver.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of lines that a person wrote; empty ones and comments mean nothing. */
final class TextFile {

  /** Does something with a line. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads a line.
     *
     * @param line without the spaces around it
     * @throws IllegalArgumentException if the line is wrong; the message says what it should be
     */
    void read(String line);
  }

  private TextFile() {}

  /**
   * Reads all lines.
   *
   * @param what what the file is called, for messages; they never repeat a line
   */
  static void read(Path file, String what, Reader reader) {
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String text = line.replace("\uFEFF", "").strip();
        if (!text.isEmpty() && !text.startsWith("#")) {
          reader.read(text);
        }
      }
    } catch (NoSuchFileException e) {
      throw new CompareException("The " + what + " does not exist: " + file, e);
    } catch (IOException e) {
      throw new CompareException("The " + what + " cannot be read: " + file, e);
    } catch (IllegalArgumentException e) {
      throw new CompareException(
          "The " + what + " " + file + ", line " + number + ": " + e.getMessage(), e);
    }
  }
}
