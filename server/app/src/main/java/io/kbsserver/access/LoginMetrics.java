package io.kbsserver.access;

import io.kbsserver.access.LoginCounts.Outcome;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.util.Locale;

/** How logins go, and how many of them are remembered. */
@Singleton
@Requires(beans = MeterRegistry.class)
class LoginMetrics {

  private final MeterRegistry registry;
  private final Authenticator authenticator;

  LoginMetrics(MeterRegistry registry, Authenticator authenticator) {
    this.registry = registry;
    this.authenticator = authenticator;
  }

  /** Not with the registry itself: it is made before what is measured here. */
  @EventListener
  void bind(ServerStartupEvent started) {
    new CaffeineCacheMetrics<>(
            authenticator.remembered().synchronous(), "credentials", Tags.empty())
        .bindTo(registry);
    for (Outcome outcome : Outcome.values()) {
      FunctionCounter.builder("kbs.logins", authenticator.counts(), counts -> counts.of(outcome))
          .description("Requests with a login by what became of it")
          .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }
}
