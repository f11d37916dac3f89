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

  private final Map<MailFate.Kind, LongAdder> counts = new EnumMap<>(MailFate.Kind.class);

  MailCounts() {
    for (MailFate.Kind kind : MailFate.Kind.values()) {
      counts.put(kind, new LongAdder());
    }
  }

  void count(MailFate fate) {
    Objects.requireNonNull(counts.get(fate.kind())).increment();
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
