package io.kbsserver.rest.errors;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** When a client may come again. */
public final class RetryAfter {

  /** After that long who waits now has a place or none, and the database has been asked again. */
  private static final int LEAST_SECONDS = 2;

  private static final int MOST_SECONDS = 6;

  private RetryAfter() {}

  /**
   * Where nobody can know when there is room again, or the database is back. Each client is told
   * another time, lest all that are turned away now come back in the same moment.
   */
  public static Duration soon() {
    return Duration.ofSeconds(ThreadLocalRandom.current().nextInt(LEAST_SECONDS, MOST_SECONDS + 1));
  }

  /** What nobody is told to come back before. */
  public static Duration least() {
    return Duration.ofSeconds(LEAST_SECONDS);
  }

  /** As the header says it: full seconds, not too few. */
  public static String header(Duration time) {
    return String.valueOf(time.plusNanos(999_999_999).toSeconds());
  }
}
