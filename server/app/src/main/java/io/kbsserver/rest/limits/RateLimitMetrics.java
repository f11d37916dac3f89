package io.kbsserver.rest.limits;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Requests over the rates that are set. */
@Singleton
@Requires(beans = MeterRegistry.class)
class RateLimitMetrics {

  private final MeterRegistry registry;
  private final @Nullable AddressRateFilter ofAddress;
  private final @Nullable CredentialRateFilter ofCredential;

  RateLimitMetrics(
      MeterRegistry registry,
      @Nullable AddressRateFilter ofAddress,
      @Nullable CredentialRateFilter ofCredential) {
    this.registry = registry;
    this.ofAddress = ofAddress;
    this.ofCredential = ofCredential;
  }

  /** Not with the registry itself: it is made before what is measured here. */
  @EventListener
  void bind(ServerStartupEvent started) {
    if (ofAddress != null) {
      ofAddress.limit().bindTo(registry);
    }
    if (ofCredential != null) {
      ofCredential.limit().bindTo(registry);
    }
  }
}
