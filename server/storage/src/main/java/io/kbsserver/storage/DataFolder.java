package io.kbsserver.storage;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of the built-in database while this process holds it.
 *
 * <p>The lock is one of the operating system, so it ends with the process that holds it, however
 * that ends. It belongs to {@code kbs.lock}; nothing else may open that file, because on POSIX
 * closing any handle of it gives the lock away.
 */
final class DataFolder implements AutoCloseable {
  static final String DATABASE = "database";
  static final String REPLACED = "database.replaced";

  /** Those of this process, whose files it must not open again. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private DataFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Takes the folder for this process, creating it if need be; empty while another has it. */
  static Optional<DataFolder> lock(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, Folders.PRIVATE);
      }
      Path real = folder.toRealPath();
      if (!HELD.add(real)) {
        return Optional.empty();
      }
      try {
        FileChannel channel =
            FileChannel.open(
                real.resolve("kbs.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() != null) {
          return Optional.of(new DataFolder(real, channel));
        }
        channel.close();
      } catch (IOException e) {
        HELD.remove(real);
        throw e;
      }
      HELD.remove(real);
      return Optional.empty();
    } catch (IOException e) {
      throw new StartupFailure(
          "Cannot use the data folder "
              + folder
              + " ("
              + DatabaseSettings.DATA_FOLDER
              + "): "
              + reason(e),
          e);
    }
  }

  Path path() {
    return folder;
  }

  /** The database server's own folder. */
  Path database() {
    return folder.resolve(DATABASE);
  }

  /** Where a new database is made before it takes its place; left over after a kill. */
  Path unfinishedDatabase() {
    return folder.resolve("database.new");
  }

  /** What a restore has taken the place of. */
  Path replacedDatabase() {
    return folder.resolve(REPLACED);
  }

  Path temporary() {
    return folder.resolve("tmp");
  }

  Path log() {
    return folder.resolve("mariadb.log");
  }

  /** Tells commands that come later who has the folder and how to join. */
  void announce(Properties instance) throws IOException {
    writePrivately(instanceFile(folder), instance);
  }

  /** What the process that has the folder announced, if it got that far. */
  static Optional<Properties> announced(Path folder) {
    try {
      return Optional.of(read(instanceFile(folder)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path instanceFile(Path folder) {
    return folder.resolve("running.properties");
  }

  static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  /** Writes a file that only this user can read, all of it or nothing. */
  static void writePrivately(Path file, Properties properties) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, Folders.PRIVATE_FILE);
    try (Writer writer = Files.newBufferedWriter(unfinished)) {
      properties.store(writer, null);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static Path createPrivately(Path folder) throws IOException {
    return Files.createDirectory(folder, Folders.PRIVATE);
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(instanceFile(folder));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      HELD.remove(folder);
    }
  }

  /** An I/O error in words: Java's message is often the file name alone. */
  static String reason(IOException e) {
    String name = e.getClass().getSimpleName();
    if (e instanceof NoSuchFileException) {
      return "not found: " + e.getMessage();
    }
    return switch (name) {
      case "AccessDeniedException" -> "permission denied: " + e.getMessage();
      case "FileAlreadyExistsException" -> "not a folder: " + e.getMessage();
      default -> e.getMessage() == null ? name : e.getMessage();
    };
  }
}
