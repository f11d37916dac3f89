package io.kbsserver.idempotency;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away what is not answered again any more, some at a time. */
@Singleton
class KeptAnswerSweep implements ApplicationEventListener<ServerStartupEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(KeptAnswerSweep.class);
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  private final TaskScheduler scheduler;
  private final KeptAnswers answers;

  KeptAnswerSweep(@Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler, KeptAnswers answers) {
    this.scheduler = scheduler;
    this.answers = answers;
  }

  /** Where requests are served. */
  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    scheduler.scheduleWithFixedDelay(INTERVAL, INTERVAL, this::sweep);
  }

  /** A database that does not answer is asked again later: nobody waits for this. */
  void sweep() {
    try {
      while (answers.sweep() > 0) {
        LOG.debug("Kept answers were taken away");
      }
    } catch (RuntimeException e) {
      LOG.warn("Kept answers could not be tended: {}", e.getMessage());
      LOG.debug("Why", e);
    }
  }
}
