package io.kbsserver.files;

import io.kbsserver.storage.Folders;
import io.kbsserver.storage.StartupFailure;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds the store of this database.
 *
 * <p>It is a folder that is called as the database says, below the one that the configuration
 * names. So a server that has another folder than the one that the files are in finds out, and what
 * belongs to another database (that of the demo, or one that a restore has replaced) is never taken
 * for files that nobody needs.
 */
@Singleton
public class FileStores {

  private static final int ONLY = 1;

  private final @Nullable Path folder;
  private final String database;
  private final StoreMarkerRepository markers;
  private final Clock clock;
  private final AtomicReference<@Nullable FileStore> store = new AtomicReference<>();

  FileStores(
      @Nullable @Property(name = "kbs.files.folder") Path folder,
      @Property(name = "kbs.files.database", defaultValue = "") String database,
      StoreMarkerRepository markers,
      Clock clock) {
    this.folder = folder;
    this.database = database;
    this.markers = markers;
    this.clock = clock;
  }

  /**
   * The store; the first who has something to keep makes it.
   *
   * @throws StartupFailure where it is not here, or cannot be used
   */
  public FileStore get() {
    return open(true).orElseThrow();
  }

  /**
   * The store, if the database has one yet.
   *
   * @throws StartupFailure where it is not here, or cannot be used
   */
  public Optional<FileStore> known() {
    return open(false);
  }

  /** Whether a store is that of this very database, and not of one that it is a copy of. */
  boolean isOwn(FileStore store) throws IOException {
    return store.claim(database);
  }

  private Optional<FileStore> open(boolean make) {
    if (store.get() == null) {
      synchronized (store) {
        if (store.get() == null) {
          store.set(find(make));
        }
      }
    }
    return Optional.ofNullable(store.get());
  }

  private @Nullable FileStore find(boolean make) {
    Optional<String> id = id();
    if (id.isEmpty() && !make) {
      return null;
    }
    if (folder == null) {
      throw new StartupFailure("No folder is named for files");
    }
    try {
      Path found = folder.resolve(id.isEmpty() ? made(folder) : id.get());
      if (!Files.isDirectory(found)) {
        throw new StartupFailure(
            "The files of this database are in a folder %s that is not in %s: share that folder"
                    .formatted(found.getFileName(), folder)
                + " with the server that has it, or copy it from there.");
      }
      FileStore opened = new FolderStore(found, clock);
      if (id.isEmpty()) {
        opened.claim(database);
      }
      return opened;
    } catch (IOException e) {
      throw new StartupFailure(
          "Files cannot be kept in " + folder + ": " + StartupFailure.oneLine(e), e);
    }
  }

  private Optional<String> id() {
    return markers.findByNumber(ONLY).map(StoreMarker::id);
  }

  /** Makes a store, unless another server is quicker; the folder first, so that it is there. */
  private String made(Path among) throws IOException {
    String wanted = UUID.randomUUID().toString();
    Files.createDirectories(among.resolve(wanted), Folders.PRIVATE);
    markers.claim(ONLY, wanted);
    String id = id().orElseThrow();
    if (!id.equals(wanted)) {
      Files.delete(among.resolve(wanted));
    }
    return id;
  }
}
