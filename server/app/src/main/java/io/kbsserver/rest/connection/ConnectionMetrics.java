package io.kbsserver.rest.connection;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;

/** Connections that are open, and those for which there was no room. */
@Singleton
@Requires(beans = MeterRegistry.class)
class ConnectionMetrics {

  private final MeterRegistry registry;
  private final MostConnections connections;

  ConnectionMetrics(MeterRegistry registry, MostConnections connections) {
    this.registry = registry;
    this.connections = connections;
  }

  /** Not with the registry itself: it is made before what is measured here. */
  @EventListener
  void bind(ServerStartupEvent started) {
    Gauge.builder("kbs.connections.open", connections, MostConnections::open)
        .description("Connections that are served")
        .register(registry);
    FunctionCounter.builder("kbs.connections.refused", connections, MostConnections::refused)
        .description("Connections that were turned away for want of room")
        .register(registry);
  }
}
