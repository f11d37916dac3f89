package io.kbsserver.mail.incoming;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mail that was fetched from the mailbox, and what became of it.
 *
 * @param id null until the database has given one
 * @param digest by which it is known again
 * @param messageId as it says itself; empty where it says nothing
 * @param sender as it says itself; empty where it is nobody, or not one
 * @param receivedAt when it was fetched, in UTC
 * @param state whether it was {@code taken}, or put {@code aside}
 * @param reason why it was put aside, or which of its files were left out; null where neither is
 * @param ticketId the one that it is about; null where none was found
 * @param replyId the reply that it became
 */
@MappedEntity("received_mail")
public record ReceivedMail(
    @Id @GeneratedValue @Nullable Long id,
    String digest,
    String messageId,
    String sender,
    String subject,
    @WallClockTime LocalDateTime receivedAt,
    String state,
    @Nullable String reason,
    @Nullable Long ticketId,
    @Nullable Long replyId) {

  static final String TAKEN = "taken";
  static final String ASIDE = "aside";

  /** Its id, when it has one. */
  public long number() {
    return Objects.requireNonNull(id);
  }
}
