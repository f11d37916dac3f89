package io.kbsserver.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Data folders for tests of the built-in database. */
public final class TestFolders {
  private TestFolders() {}

  /**
   * Which of the JVMs that share a module's test classes this is: 1 for the first, and where there
   * is but one.
   */
  public static int fork() {
    return Integer.getInteger("tests.fork", 1);
  }

  /** Where the built-in server of this JVM's tests lives; its unpacked program is there as well. */
  public static Path database() {
    String name = fork() == 1 ? "test-database" : "test-database-" + fork();
    try {
      return Files.createDirectories(Path.of("target", name).toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the servers of this JVM's tests keep files, each in a folder of its own. */
  public static Path files() {
    return Path.of("target", "test-files-" + fork()).toAbsolutePath();
  }

  /**
   * An empty data folder below {@code target}. The unpacked program is linked from {@link
   * #database()}, if it is there already: it is large.
   */
  public static Path dataFolder(String name) {
    Path folder = Path.of("target", "data-folders", name).toAbsolutePath();
    try {
      delete(folder);
      Files.createDirectories(folder);
      try (Stream<Path> programs = Files.list(database())) {
        for (Path program : programs.toList()) {
          if (program.getFileName().toString().matches("mariadb-[0-9.]+")) {
            Files.createSymbolicLink(folder.resolve(program.getFileName()), program);
          }
        }
      }
      // Each holds more than 100 MB.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteQuietly(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void deleteQuietly(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      // The next run deletes it.
    }
  }
}
