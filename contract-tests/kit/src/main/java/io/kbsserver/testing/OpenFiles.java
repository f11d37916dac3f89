package io.kbsserver.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Counts files that a process has open, among them such as have no name any more. */
public final class OpenFiles {

  private static final long PATIENCE_SECONDS = 60;

  private OpenFiles() {}

  /** How many files in a folder this process has open; where that cannot be seen, how many are. */
  public static long in(Path folder) {
    return in(folder, ProcessHandle.current().pid());
  }

  /** How many files in a folder a process has open. */
  public static long in(Path folder, long process) {
    Path handles = Path.of("/proc", Long.toString(process), "fd");
    try {
      Path real = folder.toRealPath();
      if (!Files.isDirectory(handles)) {
        return count(real);
      }
      try (Stream<Path> open = Files.list(handles)) {
        return open.filter(handle -> target(handle).startsWith(real + "/")).count();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  private static String target(Path handle) {
    try {
      return Files.readSymbolicLink(handle).toString();
    } catch (IOException e) {
      return ""; // Closed meanwhile.
    }
  }

  /** Waits until this process has as many files in a folder open. */
  public static void await(Path folder, long wanted) {
    await(folder, ProcessHandle.current().pid(), wanted);
  }

  /** Waits until a process has as many files in a folder open. */
  public static void await(Path folder, long process, long wanted) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    long found = in(folder, process);
    while (found != wanted && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      found = in(folder, process);
    }
    if (found != wanted) {
      throw new AssertionError(found + " open files in " + folder + " in place of " + wanted);
    }
  }

  /**
   * Waits until no file in a folder has a name: one that is deleted as it is opened has one for a
   * moment.
   */
  public static void awaitNameless(Path folder) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (count(folder) > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    if (count(folder) > 0) {
      throw new AssertionError("There are files in " + folder);
    }
  }

  /** Sees that this process has no file in a folder open, and that none is left there. */
  public static void assertNone(Path folder) {
    long found = in(folder);
    try {
      long left = count(folder.toRealPath());
      if (found > 0 || left > 0) {
        throw new AssertionError(
            found + " files in " + folder + " are open, " + left + " are left");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
