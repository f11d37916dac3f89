package io.kbsserver.webhooks.delivery;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** Messages to webhooks that this server has sent. */
@Singleton
class DeliveryCounts implements MeterBinder {

  private static final String NAME = "kbs.webhook.deliveries";

  private final LongAdder taken = new LongAdder();
  private final LongAdder failed = new LongAdder();

  void count(Receiver.Outcome outcome) {
    (outcome.hasArrived() ? taken : failed).increment();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder(NAME, taken, LongAdder::sum)
        .tag("outcome", "taken")
        .description("Messages to webhooks, by what came of the attempt")
        .register(registry);
    FunctionCounter.builder(NAME, failed, LongAdder::sum)
        .tag("outcome", "failed")
        .description("Messages to webhooks, by what came of the attempt")
        .register(registry);
  }
}
