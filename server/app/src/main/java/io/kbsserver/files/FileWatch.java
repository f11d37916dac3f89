package io.kbsserver.files;

import io.kbsserver.files.s3.StoreAwayException;
import io.kbsserver.storage.StartupFailure;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the store of files answers, so that nobody waits for one that does not, in a place
 * that others need. It is looked at now and then.
 */
@Singleton
public class FileWatch implements ApplicationEventListener<ServerStartupEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final FileStores stores;
  private final TaskScheduler scheduler;
  private final AtomicBoolean there = new AtomicBoolean(true);

  FileWatch(FileStores stores, @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
    this.stores = stores;
    this.scheduler = scheduler;
  }

  /** Where requests are served; a command takes the time that it needs. */
  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    scheduler.scheduleWithFixedDelay(Duration.ZERO, INTERVAL, this::look);
  }

  /** Whether it answered lately. */
  public boolean isThere() {
    return there.get();
  }

  /** The store, unless it does not answer. */
  FileStore store() throws IOException {
    if (!there.get()) {
      throw new IOException("The store of files does not answer");
    }
    return stores.get();
  }

  /** Hears why something could not be done with a file. */
  void met(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreAwayException) {
        isAway(failure);
        return;
      }
    }
  }

  void look() {
    try {
      stores.check();
      if (!there.getAndSet(true)) {
        LOG.info("The store of files is there again");
      }
    } catch (IOException | RuntimeException e) {
      isAway(e);
    }
  }

  private void isAway(Exception why) {
    if (there.getAndSet(false)) {
      LOG.error("From now on files are refused: {}", StartupFailure.oneLine(why));
    }
  }
}
