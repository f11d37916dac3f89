package io.kbsserver.management;

import io.kbsserver.storage.DatabaseWatch;
import io.kbsserver.storage.DatabaseWatch.State;
import io.kbsserver.storage.SlowQuery;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** Whether the database is there, as the watch has found, and how often it was slow. */
@Singleton
@Requires(property = ManagementServer.PORT)
class DatabaseMetrics implements MeterBinder {

  private final DatabaseWatch watch;
  private final LongAdder slow = new LongAdder();

  DatabaseMetrics(DatabaseWatch watch) {
    this.watch = watch;
  }

  @EventListener
  void count(SlowQuery query) {
    slow.increment();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("kbs.database.up", watch, now -> now.state() == State.THERE ? 1 : 0)
        .description("1 while the database answers and takes connections")
        .register(registry);
    FunctionCounter.builder("kbs.slow.queries", slow, LongAdder::sum)
        .description("Statements that took longer than KBS_SLOW_QUERY")
        .register(registry);
  }
}
