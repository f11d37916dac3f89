package io.kbsserver.sync;

import io.kbsserver.change.ChangeReader;
import io.kbsserver.refusal.Unavailable;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Wakes who waits for a change, made by whatever server. The log is looked at once for all who
 * wait, and not at all where nobody does; waiting takes neither a thread nor a connection.
 */
@Singleton
class ChangeWatch implements ApplicationEventListener<ServerStartupEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private record Waiting(long position, MonoSink<Boolean> sink) {}

  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private final TaskScheduler scheduler;
  private final ChangeReader reader;
  private final int most;

  ChangeWatch(
      @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
      ChangeReader reader,
      @Property(name = "kbs.changes.most-waiting") int most) {
    this.scheduler = scheduler;
    this.reader = reader;
    this.most = most;
  }

  /** Where requests are served; a command has nobody who waits. */
  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    scheduler.scheduleWithFixedDelay(INTERVAL, INTERVAL, this::look);
  }

  /** Refuses whoever would be one too many. */
  void requireRoom() {
    if (waiting.size() >= most) {
      throw Unavailable.roomToWait();
    }
  }

  /** Whether there is a change behind a position, as soon as there is, or after a time. */
  Mono<Boolean> isBehind(long position, Duration patience) {
    return Mono.<Boolean>create(sink -> await(new Waiting(position, sink)))
        .timeout(patience, Mono.just(false));
  }

  private void await(Waiting waiter) {
    if (waiting.size() >= most) {
      waiter.sink().error(Unavailable.roomToWait());
      return;
    }
    waiting.add(waiter);
    // Behind it, as who has hung up meanwhile is taken out at once.
    waiter.sink().onDispose(() -> waiting.remove(waiter));
  }

  /** A database that does not answer is asked again later. */
  private void look() {
    if (waiting.isEmpty()) {
      return;
    }
    try {
      long last = reader.extent().last();
      waiting.stream()
          .filter(waiter -> waiter.position() < last)
          .forEach(waiter -> waiter.sink().success(true));
    } catch (RuntimeException e) {
      LOG.debug("The log of changes could not be looked at", e);
    }
  }

  /** Nobody waits for a server that stops. */
  @PreDestroy
  void stop() {
    waiting.forEach(waiter -> waiter.sink().success(false));
  }
}
