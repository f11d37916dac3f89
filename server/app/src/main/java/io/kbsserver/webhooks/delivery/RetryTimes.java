package io.kbsserver.webhooks.delivery;

import io.kbsserver.storage.GrowingPause;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a message that was not taken is sent again: after 5 s, 20 s, 80 s and so on up to 6 h. */
@Singleton
class RetryTimes {

  /** What a receiver may ask for. */
  private static final Duration LONGEST_ASKED = Duration.ofHours(24);

  private final GrowingPause pause;
  private final Duration patience;

  RetryTimes(
      @Property(name = "kbs.webhooks.first-pause") Duration first,
      @Property(name = "kbs.webhooks.patience") Duration patience) {
    this.pause = new GrowingPause(first);
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
    Duration usual = pause.spread(attempts);
    return asked == null || asked.compareTo(usual) < 0 ? usual : asked;
  }

  /** The pause after so many attempts, to the millisecond. */
  Duration pause(int attempts) {
    return pause.after(attempts);
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
