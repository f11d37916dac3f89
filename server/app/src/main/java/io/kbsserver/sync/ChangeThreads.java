package io.kbsserver.sync;

import io.micronaut.context.annotation.Factory;
import io.micronaut.scheduling.executor.ExecutorConfiguration;
import io.micronaut.scheduling.executor.ExecutorType;
import io.micronaut.scheduling.executor.UserExecutorConfiguration;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/**
 * Threads that look what those see who were woken by a change: so few that a crowd of them takes
 * the database from nobody, and none that holds a place of those who ask.
 */
@Factory
final class ChangeThreads {

  static final String NAME = "changes";

  private static final int THREADS = 2;

  @Singleton
  @Named(NAME)
  ExecutorConfiguration changes() {
    UserExecutorConfiguration threads = UserExecutorConfiguration.of(NAME, ExecutorType.FIXED);
    threads.setNumberOfThreads(THREADS);
    return threads;
  }
}
