package io.kbsserver.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The built-in database's program, 300 MB, unpacked once for all JVMs of a build. */
public final class SharedProgram {

  private SharedProgram() {}

  /** Makes a data folder one that has it unpacked. */
  public static void linkInto(Path folder) {
    Optional<Path> shared = folder();
    if (shared.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(shared.get());
      Path home;
      try (FileChannel channel =
          FileChannel.open(
              shared.get().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        // Of other JVMs; closing gives it back.
        channel.lock();
        home = MariaDbProgram.unpackedIn(shared.get()).home();
      }
      Path link = folder.resolve(home.getFileName());
      if (Files.isSymbolicLink(link)) {
        Files.delete(link);
      }
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, home);
      }
    } catch (UnsupportedOperationException e) {
      // No links here: each has one of its own.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Below the target of the module that has the test servers, in whichever module this runs. */
  private static Optional<Path> folder() {
    for (Path root = Path.of("").toAbsolutePath(); root != null; root = root.getParent()) {
      Path module = root.resolve("contract-tests").resolve("servers");
      if (Files.isDirectory(module)) {
        return Optional.of(module.resolve("target").resolve("database-program"));
      }
    }
    return Optional.empty();
  }
}
