package io.kbsserver.files;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the bytes that no file refers to any more, or that a write which failed has left. What
 * has come lately stays, so that no write in flight loses what it has stored. Where the store is
 * that of another database, nothing is deleted: it may need what this one does not know.
 */
@Singleton
@Requires(property = "kbs.files.folder")
class FileSweep implements ApplicationEventListener<ServerStartupEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(FileSweep.class);

  /** Longer than a write takes, and than a backup. */
  private static final Duration YOUNG = Duration.ofDays(1);

  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration INTERVAL = Duration.ofHours(1);

  private final TaskScheduler scheduler;
  private final FileStores stores;
  private final FileService files;
  private final Clock clock;
  private final AtomicBoolean told = new AtomicBoolean();

  FileSweep(
      @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
      FileStores stores,
      FileService files,
      Clock clock) {
    this.scheduler = scheduler;
    this.stores = stores;
    this.files = files;
    this.clock = clock;
  }

  /** Where requests are served; a command has nothing to do with it. */
  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    scheduler.scheduleWithFixedDelay(START, INTERVAL, this::sweep);
  }

  private void tellOnce() {
    if (!told.getAndSet(true)) {
      LOG.warn(
          "The folder of files is that of another database, as the file database in it says: what"
              + " nobody needs is not deleted. If it belongs to this one, delete that file");
    }
  }

  /** A store or a database that does not answer is asked again later: nobody waits for this. */
  void sweep() {
    try {
      Optional<FileStore> store = stores.known();
      if (store.isEmpty()) {
        return;
      }
      if (!stores.isOwn(store.get())) {
        tellOnce();
        return;
      }
      int deleted = store.get().sweep(clock.instant().minus(YOUNG), files::referred);
      if (deleted > 0) {
        LOG.info("{} contents were deleted that no file referred to", deleted);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Files that nobody needs could not be swept: {}", e.getMessage());
      LOG.debug("Why", e);
    }
  }
}
