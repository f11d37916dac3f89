package io.kbsserver.sync;

import io.kbsserver.change.ChangeReader;
import io.kbsserver.refusal.Unavailable;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Wakes who waits for a change, made by whatever server. The log is looked at once for all who
 * wait, and not at all where nobody does; waiting takes neither a thread nor a connection.
 */
@Singleton
class ChangeWatch implements ApplicationEventListener<ServerStartupEvent>, GracefulShutdownCapable {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
  private static final Duration INTERVAL = Duration.ofMillis(250);

  /** Of the connections, so that there are some for whoever does not wait. */
  private static final int SHARE = 2;

  /** Of the connections, so that no login takes the places of all others. */
  private static final int SHARE_OF_USER = 10;

  private record Waiting(long user, long position, MonoSink<Boolean> sink) {}

  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private final Map<Long, Integer> ofUsers = new ConcurrentHashMap<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final TaskScheduler scheduler;
  private final ChangeReader reader;
  private final int most;
  private final int mostOfUser;

  ChangeWatch(
      @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
      ChangeReader reader,
      @Property(name = "kbs.connections.most") int connections) {
    this.scheduler = scheduler;
    this.reader = reader;
    this.most = Math.max(1, connections / SHARE);
    this.mostOfUser = Math.max(1, connections / SHARE_OF_USER);
  }

  /** Where requests are served; a command has nobody who waits. */
  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    scheduler.scheduleWithFixedDelay(INTERVAL, INTERVAL, this::look);
  }

  /** Refuses whoever would be one too many. */
  void requireRoom(long user) {
    refused(waitingOf(user) + 1)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  /** How many requests of a user wait. */
  int waitingOf(long user) {
    return ofUsers.getOrDefault(user, 0);
  }

  /** Whether there is a change behind a position, as soon as there is, or after a time. */
  Mono<Boolean> isBehind(long user, long position, Duration patience) {
    return Mono.<Boolean>create(sink -> await(new Waiting(user, position, sink)))
        .timeout(patience, Mono.just(false));
  }

  private void await(Waiting waiter) {
    Optional<Unavailable> refused = refused(ofUsers.merge(waiter.user(), 1, Integer::sum));
    if (refused.isEmpty()) {
      waiting.add(waiter);
    }
    // Behind it, as who has hung up meanwhile is taken out at once.
    waiter.sink().onDispose(() -> leave(waiter));
    refused.ifPresent(waiter.sink()::error);
    if (stopped.get()) {
      waiter.sink().success(false);
    }
  }

  private Optional<Unavailable> refused(int ofUser) {
    if (ofUser > mostOfUser) {
      return Optional.of(Unavailable.roomToWaitOfUser());
    }
    return waiting.size() < most ? Optional.empty() : Optional.of(Unavailable.roomToWait());
  }

  private void leave(Waiting waiter) {
    waiting.remove(waiter);
    ofUsers.computeIfPresent(waiter.user(), (user, count) -> count == 1 ? null : count - 1);
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

  /** Whether it is of no use any more to wait here. */
  boolean isStopped() {
    return stopped.get();
  }

  /** As requests are finished, so that they are answered before connections are closed. */
  @Override
  public CompletionStage<?> shutdownGracefully() {
    stop();
    return CompletableFuture.completedStage(null);
  }

  /** Nobody waits for a server that stops, nor begins to. */
  @PreDestroy
  void stop() {
    stopped.set(true);
    waiting.forEach(waiter -> waiter.sink().success(false));
  }
}
