package io.kbsserver.storage;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The pause before something is tried again: each is four times as long as the one before. */
public record GrowingPause(Duration first) {

  private static final int FACTOR = 4;
  private static final Duration LONGEST = Duration.ofHours(6);

  /** A pause is longer or shorter by as much, so that not all come back at once. */
  private static final double JITTER = 0.2;

  /** The pause after so many attempts, to the millisecond. */
  public Duration after(int attempts) {
    double millis = first.toMillis() * Math.pow(FACTOR, attempts - 1);
    return Duration.ofMillis(Math.round(Math.min(millis, LONGEST.toMillis())));
  }

  /** The same, somewhat longer or shorter. */
  public Duration spread(int attempts) {
    double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofMillis(Math.round(after(attempts).toMillis() * jitter));
  }
}
