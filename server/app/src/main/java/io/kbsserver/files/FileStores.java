package io.kbsserver.files;

import static java.util.Objects.requireNonNull;

import io.kbsserver.files.s3.S3Access;
import io.kbsserver.files.s3.S3Address;
import io.kbsserver.files.s3.StoreAwayException;
import io.kbsserver.storage.StartupFailure;
import io.micronaut.context.annotation.Property;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the store of this database.
 *
 * <p>It is called as the database says, and is in the bucket or the folder that the configuration
 * names. So a server that has another one than that which the files are in finds out, and what
 * belongs to another database (that of the demo, or one that a restore has replaced) is never taken
 * for files that nobody needs.
 */
@Singleton
public class FileStores {

  private static final int ONLY = 1;

  private static final Logger LOG = LoggerFactory.getLogger(FileStores.class);

  private final @Nullable Path folder;
  private final @Nullable String url;
  private final S3Access access;
  private final String database;
  private final StoreMarkerRepository markers;
  private final Clock clock;
  private final AtomicReference<@Nullable StoreLocation> location = new AtomicReference<>();
  private final AtomicReference<@Nullable FileStore> store = new AtomicReference<>();

  FileStores(
      @Nullable @Property(name = "kbs.files.folder") Path folder,
      @Nullable @Property(name = "kbs.files.url") String url,
      S3Access access,
      @Property(name = "kbs.files.database", defaultValue = "") String database,
      StoreMarkerRepository markers,
      Clock clock) {
    this.folder = folder;
    this.url = url;
    this.access = access;
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

  /**
   * Finds out at a start whether files can be used. A store that is away is told and not waited
   * for: everything else can be served.
   *
   * @throws StartupFailure where something has to be set right
   */
  public void checkAtStart() {
    try {
      known();
      check();
    } catch (StoreAwayException e) {
      LOG.error("Until {} is there, files are refused: {}", where(), e.getMessage());
    } catch (IOException e) {
      throw unusable(where(), e);
    } catch (StartupFailure e) {
      if (!(e.getCause() instanceof StoreAwayException)) {
        throw e;
      }
      LOG.error("{}; until it is there, files are refused", e.getMessage());
    }
  }

  /** Fails where the store does not answer, or the place for one. It asks no database. */
  void check() throws IOException {
    FileStore opened = store.get();
    if (opened != null) {
      opened.check();
    } else if (url != null) {
      where().has("none");
    }
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
    StoreLocation location = where();
    Optional<String> id = id();
    if (id.isEmpty() && !make) {
      return null;
    }
    try {
      String found = id.isEmpty() ? made(location) : id.get();
      if (!location.has(found)) {
        throw new StartupFailure(
            "The files of this database are in a store %s that is not in %s: share the place that"
                    .formatted(found, location)
                + " has it with this server, or copy it from there.");
      }
      return location.open(found);
    } catch (IOException e) {
      throw unusable(location, e);
    }
  }

  private static StartupFailure unusable(StoreLocation location, IOException e) {
    return new StartupFailure(
        "Files cannot be kept in " + location + ": " + StartupFailure.oneLine(e), e);
  }

  private StoreLocation where() {
    return requireNonNull(location.updateAndGet(found -> found == null ? configured() : found));
  }

  private StoreLocation configured() {
    if (url != null) {
      return new BucketLocation(access.bucket(S3Address.parse(url)));
    }
    if (folder == null) {
      throw new StartupFailure("No folder is named for files");
    }
    return new FolderLocation(folder, clock);
  }

  @PreDestroy
  void close() {
    if (location.get() instanceof BucketLocation remote) {
      remote.bucket().close();
    }
  }

  private Optional<String> id() {
    return markers.findByNumber(ONLY).map(StoreMarker::id);
  }

  /** Makes a store, unless another server is quicker; the store first, so that it is there. */
  private String made(StoreLocation location) throws IOException {
    String wanted = UUID.randomUUID().toString();
    location.open(wanted).claim(database);
    markers.claim(ONLY, wanted);
    String id = id().orElseThrow();
    if (!id.equals(wanted)) {
      location.delete(wanted);
    }
    return id;
  }
}
