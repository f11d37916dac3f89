package io.kbsserver.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files of text that a person has written for the program, and what may be wrong with them. */
public final class WrittenFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private WrittenFile() {}

  /**
   * The text of a file.
   *
   * @param subject what the file is, the beginning of a sentence
   * @param file its name
   */
  public static String text(String subject, String file) {
    return text(subject, file, bytes(subject, file));
  }

  /** The text that these bytes are, whose source is named. */
  public static String text(String subject, String source, byte[] bytes) {
    return decoded(subject, source, bytes).replaceFirst("^" + BYTE_ORDER_MARK, "");
  }

  /** The password that is the first line of a file. */
  public static String password(String subject, String file) {
    return password(subject, file, bytes(subject, file));
  }

  /** The password that is the first line of these bytes, whose source is named. */
  public static String password(String subject, String source, byte[] bytes) {
    String text = decoded(subject, source, bytes);
    if (text.startsWith(BYTE_ORDER_MARK)) {
      throw new StartupFailure(
          subject
              + " begins with a byte order mark, which would count as a part of the password; save"
              + " it as UTF-8 without BOM: "
              + source);
    }
    String line = text.lines().findFirst().orElse("");
    if (line.isEmpty()) {
      throw new StartupFailure(
          subject + (text.isEmpty() ? " is empty: " : " has nothing in its first line: ") + source);
    }
    return line;
  }

  private static byte[] bytes(String subject, String file) {
    try {
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        throw new StartupFailure(subject + " is a folder: " + file);
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new StartupFailure(subject + " does not exist: " + file, e);
    } catch (AccessDeniedException e) {
      throw new StartupFailure(
          subject + " may not be read by the user " + System.getProperty("user.name") + ": " + file,
          e);
    } catch (IOException e) {
      throw new StartupFailure(subject + " cannot be read: " + DataFolder.reason(e), e);
    }
  }

  private static String decoded(String subject, String source, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new StartupFailure(subject + " is not UTF-8: " + source, e);
    }
  }
}
