package io.kbsserver.mail.incoming;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mails that were fetched, and what they may answer. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface ReceivedMailRepository extends GenericRepository<ReceivedMail, Long> {

  /** A mail of ours. */
  @MappedEntity("mail")
  record OwnMail(@Id long id, String kind, long ticketId) {}

  @Query("SELECT id, kind, ticket_id FROM mail WHERE message_id = :messageId")
  Optional<OwnMail> own(String messageId);

  /** Tickets with this number, and the one with this id where it has no number. */
  @Query(
      "SELECT id FROM ticket WHERE number = :number"
          + " UNION SELECT id FROM ticket WHERE id = :id AND (number IS NULL OR number = '')"
          + " ORDER BY id LIMIT 20")
  List<Long> tickets(String number, long id);

  @Query("SELECT EXISTS (SELECT 1 FROM received_mail WHERE digest = :digest AND state = 'taken')")
  boolean isTaken(String digest);

  /** Whether one of somebody that says to be this one was taken. */
  @Query(
      "SELECT EXISTS (SELECT 1 FROM received_mail WHERE sender = :sender"
          + " AND message_id = :messageId AND state = 'taken')")
  boolean mayBeTaken(String sender, String messageId);

  @Query(
      "SELECT COUNT(*) FROM received_mail WHERE sender = :sender AND state = 'taken'"
          + " AND received_at >= :since")
  long taken(String sender, @WallClockTime LocalDateTime since);

  /**
   * Makes the row of one that is taken, unless there is one; waits for whoever is making it. Its
   * ticket is named when that is locked.
   */
  @Query(
      "INSERT IGNORE INTO received_mail (digest, message_id, sender, subject, received_at, state,"
          + " reason) VALUES (:digest, :messageId, :sender, :subject, :now, 'taken', :reason)")
  int add(
      String digest,
      String messageId,
      String sender,
      String subject,
      @WallClockTime LocalDateTime now,
      @Nullable String reason);

  @Query(
      "UPDATE received_mail SET ticket_id = :ticketId, reply_id = :replyId WHERE digest = :digest")
  void complete(String digest, long ticketId, long replyId);

  /** One that was put aside is tried again, and may be put aside for another reason. */
  @Query(
      "INSERT INTO received_mail (digest, message_id, sender, subject, received_at, state,"
          + " reason, ticket_id) VALUES (:digest, :messageId, :sender, :subject, :now, 'aside',"
          + " :reason, :ticketId) ON DUPLICATE KEY UPDATE received_at = :now, reason = :reason,"
          + " ticket_id = :ticketId")
  void putAside(
      String digest,
      String messageId,
      String sender,
      String subject,
      @WallClockTime LocalDateTime now,
      String reason,
      @Nullable Long ticketId);

  @Query("DELETE FROM received_mail WHERE digest = :digest AND state = 'aside'")
  void forgetAside(String digest);

  @Query("DELETE FROM received_mail WHERE received_at < :before LIMIT 500")
  int removeBefore(@WallClockTime LocalDateTime before);

  /** The newest, in the order in which they came. */
  @Query(
      """
      SELECT * FROM (SELECT * FROM received_mail WHERE (:ticketId IS NULL OR ticket_id = :ticketId)
        ORDER BY received_at DESC, id DESC LIMIT :most) newest
      ORDER BY received_at, id
      """)
  List<ReceivedMail> newest(@Nullable Long ticketId, int most);
}
