package io.kbsserver.change;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives positions where nobody reads the log, so that who reads it next does not wait for those of
 * an import, and folds away what is older than the site keeps.
 */
@Singleton
class ChangeSweep implements ApplicationEventListener<ServerStartupEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeSweep.class);
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  /** In one turn, so that whoever folds years away does not do it at once. */
  private static final int MOST = 50_000;

  private final TaskScheduler scheduler;
  private final ChangeSequence sequence;
  private final KeptHistory kept;
  private final Clock clock;

  ChangeSweep(
      @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
      ChangeSequence sequence,
      KeptHistory kept,
      Clock clock) {
    this.scheduler = scheduler;
    this.sequence = sequence;
    this.kept = kept;
    this.clock = clock;
  }

  /** Where requests are served; a command has nothing to do with it. */
  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    scheduler.scheduleWithFixedDelay(START, INTERVAL, this::sweep);
  }

  /** A database that does not answer is asked again later: nobody waits for this. */
  void sweep() {
    try {
      // A statement is short; how many are needed behind a large import, is not minded.
      while (!sequence.give(MOST)) {
        LOG.debug("More changes have no position yet");
      }
      LocalDateTime before =
          LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(kept.days());
      int folded = 0;
      int some;
      do {
        some = sequence.fold(before);
        folded += some;
      } while (some > 0 && folded < MOST);
      if (folded > 0) {
        LOG.info("{} changes from before {} were folded away", folded, before);
      }
    } catch (RuntimeException e) {
      LOG.warn("The log of changes could not be tended: {}", e.getMessage());
      LOG.debug("Why", e);
    }
  }
}
