package io.kbsserver.webhooks;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody has changes sent to.
 *
 * @param id null until the database has given one
 * @param types which types of changes, separated by commas; empty for all
 * @param departments whose tickets it tells of, separated by commas; empty for all
 * @param statuses of which the tickets have one, separated by commas; empty for all
 * @param payload a {@link Payload}
 * @param signature a {@link Signature}
 * @param status a {@link WebhookStatus}
 * @param reason why it was switched off; null where it was not
 * @param siteUrl where its user reaches this server
 * @param position up to where the log was looked at
 * @param restsUntil before which the log is not looked at, in UTC; null for no such time
 * @param failures attempts since the last that went well
 * @param lastDelivered when one went well last, in UTC; null where none has
 */
@MappedEntity("webhook")
public record Webhook(
    @Id @GeneratedValue @Nullable Long id,
    long userId,
    String url,
    String description,
    String types,
    String departments,
    String statuses,
    String payload,
    String signature,
    String status,
    @Nullable String reason,
    @WallClockTime LocalDateTime statusChanged,
    String siteUrl,
    long position,
    @WallClockTime @Nullable LocalDateTime restsUntil,
    int failures,
    @WallClockTime @Nullable LocalDateTime lastDelivered,
    @WallClockTime LocalDateTime createdAt) {

  /** How much a message says. */
  public enum Payload {
    THIN,
    FULL
  }

  /** How messages are signed. */
  public enum Signature {
    HMAC,
    ED25519
  }

  /** Its id, when it has one. */
  public long number() {
    return Objects.requireNonNull(id);
  }

  /** Which types of changes are sent; empty for all. */
  public List<String> typeList() {
    return listed(types);
  }

  /** Of which tickets it tells. */
  public WantedTickets tickets() {
    return new WantedTickets(
        listed(departments).stream().map(Long::valueOf).toList(), listed(statuses));
  }

  private static List<String> listed(String kept) {
    return kept.isEmpty() ? List.of() : Arrays.asList(kept.split(","));
  }

  /** Whether changes of a type are sent. */
  public boolean wants(String type) {
    return types.isEmpty() || typeList().contains(type);
  }
}
