package io.kbsserver.files;

import io.kbsserver.storage.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a folder, which several servers may share. Contents are in folders named by the first
 * two digits of their digests. Each is written under another name and renamed when it is whole.
 *
 * <p>What nothing refers to is put aside first, and deleted when it has been there for as long as
 * it had to be old before: a backup that has begun, or a reader who comes late, still finds it.
 */
public final class FolderStore implements FileStore {

  private static final Logger LOG = LoggerFactory.getLogger(FolderStore.class);

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final Path folder;
  private final Path incoming;
  private final Path aside;
  private final Clock clock;

  /** The store in this folder, which is made if it is not there. */
  public FolderStore(Path folder, Clock clock) throws IOException {
    this.folder = folder;
    this.incoming = folder.resolve("incoming");
    this.aside = folder.resolve("aside");
    this.clock = clock;
    for (Path needed : List.of(folder, incoming, aside)) {
      Files.createDirectories(needed, Folders.PRIVATE);
    }
  }

  @Override
  public IncomingFile receive(InputStream content, String name) throws IOException {
    Path file = Files.createTempFile(incoming, "", ".part");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ContentStream read = new ContentStream(content);
      read.transferTo(Channels.newOutputStream(channel));
      channel.force(true);
      return new Received(file, read.file(name));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  @Override
  public InputStream open(String sha256, long from) throws IOException {
    for (Path place : List.of(place(sha256), aside(sha256), place(sha256))) {
      // It may be put aside, or be put back, between two looks.
      try {
        FileChannel channel = FileChannel.open(place, StandardOpenOption.READ);
        channel.position(from);
        return Channels.newInputStream(channel);
      } catch (NoSuchFileException e) {
        LOG.trace("Not in {}", place);
      }
    }
    throw new NoSuchFileException(sha256);
  }

  @Override
  public boolean has(String sha256) {
    return Files.isRegularFile(place(sha256)) || Files.isRegularFile(aside(sha256));
  }

  @Override
  public Set<String> all() throws IOException {
    Set<String> all = new TreeSet<>();
    // What is put aside, or is put back, while this looks is found at its other place.
    for (Path below : List.of(folder, aside, folder)) {
      visit(below, (file, changed) -> all.add(file.getFileName().toString()));
    }
    return all;
  }

  @Override
  public boolean claim(String database) throws IOException {
    try {
      Files.writeString(owner(), database, StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException e) {
      return Files.readString(owner()).equals(database);
    }
  }

  @Override
  public void check() throws IOException {
    Files.getLastModifiedTime(incoming);
  }

  private Path owner() {
    return folder.resolve("database");
  }

  @Override
  public int sweep(Instant before, UnaryOperator<Collection<String>> referred) throws IOException {
    visit(
        incoming,
        (file, changed) -> {
          if (changed.isBefore(before)) {
            Files.deleteIfExists(file);
          }
        });
    Unreferred gone = new Unreferred(referred, this::delete, this::putBack);
    visit(aside, (file, changed) -> gone.add(file.getFileName().toString(), changed, before));
    int deleted = gone.finish();
    Unreferred unneeded = new Unreferred(referred, this::putAside, kept -> {});
    visit(
        folder,
        (file, changed) -> {
          if (!file.startsWith(aside)) {
            unneeded.add(file.getFileName().toString(), changed, before);
          }
        });
    unneeded.finish();
    return deleted;
  }

  private void delete(String sha256) throws IOException {
    Files.deleteIfExists(aside(sha256));
  }

  private void putAside(String sha256) throws IOException {
    try {
      // From now on it counts as old as this.
      Files.setLastModifiedTime(place(sha256), FileTime.from(clock.instant()));
      Files.move(place(sha256), aside(sha256), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      LOG.debug("Another server has put {} aside", sha256);
    }
  }

  private void putBack(String sha256) throws IOException {
    try {
      Files.createDirectories(prefix(sha256), Folders.PRIVATE);
      Files.move(aside(sha256), place(sha256), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      LOG.debug("Another server has put {} back", sha256);
    }
  }

  @FunctionalInterface
  private interface Visit {
    void of(Path file, Instant changed) throws IOException;
  }

  /** The files of the store below a folder; in that of what comes in, all. */
  private void visit(Path below, Visit visit) throws IOException {
    Files.walkFileTree(
        below,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            return visited.equals(incoming) && !below.equals(incoming)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (below.equals(incoming) || DIGEST.matcher(file.getFileName().toString()).matches()) {
              visit.of(file, attributes.lastModifiedTime().toInstant());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
  }

  private Path place(String sha256) {
    return prefix(sha256).resolve(sha256);
  }

  private Path prefix(String sha256) {
    return folder.resolve(checked(sha256).substring(0, 2));
  }

  private Path aside(String sha256) {
    return aside.resolve(checked(sha256));
  }

  /** Nothing else becomes a part of a path. */
  static String checked(String sha256) {
    if (!DIGEST.matcher(sha256).matches()) {
      throw new IllegalArgumentException("No digest: " + sha256);
    }
    return sha256;
  }

  private final class Received implements IncomingFile {

    private final Path written;
    private final StoredFile file;

    Received(Path written, StoredFile file) {
      this.written = written;
      this.file = file;
    }

    @Override
    public StoredFile file() {
      return file;
    }

    @Override
    public void keep() throws IOException {
      Path prefix = prefix(file.sha256());
      if (!Files.isDirectory(prefix)) {
        Files.createDirectories(prefix, Folders.PRIVATE);
        Folders.flush(folder);
      }
      // Over one that is there as well: it is as young as its newest row from now on.
      Files.move(written, place(file.sha256()), StandardCopyOption.ATOMIC_MOVE);
      Folders.flush(prefix);
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(written);
    }
  }
}
