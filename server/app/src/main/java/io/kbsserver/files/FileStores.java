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
  private final StoreMarkerRepository markers;
  private final Clock clock;
  private volatile @Nullable FileStore store;

  FileStores(
      @Nullable @Property(name = "kbs.files.folder") Path folder,
      StoreMarkerRepository markers,
      Clock clock) {
    this.folder = folder;
    this.markers = markers;
    this.clock = clock;
  }

  /**
   * The store, looked for by whoever asks first.
   *
   * @throws StartupFailure where it is not here, or cannot be used
   */
  public FileStore get() {
    FileStore known = store;
    return known == null ? open() : known;
  }

  private synchronized FileStore open() {
    FileStore known = store;
    if (known != null) {
      return known;
    }
    if (folder == null) {
      throw new StartupFailure("No folder is named for files");
    }
    try {
      known = new FolderStore(find(folder), clock);
    } catch (IOException e) {
      throw new StartupFailure(
          "Files cannot be kept in " + folder + ": " + StartupFailure.oneLine(e), e);
    }
    store = known;
    return known;
  }

  private Path find(Path among) throws IOException {
    Optional<StoreMarker> marker = markers.findByNumber(ONLY);
    if (marker.isEmpty()) {
      // The folder first: whoever finds the marker finds the folder.
      Path made = among.resolve(UUID.randomUUID().toString());
      Files.createDirectories(made, Folders.PRIVATE);
      markers.claim(ONLY, made.getFileName().toString());
      marker = markers.findByNumber(ONLY);
      if (!marker.map(StoreMarker::id).filter(made.getFileName().toString()::equals).isPresent()) {
        Files.delete(made);
      }
    }
    String id = marker.map(StoreMarker::id).orElseThrow();
    Path found = among.resolve(id);
    if (!Files.isDirectory(found)) {
      throw new StartupFailure(
          "The files of this database are in a folder %s that is not in %s: share that folder with"
                  .formatted(id, among)
              + " the server that has it, or copy %s from there.".formatted(id));
    }
    return found;
  }
}
