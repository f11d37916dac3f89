package io.kbsserver.change;

import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts anew what is remembered for long, beside the requests: one after the other, with pauses,
 * so that however many lists there are the database has most of its time for those who wait.
 */
@Singleton
class Recounts {

  private static final Logger LOG = LoggerFactory.getLogger(Recounts.class);

  /** The pause behind one, in times of what it took. */
  private static final int PAUSE = 4;

  private final TaskScheduler scheduler;
  private final ConnectionOperations<?> connections;
  private final Map<Object, Runnable> waiting = new LinkedHashMap<>();

  /** When the pause behind the last one ends, in nanoseconds. */
  private final AtomicLong rested = new AtomicLong(System.nanoTime());

  Recounts(
      @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
      ConnectionOperations<?> connections) {
    this.scheduler = scheduler;
    this.connections = connections;
  }

  /**
   * Unless it waits already.
   *
   * @param what of which one is enough
   * @param recount counts it, and remembers it
   */
  synchronized void add(Object what, Runnable recount) {
    if (waiting.putIfAbsent(what, recount) == null && waiting.size() == 1) {
      afterThePause();
    }
  }

  private void next() {
    first().ifPresent(this::count);
  }

  private void count(Map.Entry<Object, Runnable> first) {
    long began = System.nanoTime();
    try {
      connections.executeRead(
          connection -> {
            first.getValue().run();
            return true;
          });
    } catch (RuntimeException e) {
      // Whoever asks for it next adds it once more.
      LOG.warn("A list could not be counted anew: {}", e.getMessage());
      LOG.debug("Why", e);
    } finally {
      end(first.getKey(), System.nanoTime() - began);
    }
  }

  private synchronized Optional<Map.Entry<Object, Runnable>> first() {
    return waiting.entrySet().stream().findFirst().map(Map.Entry::copyOf);
  }

  private synchronized void end(Object what, long took) {
    waiting.remove(what);
    rested.set(System.nanoTime() + PAUSE * took);
    if (!waiting.isEmpty()) {
      afterThePause();
    }
  }

  private void afterThePause() {
    long pause = Math.max(0, rested.get() - System.nanoTime());
    try {
      scheduler.schedule(Duration.ofNanos(pause), this::next);
    } catch (RejectedExecutionException e) {
      // The server stops.
      waiting.clear();
    }
  }

  /** What waits for its pause would find no database any more. */
  @PreDestroy
  synchronized void stop() {
    waiting.clear();
  }
}
