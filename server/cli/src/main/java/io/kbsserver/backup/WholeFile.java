package io.kbsserver.backup;

import io.kbsserver.storage.StartupFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is there when it is whole, and not before: it is written under another name beside
 * it, and only its owner can read it.
 */
public final class WholeFile {
  /** What writes it. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /**
   * Writes it, or leaves things as they were.
   *
   * @param replace whether one that is there may be replaced
   * @return its size
   */
  public static long write(Path file, boolean replace, Content content) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
      throw new StartupFailure(
          Files.isDirectory(file) ? "It is a folder: " + file : "There is no folder " + folder);
    }
    if (!replace && Files.exists(file)) {
      throw exists(file, null);
    }
    try {
      // Such a file is its owner's alone.
      Path unfinished = Files.createTempFile(folder, "." + file.getFileName() + ".", ".part");
      try {
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
          content.writeTo(Channels.newOutputStream(channel));
          channel.force(true);
        }
        long size = Files.size(unfinished);
        if (replace) {
          Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
          Files.move(unfinished, file);
        }
        return size;
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(file, e);
    } catch (AccessDeniedException e) {
      throw new StartupFailure("Nothing may be written to " + folder, e);
    } catch (IOException e) {
      throw new StartupFailure("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static StartupFailure exists(Path file, @Nullable Exception e) {
    String message = file + " is there already: add --replace to replace it";
    return e == null ? new StartupFailure(message) : new StartupFailure(message, e);
  }
}
