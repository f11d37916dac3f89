package io.kbsserver.rest.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time by which nothing more is begun. */
final class Deadline {

  private final Clock clock;
  private final Instant end;

  /** So much later than now. */
  Deadline(Clock clock, Duration later) {
    this.clock = clock;
    this.end = clock.instant().plus(later);
  }

  boolean isOver() {
    return clock.instant().isAfter(end);
  }
}
