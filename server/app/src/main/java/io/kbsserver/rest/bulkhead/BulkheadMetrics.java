package io.kbsserver.rest.bulkhead;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Places by kind of work: how many there are, are held and waited for, and who found none. */
@Singleton
@Requires(beans = MeterRegistry.class)
class BulkheadMetrics {

  private final MeterRegistry registry;
  private final Bulkhead<WorkKind> work;
  private final Bulkhead<Visitor> logins;

  BulkheadMetrics(MeterRegistry registry, Bulkhead<WorkKind> work, Bulkhead<Visitor> logins) {
    this.registry = registry;
    this.work = work;
    this.logins = logins;
  }

  /** Not with the registry itself: it is made before what is measured here. */
  @EventListener
  void bind(ServerStartupEvent started) {
    for (WorkKind kind : WorkKind.values()) {
      bind("work", work, kind);
    }
    for (Visitor visitor : Visitor.values()) {
      bind("logins", logins, visitor);
    }
  }

  private <K extends Enum<K>> void bind(String name, Bulkhead<K> bulkhead, K kind) {
    Tags tags = Tags.of("bulkhead", name, "kind", kind.name().toLowerCase(Locale.ROOT));
    Gauge.builder("kbs.bulkhead.places", bulkhead, places -> places.most(kind))
        .description("Most places that this kind of work can have at a time")
        .tags(tags)
        .register(registry);
    Gauge.builder("kbs.bulkhead.active", bulkhead, places -> places.use(kind).running())
        .description("Places that are held")
        .tags(tags)
        .register(registry);
    Gauge.builder("kbs.bulkhead.waiting", bulkhead, places -> places.use(kind).waiting())
        .description("Requests that wait for a place")
        .tags(tags)
        .register(registry);
    FunctionCounter.builder("kbs.bulkhead.refused", bulkhead, places -> places.use(kind).refused())
        .description("Requests that were refused for want of a place")
        .tags(tags)
        .register(registry);
  }
}
