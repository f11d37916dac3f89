package io.kbsserver.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java files of all modules, as they are written by hand. */
final class House {

  private static final Path TOP = Path.of("..", "..");

  private House() {}

  /** All of them, those of tests among them. */
  static List<Path> files() {
    return entries(TOP).stream()
        .flatMap(parent -> entries(parent).stream())
        .map(module -> module.resolve("src"))
        .flatMap(source -> below(source).stream())
        .toList();
  }

  /** Those of a room of the server, without its tests. */
  static List<Path> filesOf(String room) {
    return below(TOP.resolve("server/app/src/main/java/io/kbsserver").resolve(room));
  }

  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
