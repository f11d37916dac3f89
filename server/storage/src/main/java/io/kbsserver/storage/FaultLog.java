package io.kbsserver.storage;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once what many requests meet, and once that none has met it for a while. */
final class FaultLog {
  private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final Map<DatabaseFault, Long> lastMet = new EnumMap<>(DatabaseFault.class);

  synchronized void met(DatabaseFault fault, String message) {
    if (lastMet.put(fault, System.nanoTime()) == null) {
      LOG.error("From now on: {} ({})", fault.description(), message);
    }
  }

  synchronized void forgetOld() {
    long now = System.nanoTime();
    lastMet
        .entrySet()
        .removeIf(
            met -> {
              boolean over = now - met.getValue() > QUIET.toNanos();
              if (over) {
                LOG.info(
                    "For {} seconds not any more: {}",
                    QUIET.toSeconds(),
                    met.getKey().description());
              }
              return over;
            });
  }
}
