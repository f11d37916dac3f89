package io.kbsserver.mail.incoming;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Mails that this server has fetched. */
@Singleton
class IncomingCounts implements MeterBinder {

  /** What came of one, or of an attempt to fetch any. */
  enum Outcome {
    TAKEN,
    ASIDE,
    LATER,
    UNREACHABLE
  }

  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

  IncomingCounts() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
  }

  void count(Outcome outcome) {
    Objects.requireNonNull(counts.get(outcome)).increment();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counts.forEach(
        (outcome, count) ->
            FunctionCounter.builder("kbs.mails.in", count, LongAdder::sum)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .description("Mails from the mailbox, by what became of them")
                .register(registry));
  }
}
