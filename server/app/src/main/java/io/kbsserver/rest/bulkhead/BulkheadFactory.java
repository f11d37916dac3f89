package io.kbsserver.rest.bulkhead;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.executor.ExecutorConfiguration;
import io.micronaut.scheduling.executor.ExecutorType;
import io.micronaut.scheduling.executor.IOExecutorServiceConfig;
import io.micronaut.scheduling.executor.UserExecutorConfiguration;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;

/** Makes places, and threads for them. */
@Factory
class BulkheadFactory {

  /** For what arrives with requests, and whatever else may not be done on an event loop. */
  private static final int OTHER_THREADS = 4 * Runtime.getRuntime().availableProcessors();

  private final Shares<WorkKind> work;
  private final Shares<Visitor> visitors = Shares.ofLogins();
  private final BulkheadLimits limits;

  BulkheadFactory(
      @Property(name = "datasources.default.maximum-pool-size") int connections,
      BulkheadLimits limits) {
    this.work = Shares.ofConnections(connections);
    this.limits = limits;
  }

  @Singleton
  Bulkhead<WorkKind> work(@Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    return new Bulkhead<>(work, limits, threads);
  }

  @Singleton
  Bulkhead<Visitor> visitors(@Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    return new Bulkhead<>(visitors, limits, threads);
  }

  /**
   * What the executor of blocking work is where there are no virtual threads: Micronaut's own has
   * no bound.
   */
  @Singleton
  @Named(TaskExecutors.IO)
  @Replaces(
      bean = ExecutorConfiguration.class,
      named = TaskExecutors.IO,
      factory = IOExecutorServiceConfig.class)
  ExecutorConfiguration threads() {
    UserExecutorConfiguration threads =
        UserExecutorConfiguration.of(TaskExecutors.IO, ExecutorType.FIXED);
    threads.setNumberOfThreads(work.places() + visitors.places() + OTHER_THREADS);
    return threads;
  }
}
