package io.kbsserver.mail;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mails that are owed, and up to where the log was looked at for them. */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface MailRepository extends GenericRepository<Mail, Long> {

  Mail insert(Mail mail);

  Optional<Mail> findById(long id);

  /**
   * One that waits tells of a later change as well; false where none waits any more.
   *
   * @param now one that is due may be on its way
   */
  @Query(
      """
      UPDATE mail SET position = :position, message_id = :messageId,
        caused_by = COALESCE(caused_by, :causedBy), bare = bare OR :bare,
        first_reply_id = COALESCE(first_reply_id, :firstReplyId),
        reply_id = COALESCE(:replyId, reply_id)
      WHERE ticket_id = :ticketId AND kind = :kind AND address = :address AND role = :role
        AND user_id <=> :userId AND state = 'waiting' AND attempts = 0 AND due_at > :now
      """)
  boolean join(
      long ticketId,
      String kind,
      String address,
      String role,
      @Nullable Long userId,
      long position,
      String messageId,
      @Nullable Long causedBy,
      boolean bare,
      @Nullable Long firstReplyId,
      @Nullable Long replyId,
      @WallClockTime LocalDateTime now);

  /** What was sent to an address about a ticket before, the newest first. */
  @Query(
      """
      SELECT message_id FROM mail WHERE ticket_id = :ticketId AND address = :address
        AND id < :before AND state = 'sent' ORDER BY id DESC LIMIT :most
      """)
  List<String> earlier(long ticketId, String address, long before, int most);

  /** Up to where the log was looked at; empty where nobody has looked yet. */
  @Query("SELECT position FROM mail_progress WHERE number = 1")
  Optional<Long> position();

  /** Somebody begins at a position; false where another has begun. */
  @Query("UPDATE mail_progress SET position = :position WHERE number = 1 AND position IS NULL")
  boolean begin(long position);

  /** A step on; false where another has gone on meanwhile. */
  @Query("UPDATE mail_progress SET position = :position WHERE number = 1 AND position = :from")
  boolean advance(long from, long position);

  /** All that wait are done with. */
  @Query("UPDATE mail SET state = 'dropped', reason = :reason WHERE state = 'waiting'")
  void dropAll(String reason);

  /** Nobody looks any more; whoever does again begins at the end of the log. */
  @Query("UPDATE mail_progress SET position = NULL WHERE number = 1")
  void leave();
}
