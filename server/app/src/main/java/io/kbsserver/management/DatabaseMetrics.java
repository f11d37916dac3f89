package io.kbsserver.management;

import io.kbsserver.storage.DatabaseWatch;
import io.kbsserver.storage.DatabaseWatch.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Whether the database is there, as the watch has found. */
@Singleton
@Requires(property = ManagementServer.PORT)
class DatabaseMetrics implements MeterBinder {

  private final DatabaseWatch watch;

  DatabaseMetrics(DatabaseWatch watch) {
    this.watch = watch;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("kbs.database.up", watch, now -> now.state() == State.THERE ? 1 : 0)
        .description("1 while the database answers and takes connections")
        .register(registry);
  }
}
