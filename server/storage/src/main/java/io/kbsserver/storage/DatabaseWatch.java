package io.kbsserver.storage;

import static java.util.Objects.requireNonNull;

import io.kbsserver.storage.DatabaseProbe.Observation;
import io.kbsserver.storage.GuardedDataSource.KnownAway;
import io.micronaut.context.annotation.Property;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the database is there. A thread with a connection of its own finds out, so that no
 * request has to wait for it: while it is away none gets as far as the pool, and when it hangs
 * those that wait for an answer get an error instead.
 *
 * <p>Until it is started, the database counts as there: a command waits for its own statements.
 */
@Singleton
public class DatabaseWatch {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
  private static final Duration PERIOD = Duration.ofMillis(400);
  private static final Duration PERIOD_WHILE_AWAY = Duration.ofMillis(250);

  /** What is known of the database. */
  public enum State {
    /** It answers. */
    THERE,
    /** It answers those who have a connection, and gives no more of them. */
    CROWDED,
    /** It does not answer. */
    AWAY
  }

  /** What a request has met. */
  private record Met(DatabaseFault fault, String message) {}

  private final String url;
  private final @Nullable String user;
  private final @Nullable String password;
  private final List<GuardedDataSource> guarded = new CopyOnWriteArrayList<>();
  private final FaultLog faults = new FaultLog();
  private final AtomicReference<State> state = new AtomicReference<>(State.THERE);
  private final AtomicLong since = new AtomicLong(System.nanoTime());
  private final AtomicInteger mostMigrations = new AtomicInteger();
  private final AtomicBoolean migrated = new AtomicBoolean(true);
  private final AtomicBoolean doubted = new AtomicBoolean();
  private final AtomicReference<Optional<Met>> unexplained =
      new AtomicReference<>(Optional.empty());
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Semaphore wake = new Semaphore(0);

  DatabaseWatch(
      @Property(name = "datasources.default.url") String url,
      @Nullable @Property(name = "datasources.default.username") String user,
      @Nullable @Property(name = "datasources.default.password") String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /** Begins to look. */
  public void start() {
    if (started.compareAndSet(false, true)) {
      Thread thread = new Thread(this::run, "database-watch");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** What was found the last time. */
  public State state() {
    return requireNonNull(state.get());
  }

  /** Whether the database had all migrations that it had at the start, when it last answered. */
  public boolean migrated() {
    return migrated.get();
  }

  /**
   * Takes note of what a request has met, and has it said once.
   *
   * @param fault what is wrong
   * @param failure what the request failed with
   */
  public void met(DatabaseFault fault, Throwable failure) {
    if (KnownAway.isBehind(failure)) {
      return;
    }
    String message = ExternalDatabase.reason(failure);
    switch (fault) {
      case AWAY, ALL_IN_USE -> {
        // Whether there is more to it, the next look tells.
        if (!started.get()) {
          faults.met(fault, message);
        } else if (state() == State.THERE) {
          unexplained.set(
              Optional.of(
                  new Met(fault == DatabaseFault.AWAY ? DatabaseFault.ENDED : fault, message)));
          wake.release();
        }
      }
      case CROWDED -> doubt();
      default -> faults.met(fault, message);
    }
  }

  void guards(GuardedDataSource source) {
    guarded.add(source);
  }

  /** No new connection could be made. */
  void doubt() {
    doubted.set(true);
    wake.release();
  }

  private void run() {
    try (DatabaseProbe probe = new DatabaseProbe(url, user, password)) {
      while (!stopped.get()) {
        try {
          look(probe);
        } catch (RuntimeException e) {
          // Nobody else would look.
          LOG.error("The database could not be looked at", e);
        }
        faults.forgetOld();
        pause(state() == State.AWAY ? PERIOD_WHILE_AWAY : PERIOD);
      }
    }
  }

  private void look(DatabaseProbe probe) {
    long began = System.nanoTime();
    Optional<Met> met = requireNonNull(unexplained.getAndSet(Optional.empty()));
    State before = state();
    boolean anew = doubted.getAndSet(false);
    Observation found = probe.look(anew || before == State.CROWDED);
    if (found instanceof Observation.There there) {
      keep(there.migrations());
      if (there.lost() && before != State.AWAY) {
        // The database is well, so what else was connected then is as dead.
        guarded.forEach(source -> source.abandonThoseBefore(began));
      }
      met.ifPresent(single -> faults.met(single.fault(), single.message()));
    } else if (found instanceof Observation.Crowded crowded) {
      keep(crowded.migrations());
    }
    State now =
        before == State.CROWDED && found instanceof Observation.Crowded && !anew && suffices()
            ? State.THERE
            : state(found);
    if (now != before) {
      state.set(now);
      tell(found, now, before, began - since.getAndSet(began));
    }
    if (now == State.AWAY) {
      guarded.forEach(source -> source.abandonThoseBefore(System.nanoTime()));
    }
  }

  private void keep(int migrations) {
    mostMigrations.accumulateAndGet(migrations, Math::max);
    migrated.set(migrations >= mostMigrations.get());
  }

  /** Whether nobody has to wait: what connections there are is enough for the work of now. */
  private boolean suffices() {
    return guarded.stream().anyMatch(GuardedDataSource::hasIdle);
  }

  private static State state(Observation found) {
    if (found instanceof Observation.Crowded) {
      return State.CROWDED;
    }
    if (found instanceof Observation.Missing missing) {
      return DatabaseFault.of(missing.why()).filter(DatabaseFault.CROWDED::equals).isPresent()
          ? State.CROWDED
          : State.AWAY;
    }
    return State.THERE;
  }

  private static void tell(Observation found, State now, State before, long nanos) {
    if (now == State.THERE) {
      LOG.info(
          "The database {} again, after {} seconds",
          before == State.AWAY
              ? "answers"
              : found instanceof Observation.There ? "takes connections" : "has enough connections",
          TimeUnit.NANOSECONDS.toSeconds(nanos));
    } else {
      DatabaseFault fault = now == State.AWAY ? DatabaseFault.AWAY : DatabaseFault.CROWDED;
      LOG.error("From now on: {} ({})", fault.description(), why(found));
    }
  }

  private static String why(Observation found) {
    if (found instanceof Observation.Crowded crowded) {
      return ExternalDatabase.reason(crowded.why());
    }
    return found instanceof Observation.Missing missing
        ? ExternalDatabase.reason(missing.why())
        : "";
  }

  private void pause(Duration period) {
    try {
      if (wake.tryAcquire(period.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      stopped.set(true);
    }
  }

  @PreDestroy
  void stop() {
    stopped.set(true);
    wake.release();
  }
}
