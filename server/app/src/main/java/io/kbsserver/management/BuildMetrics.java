package io.kbsserver.management;

import io.kbsserver.management.ProgramInfo.RunningProgram;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** What runs here, as labels: a dashboard shows where which version does. */
@Singleton
@Requires(property = ManagementServer.PORT)
class BuildMetrics implements MeterBinder {

  private final RunningProgram program;

  BuildMetrics(ProgramInfo info) {
    program = info.program();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("kbs.build.info", () -> 1)
        .description("Always 1; the versions are labels")
        .tag("version", program.version())
        .tag("contract", program.contract())
        .tag("commit", program.commit())
        .tag("java", program.java())
        .register(registry);
  }
}
