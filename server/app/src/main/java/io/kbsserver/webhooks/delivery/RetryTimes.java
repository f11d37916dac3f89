package io.kbsserver.webhooks.delivery;

import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** When a message that was not taken is sent again: after 5 s, 20 s, 80 s and so on up to 6 h. */
@Singleton
class RetryTimes {

  private static final int FACTOR = 4;
  private static final Duration LONGEST = Duration.ofHours(6);

  /** What a receiver may ask for. */
  private static final Duration LONGEST_ASKED = Duration.ofHours(24);

  /** A pause is longer or shorter by as much, so that not all come back at once. */
  private static final double JITTER = 0.2;

  private final Duration first;
  private final Duration patience;

  RetryTimes(
      @Property(name = "kbs.webhooks.first-pause") Duration first,
      @Property(name = "kbs.webhooks.patience") Duration patience) {
    this.first = first;
    this.patience = patience;
  }

  /** How long nothing may arrive until it is given up. */
  Duration patience() {
    return patience;
  }

  /**
   * The pause after so many attempts.
   *
   * @param asked what the receiver asks for; null where it does not
   */
  Duration pause(int attempts, @Nullable Duration asked) {
    double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    Duration pause = Duration.ofMillis(Math.round(pause(attempts).toMillis() * jitter));
    return asked == null || asked.compareTo(pause) < 0 ? pause : asked;
  }

  /** The pause after so many attempts, to the millisecond. */
  Duration pause(int attempts) {
    double millis = first.toMillis() * Math.pow(FACTOR, attempts - 1);
    return Duration.ofMillis(Math.round(Math.min(millis, LONGEST.toMillis())));
  }

  /** What a header {@code Retry-After} asks for; nothing where it is none. */
  static Optional<Duration> after(String header, Instant now) {
    Duration asked;
    if (header.strip().matches("\\d{1,9}")) {
      asked = Duration.ofSeconds(Long.parseLong(header.strip()));
    } else {
      try {
        asked =
            Duration.between(
                now,
                ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
    return Optional.of(asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked)
        .filter(pause -> !pause.isNegative());
  }
}
