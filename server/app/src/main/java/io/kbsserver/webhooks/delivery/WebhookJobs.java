package io.kbsserver.webhooks.delivery;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.kbsserver.storage.Jobs;
import io.micronaut.context.annotation.Property;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** For each webhook a job, which is done by one server at a time. */
@Singleton
public class WebhookJobs {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookJobs.class);
  private static final String NAME = "webhook";
  private static final int THREADS = 8;
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  /** What is being sent when the server stops may take so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Jobs jobs;
  private final Courier courier;
  private final Duration polling;
  private final Clock clock;
  private final SchedulerClient client;
  private final AtomicBoolean expected = new AtomicBoolean();
  private final AtomicReference<@Nullable Scheduler> scheduler = new AtomicReference<>();

  /** Those that could not be woken, most since somebody was about to leave them. */
  private final Set<Long> toWake = ConcurrentHashMap.newKeySet();

  WebhookJobs(
      Jobs jobs,
      Courier courier,
      @Property(name = "kbs.webhooks.polling") Duration polling,
      Clock clock) {
    this.jobs = jobs;
    this.courier = courier;
    this.polling = polling;
    this.clock = clock;
    this.client = jobs.client();
  }

  /** There is a webhook now, if there was none before. */
  public void expect() {
    expected.set(true);
  }

  /** Whether there is one, as far as this server has heard. */
  boolean isExpected() {
    return expected.get();
  }

  /** Something is to be sent to a webhook now. */
  public void wake(long id) {
    expect();
    try {
      TaskInstance<Void> job = new TaskInstance<>(NAME, Long.toString(id));
      Instant now = clock.instant();
      if (!isInLine(job, now)) {
        client.schedule(job, now, ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
      }
    } catch (DbSchedulerException e) {
      // Somebody is at it, and may have looked already.
      toWake.add(id);
    } catch (RuntimeException e) {
      // What is to be sent is written down by now; the database may be asked again.
      LOG.warn("The webhook {} could not be woken: {}", id, e.getMessage());
      LOG.debug("Why", e);
      toWake.add(id);
    }
  }

  /** Whether it waits for a place already, where it would go to the end of the line again. */
  private boolean isInLine(TaskInstance<Void> job, Instant now) {
    return client
        .getScheduledExecution(job)
        .filter(there -> !there.isPicked() && !there.getExecutionTime().isAfter(now))
        .isPresent();
  }

  /** The same, when this server next looks: for who cannot take a connection now. */
  public void wakeSoon(long id) {
    toWake.add(id);
    expect();
  }

  /** From now on this server does jobs; before there is a webhook it does not look for any. */
  synchronized void work() {
    expected.set(false);
    if (scheduler.get() == null) {
      Scheduler made = jobs.scheduler(task(), THREADS, polling, PATIENCE);
      scheduler.set(made);
      made.start();
    }
    List.copyOf(toWake)
        .forEach(
            id -> {
              toWake.remove(id);
              wake(id);
            });
  }

  private CustomTask<Void> task() {
    return Tasks.custom(NAME, Void.class)
        .onFailure(
            (failed, operations) ->
                operations.reschedule(failed, clock.instant().plus(AFTER_FAILURE)))
        .onDeadExecutionRevive()
        .execute(
            (instance, context) -> {
              Optional<Instant> again = courier.turn(Long.parseLong(instance.getId()));
              return (done, operations) ->
                  again.ifPresentOrElse(
                      time -> operations.reschedule(done, time), operations::remove);
            });
  }

  @PreDestroy
  synchronized void stop() {
    Scheduler working = scheduler.get();
    if (working != null) {
      working.stop();
    }
  }
}
