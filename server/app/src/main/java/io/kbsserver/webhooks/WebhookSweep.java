package io.kbsserver.webhooks;

import io.kbsserver.site.WallClock;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what was sent to webhooks long ago; what waits stays. */
@Singleton
public class WebhookSweep {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookSweep.class);
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration INTERVAL = Duration.ofHours(1);

  private final TaskScheduler scheduler;
  private final DeliverySweeper sweeper;
  private final Clock clock;

  WebhookSweep(
      @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
      DeliverySweeper sweeper,
      Clock clock) {
    this.scheduler = scheduler;
    this.sweeper = sweeper;
    this.clock = clock;
  }

  /** From now on, now and then. */
  public void start() {
    scheduler.scheduleWithFixedDelay(START, INTERVAL, this::sweep);
  }

  /** A database that does not answer is asked again later: nobody waits for this. */
  void sweep() {
    try {
      int removed = sweeper.sweep(WallClock.now(clock));
      if (removed > 0) {
        LOG.info("{} deliveries to webhooks were deleted that are told of no more", removed);
      }
    } catch (RuntimeException e) {
      LOG.warn("Deliveries to webhooks could not be swept: {}", e.getMessage());
      LOG.debug("Why", e);
    }
  }
}
