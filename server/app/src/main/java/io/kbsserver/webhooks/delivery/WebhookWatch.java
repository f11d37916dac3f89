package io.kbsserver.webhooks.delivery;

import io.kbsserver.webhooks.WebhookSweep;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the log tells of something that webhooks have not got to. A change costs nothing
 * more for them, and where there are none, nobody but this looks for them, now and then.
 */
@Singleton
@Requires(property = "kbs.database.watched", notEquals = "false")
class WebhookWatch implements ApplicationEventListener<ServerStartupEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookWatch.class);

  /** Looks that are left out where there is no webhook. */
  private static final int RARELY = 10;

  private final DeliveryService service;
  private final WebhookJobs jobs;
  private final WebhookSweep sweep;
  private final TaskScheduler scheduler;
  private final Duration polling;
  private final AtomicInteger leftOut = new AtomicInteger(RARELY);

  WebhookWatch(
      DeliveryService service,
      WebhookJobs jobs,
      WebhookSweep sweep,
      @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
      @Property(name = "kbs.webhooks.polling") Duration polling) {
    this.service = service;
    this.jobs = jobs;
    this.sweep = sweep;
    this.scheduler = scheduler;
    this.polling = polling;
  }

  /** Where requests are served; a command leaves it to servers. */
  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    scheduler.scheduleWithFixedDelay(polling, polling, this::look);
    sweep.start();
  }

  /** A database that does not answer is asked again later: nobody waits for this. */
  void look() {
    if (leftOut.get() > 0 && !jobs.isExpected()) {
      leftOut.decrementAndGet();
      return;
    }
    try {
      Optional<List<Long>> behind = service.behind();
      if (behind.isPresent()) {
        jobs.work();
        behind.get().forEach(jobs::wake);
      } else {
        leftOut.set(RARELY);
      }
    } catch (RuntimeException e) {
      LOG.debug("It could not be seen what there is for webhooks", e);
    }
  }
}
