package io.kbsserver.consumers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pact files that the tests write. */
final class Pacts {

  static final String PROVIDER = "kbs-server";

  /** Where they are written. */
  static final Path WRITTEN = Path.of(System.getProperty("pact.rootDir", "target/pacts"));

  /** Where they are kept and reviewed. */
  static final Path COMMITTED = Path.of("..", "pacts");

  private static boolean begun;

  private Pacts() {}

  /** Forgets what an earlier run wrote, since new conversations are added to what is there. */
  static synchronized void begin() {
    if (!begun) {
      begun = true;
      in(WRITTEN).forEach(Pacts::delete);
    }
  }

  /** The pact files in a folder, by name. */
  static List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
