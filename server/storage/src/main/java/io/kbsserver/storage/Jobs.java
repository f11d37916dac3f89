package io.kbsserver.storage;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.jdbc.MySQL8JdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.micronaut.context.BeanProvider;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that any of several servers does, each piece of it one at a time, by db-scheduler. A server
 * takes a job by changing the version of its row, which on a cluster of databases only one can; no
 * lock is held while it is done. All kinds have one scheduler: one that does not know of a kind
 * deletes its jobs after two weeks.
 */
@Singleton
public class Jobs {

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final String TABLE = "job";
  private static final int THREADS = 8;

  /** A server that has not been heard of for four of these is taken to be gone. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(3);

  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  /** What is being done when the server stops may take so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final DataSource dataSource;
  private final Clock clock;
  private final BeanProvider<JobKind> kinds;
  private final SchedulerClient client;
  private final AtomicReference<@Nullable Scheduler> scheduler = new AtomicReference<>();

  /** Those that could not be woken, most since somebody was about to leave them. */
  private final Set<Piece> toWake = ConcurrentHashMap.newKeySet();

  /** A piece of work of a kind. */
  private record Piece(String kind, String name) {}

  Jobs(DataSource dataSource, Clock clock, BeanProvider<JobKind> kinds) {
    this.dataSource = DelegatingDataSource.unwrapDataSource(dataSource);
    this.clock = clock;
    this.kinds = kinds;
    this.client =
        SchedulerClient.Builder.create(this.dataSource)
            .tableName(TABLE)
            .jdbcCustomization(new MySQL8JdbcCustomization(true))
            .build();
  }

  /** There is something to do of a piece now, by whichever server. */
  public void wake(JobKind kind, String name) {
    wake(new Piece(kind.name(), name));
  }

  private void wake(Piece piece) {
    try {
      TaskInstance<Void> job = new TaskInstance<>(piece.kind(), piece.name());
      Instant now = clock.instant();
      if (!isInLine(job, now)) {
        client.schedule(job, now, ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
      }
    } catch (DbSchedulerException e) {
      // Somebody is at it, and may have looked already.
      toWake.add(piece);
    } catch (RuntimeException e) {
      // What there is to do is written down by now; the database may be asked again.
      LOG.warn("The {} {} could not be woken: {}", piece.kind(), piece.name(), e.getMessage());
      LOG.debug("Why", e);
      toWake.add(piece);
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
  public void wakeSoon(JobKind kind, String name) {
    toWake.add(new Piece(kind.name(), name));
  }

  /** From now on this server does jobs; before there are any it does not look for them. */
  public synchronized void work() {
    if (scheduler.get() == null) {
      Scheduler made = made(kinds.stream().toList());
      scheduler.set(made);
      made.start();
    }
    List.copyOf(toWake)
        .forEach(
            piece -> {
              toWake.remove(piece);
              wake(piece);
            });
  }

  private Scheduler made(List<JobKind> all) {
    return Scheduler.create(dataSource, all.stream().<Task<?>>map(this::task).toList())
        .tableName(TABLE)
        .jdbcCustomization(new MySQL8JdbcCustomization(true))
        .threads(THREADS)
        .pollingInterval(
            all.stream().map(JobKind::polling).min(Comparator.naturalOrder()).orElseThrow())
        .heartbeatInterval(HEARTBEAT)
        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
        .shutdownMaxWait(PATIENCE)
        .failureLogging(LogLevel.WARN, false)
        .clock(clock::instant)
        .build();
  }

  private CustomTask<Void> task(JobKind kind) {
    return Tasks.custom(kind.name(), Void.class)
        .onFailure(
            (failed, operations) ->
                operations.reschedule(failed, clock.instant().plus(AFTER_FAILURE)))
        .onDeadExecutionRevive()
        .execute(
            (instance, context) -> {
              Optional<Instant> again = kind.turn(instance.getId());
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
