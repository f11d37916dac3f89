package io.kbsserver.mail.delivery;

import io.kbsserver.mail.Mail;
import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mails that are to be sent, and what became of them. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface OutgoingRepository extends GenericRepository<Mail, Long> {

  /** Those that are to be sent by now. */
  @Query(
      "SELECT * FROM mail WHERE state = 'waiting' AND due_at <= :now ORDER BY due_at, id LIMIT"
          + " :most")
  List<Mail> due(@WallClockTime LocalDateTime now, int most);

  /** When the next one is to be sent; empty where none waits. */
  @Query("SELECT due_at FROM mail WHERE state = 'waiting' ORDER BY due_at LIMIT 1")
  Optional<LocalDateTime> next();

  /**
   * Somebody is about to send one, which is nobody else's before a time; false where another is, or
   * where it tells of more by now.
   */
  @Query(
      "UPDATE mail SET attempts = attempts + 1, due_at = :until WHERE id = :id"
          + " AND attempts = :attempts AND position = :position AND state = 'waiting'"
          + " AND due_at <= :now")
  boolean claim(
      long id,
      int attempts,
      long position,
      @WallClockTime LocalDateTime now,
      @WallClockTime LocalDateTime until);

  /** It is not tried any more, unless another has seen to it meanwhile. */
  @Query(
      "UPDATE mail SET state = 'failed', reason = :reason"
          + " WHERE id = :id AND attempts = :attempts AND state = 'waiting'")
  void fail(long id, int attempts, String reason);

  /** The server has it, which nobody can take back: whatever was said of it meanwhile. */
  @Query(
      "UPDATE mail SET state = 'sent', reason = NULL, sent_at = :now WHERE id = :id"
          + " AND attempts = :attempts AND state IN ('waiting', 'failed', 'dropped')")
  void taken(long id, int attempts, @WallClockTime LocalDateTime now);

  /** One that nobody is sending is done with; false where it tells of more by now. */
  @Query(
      "UPDATE mail SET state = :state, reason = :reason WHERE id = :id AND attempts = :attempts"
          + " AND position = :position AND state = 'waiting'")
  boolean leaveOut(long id, int attempts, long position, String state, @Nullable String reason);

  /** It is tried again. */
  @Query(
      "UPDATE mail SET reason = :reason, due_at = :due"
          + " WHERE id = :id AND attempts = :attempts AND state = 'waiting'")
  void later(long id, int attempts, String reason, @WallClockTime LocalDateTime due);

  /** It was no attempt: there was nobody to hand it to. */
  @Query(
      "UPDATE mail SET attempts = attempts - 1, reason = :reason, due_at = :now"
          + " WHERE id = :id AND attempts = :attempts AND state = 'waiting'")
  void release(long id, int attempts, String reason, @WallClockTime LocalDateTime now);

  /** Those that wait for too long are not sent any more; one that is being sent is not yet due. */
  @Query(
      "UPDATE mail SET state = 'failed', reason = COALESCE(reason, :reason)"
          + " WHERE state = 'waiting' AND created_at < :before AND due_at <= :now")
  int giveUp(@WallClockTime LocalDateTime before, @WallClockTime LocalDateTime now, String reason);

  /** How many to others somebody has caused before one. */
  @Query(
      "SELECT COUNT(*) FROM mail WHERE caused_by = :causedBy AND created_at >= :since AND id < :id"
          + " AND state <> 'dropped'")
  long caused(long causedBy, @WallClockTime LocalDateTime since, long id);

  /** How many that others have caused went to an address before one. */
  @Query(
      "SELECT COUNT(*) FROM mail WHERE caused_by IS NOT NULL AND created_at >= :since"
          + " AND id < :id AND state <> 'dropped' AND LOWER(address) = LOWER(:address)")
  long received(String address, @WallClockTime LocalDateTime since, long id);

  /** As if it had never been tried; false where it did not fail. */
  @Query(
      "UPDATE mail SET state = 'waiting', attempts = 0, reason = NULL, created_at = :now,"
          + " due_at = :now WHERE id = :id AND state = 'failed'")
  boolean again(long id, @WallClockTime LocalDateTime now);

  /** All that have failed since a time. */
  @Query(
      "UPDATE mail SET state = 'waiting', attempts = 0, reason = NULL, created_at = :now,"
          + " due_at = :now WHERE state = 'failed' AND created_at >= :since")
  int allAgain(@WallClockTime LocalDateTime since, @WallClockTime LocalDateTime now);

  /** The newest, of a state or of any, in the order in which they were owed. */
  @Query(
      """
      SELECT * FROM (SELECT * FROM mail WHERE (:state IS NULL OR state = :state)
        AND (:ticketId IS NULL OR ticket_id = :ticketId) ORDER BY id DESC LIMIT :most) newest
      ORDER BY id
      """)
  List<Mail> newest(@Nullable String state, @Nullable Long ticketId, int most);

  @Query("DELETE FROM mail WHERE created_at < :before AND state <> 'waiting' LIMIT 500")
  int removeBefore(@WallClockTime LocalDateTime before);

  /** Whether the site came from WordPress. */
  @Query("SELECT EXISTS (SELECT 1 FROM imported)")
  boolean isImported();
}
