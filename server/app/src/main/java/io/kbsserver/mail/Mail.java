package io.kbsserver.mail;

import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mail that is owed to somebody, and what became of it; times are in UTC.
 *
 * @param id null until the database has given one
 * @param kind a {@link MailKind}
 * @param firstReplyId the first reply that it tells of; null where it tells of none
 * @param replyId the newest one
 * @param noteId the note that it tells of; null where it tells of none
 * @param userId the agent whom it is for; null where it is for an address alone
 * @param address whom it goes to, as the address was
 * @param role a {@link MailRole}
 * @param position of the last change that it tells of
 * @param causedBy who made the change, where they are no agent and the mail is for somebody else:
 *     so many of these are sent and no more; null for all others
 * @param bare whether nothing that they wrote stands in it
 * @param messageId what it is known by, however often it is sent: without the angle brackets
 * @param dueAt before then it is not sent, and what comes meanwhile joins it
 * @param state a {@link MailState}
 * @param reason why it is in this state; null where that goes without saying
 */
@MappedEntity("mail")
public record Mail(
    @Id @GeneratedValue @Nullable Long id,
    String kind,
    long ticketId,
    @Nullable Long firstReplyId,
    @Nullable Long replyId,
    @Nullable Long noteId,
    @Nullable Long userId,
    String address,
    String role,
    long position,
    @Nullable Long causedBy,
    boolean bare,
    String messageId,
    @WallClockTime LocalDateTime createdAt,
    @WallClockTime LocalDateTime dueAt,
    String state,
    int attempts,
    @Nullable String reason,
    @WallClockTime @Nullable LocalDateTime sentAt) {

  /** Its id, when it has one. */
  public long number() {
    return Objects.requireNonNull(id);
  }

  /** What it tells of. */
  public MailKind is() {
    return MailKind.valueOf(kind.toUpperCase(Locale.ROOT));
  }

  /**
   * What it tells of by now: where a reply closed a ticket that is open again, there is still the
   * reply to tell of.
   */
  public MailKind isBy(TicketFacts ticket) {
    return is() == MailKind.CLOSED
            && replyId != null
            && !ticket.status().equals(BuiltInStatus.CLOSED)
        ? MailKind.REPLY
        : is();
  }

  /** Whether it is a copy of what a customer is told. */
  public boolean isCopy() {
    return role.equals(MailRole.CC.kept());
  }
}
