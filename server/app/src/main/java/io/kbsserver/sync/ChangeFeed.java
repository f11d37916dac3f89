package io.kbsserver.sync;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Waits for changes that somebody sees. */
@Singleton
class ChangeFeed {

  private final ChangeWatch watch;
  private final Scheduler threads;

  ChangeFeed(ChangeWatch watch, @Named(ChangeThreads.NAME) ExecutorService threads) {
    this.watch = watch;
    this.threads = Schedulers.fromExecutorService(threads);
  }

  /**
   * The next changes behind a position that somebody sees, as soon as there are any; none after a
   * time, but the position to go on from all the same.
   *
   * @param user who they are
   * @param look what they see behind a position
   */
  Mono<SeenChanges> next(
      long user, long position, Duration patience, LongFunction<SeenChanges> look) {
    return next(user, position, System.nanoTime() + patience.toNanos(), look);
  }

  /** What somebody sees behind a position, whether there is anything or not. */
  Mono<SeenChanges> now(long position, LongFunction<SeenChanges> look) {
    return soon(() -> look.apply(position));
  }

  /** Something that asks the database, when one of the few threads for that is free. */
  <T> Mono<T> soon(Supplier<T> work) {
    return Mono.fromSupplier(work).subscribeOn(threads);
  }

  /** Refuses whoever would be one too many of those who wait. */
  void requireRoom(long user) {
    watch.requireRoom(user);
  }

  /** Whether the server stops: whoever waits waits for nothing. */
  boolean isStopped() {
    return watch.isStopped();
  }

  private Mono<SeenChanges> next(
      long user, long position, long end, LongFunction<SeenChanges> look) {
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    return watch
        .isBehind(user, position, left)
        .flatMap(
            behind ->
                behind
                    ? now(position, look).flatMap(seen -> told(user, seen, end, look))
                    : Mono.just(new SeenChanges(List.of(), position, false)));
  }

  private Mono<SeenChanges> told(
      long user, SeenChanges seen, long end, LongFunction<SeenChanges> look) {
    return seen.changes().isEmpty() && !seen.more()
        ? next(user, seen.next(), end, look)
        : Mono.just(seen);
  }
}
