package io.kbsserver.access;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Computes slow hashes, a few at a time: they leave processors to those who are logged in already,
 * and no more of them wait than are done within moments.
 */
@Singleton
final class PasswordHashing {

  private final ThreadPoolExecutor threads;

  PasswordHashing(LoginLimits limits) {
    int few = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    threads =
        new ThreadPoolExecutor(
            few,
            few,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(limits.waitingHashes()),
            task -> {
              Thread thread = new Thread(task, "password-hashing");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does it when it is its turn.
   *
   * @throws RejectedExecutionException where too many wait already
   */
  <T> CompletableFuture<T> later(Supplier<T> hashes) {
    return CompletableFuture.supplyAsync(hashes, threads);
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
