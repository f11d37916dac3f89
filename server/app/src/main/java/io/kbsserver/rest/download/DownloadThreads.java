package io.kbsserver.rest.download;

import io.micronaut.context.annotation.Factory;
import io.micronaut.scheduling.executor.ExecutorConfiguration;
import io.micronaut.scheduling.executor.ExecutorType;
import io.micronaut.scheduling.executor.UserExecutorConfiguration;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Threads that read what is being downloaded, one piece at a time. */
@Factory
final class DownloadThreads {

  static final String NAME = "downloads";

  private static final int THREADS = 4 * Runtime.getRuntime().availableProcessors();

  @Singleton
  @Named(NAME)
  ExecutorConfiguration downloads() {
    UserExecutorConfiguration threads = UserExecutorConfiguration.of(NAME, ExecutorType.FIXED);
    threads.setNumberOfThreads(THREADS);
    return threads;
  }
}
