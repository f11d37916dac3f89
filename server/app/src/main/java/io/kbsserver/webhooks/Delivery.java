package io.kbsserver.webhooks;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message to a webhook, and how it was received; times are in UTC.
 *
 * @param id null until the database has given one
 * @param position of the change in the log; null for a test
 * @param status a {@link Status}
 * @param answer the status of the last answer; null where there was none
 * @param duration of the last attempt, in milliseconds
 * @param error why the last attempt did not count
 */
@MappedEntity("webhook_delivery")
public record Delivery(
    @Id @GeneratedValue @Nullable Long id,
    long webhookId,
    @Nullable Long position,
    String type,
    @Nullable Long ticketId,
    String status,
    int attempts,
    @WallClockTime LocalDateTime createdAt,
    @WallClockTime @Nullable LocalDateTime firstAttempt,
    @WallClockTime @Nullable LocalDateTime lastAttempt,
    @WallClockTime @Nullable LocalDateTime nextAttempt,
    @Nullable Integer answer,
    @Nullable Integer duration,
    @Nullable String error) {

  /** What has become of it. */
  public enum Status {
    WAITING,
    DELIVERED,
    FAILED;

    /** As it is kept and told. */
    public String kept() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One that waits to be sent at once. */
  public static Delivery waiting(
      long webhookId,
      @Nullable Long position,
      String type,
      @Nullable Long ticketId,
      LocalDateTime now) {
    return new Delivery(
        null,
        webhookId,
        position,
        type,
        ticketId,
        Status.WAITING.kept(),
        0,
        now,
        null,
        null,
        now,
        null,
        null,
        null);
  }

  /** Its id, when it has one. */
  public long number() {
    return Objects.requireNonNull(id);
  }

  /** Whether it is to be sent by now. */
  public boolean isDue(LocalDateTime now) {
    return nextAttempt == null || !nextAttempt.isAfter(now);
  }

  /** Whether it was tried before a time. */
  public boolean isTriedBefore(LocalDateTime time) {
    return firstAttempt != null && firstAttempt.isBefore(time);
  }

  /** Whether another was taken after it had not been: the receiver is there. */
  public boolean isPassedOver(Webhook webhook) {
    LocalDateTime arrived = webhook.lastDelivered();
    return firstAttempt != null && arrived != null && !arrived.isBefore(firstAttempt);
  }

  /** What the message is known by, however often it is sent. */
  public String messageId() {
    return "msg_" + webhookId + "_" + (position == null ? "test_" + id : position);
  }
}
