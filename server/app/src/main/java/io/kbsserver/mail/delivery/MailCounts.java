package io.kbsserver.mail.delivery;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Mails that this server has tried to send. */
@Singleton
class MailCounts implements MeterBinder {

  private final Map<MailFate.Ending, LongAdder> counts = new EnumMap<>(MailFate.Ending.class);

  MailCounts() {
    for (MailFate.Ending kind : MailFate.Ending.values()) {
      counts.put(kind, new LongAdder());
    }
  }

  void count(MailFate fate) {
    Objects.requireNonNull(counts.get(fate.ending())).increment();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counts.forEach(
        (kind, count) ->
            FunctionCounter.builder("kbs.mails", count, LongAdder::sum)
                .tag("outcome", kind.name().toLowerCase(Locale.ROOT))
                .description("Mails, by what came of the attempt to send them")
                .register(registry));
  }
}
