package io.kbsserver.rest.connection;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Connections that are open, and those for which there was no room. */
@Singleton
@Requires(beans = MeterRegistry.class)
class ConnectionMetrics implements MeterBinder {

  private final MostConnections connections;

  ConnectionMetrics(MostConnections connections) {
    this.connections = connections;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("kbs.connections.open", connections, MostConnections::open)
        .description("Connections that are served")
        .register(registry);
    FunctionCounter.builder("kbs.connections.refused", connections, MostConnections::refused)
        .description("Connections that were turned away for want of room")
        .register(registry);
    FunctionCounter.builder("kbs.connections.ended", connections, MostConnections::ended)
        .description("Connections that waited for a request and made room for another")
        .register(registry);
  }
}
