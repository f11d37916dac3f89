package io.kbsserver.webhooks;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What messages are signed with.
 *
 * @param id null until the database has given one
 * @param publicKey what receivers verify with; null where that is the secret
 * @param validUntil in UTC; null where no other has taken its place
 */
@MappedEntity("webhook_secret")
public record WebhookSecret(
    @Id @GeneratedValue @Nullable Long id,
    long webhookId,
    String secret,
    @Nullable String publicKey,
    @WallClockTime LocalDateTime createdAt,
    @WallClockTime @Nullable LocalDateTime validUntil) {

  /** What receivers need of it, where that is not the public key. */
  @Nullable String shown() {
    return publicKey == null ? secret : null;
  }

  /** So that none ever stands in a log. */
  @Override
  public String toString() {
    return "WebhookSecret " + id;
  }
}
