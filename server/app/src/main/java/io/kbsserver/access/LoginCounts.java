package io.kbsserver.access;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How many attempts to log in ended how. */
final class LoginCounts {

  /** How an attempt ends, as a label of metrics. */
  enum Outcome {
    KNOWN,
    NOBODY,
    TOO_MANY_FAILURES,
    BUSY;

    static Outcome of(LoginOutcome outcome) {
      if (outcome instanceof LoginOutcome.Known) {
        return KNOWN;
      }
      if (outcome instanceof LoginOutcome.TooManyFailures) {
        return TOO_MANY_FAILURES;
      }
      return outcome instanceof LoginOutcome.Busy ? BUSY : NOBODY;
    }
  }

  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

  LoginCounts() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
  }

  /** Counts an attempt; one that failed for want of a database has no outcome. */
  void count(@Nullable LoginOutcome outcome) {
    if (outcome != null) {
      counter(Outcome.of(outcome)).increment();
    }
  }

  long of(Outcome outcome) {
    return counter(outcome).sum();
  }

  private LongAdder counter(Outcome outcome) {
    return Optional.ofNullable(counts.get(outcome)).orElseThrow();
  }
}
