package io.kbsserver.webhooks;

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

/** Webhooks: those of a user for who manages them, all for who sends. */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface WebhookRepository extends GenericRepository<Webhook, Long> {

  /**
   * What hangs on a webhook.
   *
   * @param publicKey of the newest secret; null where it has none
   * @param waiting messages
   */
  @MappedEntity("webhook")
  record Surroundings(@Id long id, @Nullable String publicKey, long waiting) {}

  /** Whose webhooks there are. */
  @MappedEntity("app_user")
  record Owner(@Id long id, String login) {}

  @Query("SELECT u.id, u.login FROM app_user u WHERE u.id IN (SELECT w.user_id FROM webhook w)")
  List<Owner> owners();

  Webhook insert(Webhook webhook);

  List<Webhook> findByUserIdOrderById(long userId);

  /** Of everybody. */
  List<Webhook> listOrderById();

  Optional<Webhook> findById(long id);

  /** The same; nobody else changes it until the end of the transaction. */
  @Query("SELECT * FROM webhook WHERE id = :id FOR UPDATE")
  Optional<Webhook> lock(long id);

  /** The same, where it is this user's. */
  @Query("SELECT * FROM webhook WHERE id = :id AND user_id = :userId FOR UPDATE")
  Optional<Webhook> lock(long id, long userId);

  /** What else is told of those of a user. */
  @Query(
      """
      SELECT w.id,
        (SELECT s.public_key FROM webhook_secret s WHERE s.webhook_id = w.id
          ORDER BY s.id DESC LIMIT 1) AS public_key,
        (SELECT COUNT(*) FROM webhook_delivery d WHERE d.webhook_id = w.id
          AND d.status = 'waiting') AS waiting
      FROM webhook w WHERE w.user_id = :userId
      """)
  List<Surroundings> surroundings(long userId);

  long countByUserId(long userId);

  /** Keeps others who make one for the same user waiting until the transaction is over. */
  @Query("SELECT id FROM app_user WHERE id = :userId FOR UPDATE")
  Optional<Long> lockUser(long userId);

  @Query("SELECT last_position FROM change_sequence WHERE number = 1")
  long lastPosition();

  @Query("SELECT folded FROM change_sequence WHERE number = 1")
  long folded();

  @Query(
      "UPDATE webhook SET url = :url, description = :description, types = :types,"
          + " departments = :departments, statuses = :statuses, payload = :payload"
          + " WHERE id = :id")
  void change(
      long id,
      String url,
      String description,
      String types,
      String departments,
      String statuses,
      String payload);

  @Query(
      "UPDATE webhook SET status = :status, reason = :reason, status_changed = :now,"
          + " rests_until = NULL, failures = 0 WHERE id = :id")
  void setStatus(long id, String status, @Nullable String reason, @WallClockTime LocalDateTime now);

  /** Goes back, or on, to what is behind a position. */
  @Query("UPDATE webhook SET position = :position, rests_until = NULL WHERE id = :id")
  void moveTo(long id, long position);

  /** One step on; false where another has moved it meanwhile, or it is not at work. */
  @Query(
      "UPDATE webhook SET position = :position WHERE id = :id AND position = :from"
          + " AND status = 'active'")
  boolean advance(long id, long from, long position);

  @Query("UPDATE webhook SET last_delivered = :now, failures = 0 WHERE id = :id")
  void succeeded(long id, @WallClockTime LocalDateTime now);

  @Query("UPDATE webhook SET failures = failures + 1 WHERE id = :id")
  void failed(long id);

  @Query("UPDATE webhook SET rests_until = :until WHERE id = :id")
  void rest(long id, @WallClockTime @Nullable LocalDateTime until);

  /** The position of the one that is farthest behind, at work or not; null where there is none. */
  @Query("SELECT MIN(position) FROM webhook")
  @Nullable Long earliestPosition();

  /** Those that have not got as far as a position, and do not rest. */
  @Query(
      "SELECT id FROM webhook WHERE status = 'active' AND position < :position"
          + " AND (rests_until IS NULL OR rests_until <= :now)")
  List<Long> behind(long position, @WallClockTime LocalDateTime now);

  @Query("DELETE FROM webhook WHERE id = :id")
  void delete(long id);
}
