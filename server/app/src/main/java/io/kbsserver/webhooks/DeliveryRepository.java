package io.kbsserver.webhooks;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages to webhooks, and how they were received. */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface DeliveryRepository extends GenericRepository<Delivery, Long> {

  Delivery insert(Delivery delivery);

  Optional<Delivery> findByIdAndWebhookId(long id, long webhookId);

  void insertAll(List<Delivery> deliveries);

  /** What was told of these changes before. */
  @Query("DELETE FROM webhook_delivery WHERE webhook_id = :webhookId AND position IN (:positions)")
  void forget(long webhookId, List<Long> positions);

  /** Those that wait, in the order of the changes, tests first. */
  @Query(
      "SELECT * FROM webhook_delivery WHERE webhook_id = :webhookId AND status = 'waiting'"
          + " ORDER BY position, id LIMIT :most")
  List<Delivery> waiting(long webhookId, int most);

  @Query(
      "SELECT COUNT(*) FROM webhook_delivery WHERE webhook_id = :webhookId AND status = 'waiting'")
  long countWaiting(long webhookId);

  /** What became of one that is at an attempt; false where another has seen to it meanwhile. */
  @Query(
      "UPDATE webhook_delivery SET type = :type, status = :status, attempts = attempts + 1,"
          + " first_attempt = COALESCE(first_attempt, :now), last_attempt = :now,"
          + " next_attempt = :next, answer = :answer, duration = :duration, error = :error"
          + " WHERE id = :id AND attempts = :attempts AND status = 'waiting'")
  boolean attempted(
      long id,
      int attempts,
      String type,
      String status,
      @WallClockTime LocalDateTime now,
      @WallClockTime @Nullable LocalDateTime next,
      @Nullable Integer answer,
      @Nullable Integer duration,
      @Nullable String error);

  /** There is nothing to be told any more. */
  @Query(
      "UPDATE webhook_delivery SET status = 'failed', next_attempt = NULL, error = :error"
          + " WHERE id = :id")
  void giveUp(long id, String error);

  /** To be sent as if it never was. */
  @Query(
      "UPDATE webhook_delivery SET status = 'waiting', attempts = 0, first_attempt = NULL,"
          + " next_attempt = :now WHERE id = :id")
  void again(long id, @WallClockTime LocalDateTime now);

  /** All that wait, at once, and as if they had never been sent. */
  @Query(
      "UPDATE webhook_delivery SET attempts = 0, first_attempt = NULL, next_attempt = :now"
          + " WHERE webhook_id = :webhookId AND status = 'waiting'")
  void restart(long webhookId, @WallClockTime LocalDateTime now);

  /**
   * All that wait, at once.
   *
   * @param since what was refused before then, when others were taken, keeps its pauses; null where
   *     none was taken
   */
  @Query(
      "UPDATE webhook_delivery SET next_attempt = :now"
          + " WHERE webhook_id = :webhookId AND status = 'waiting'"
          + " AND (:since IS NULL OR first_attempt IS NULL OR first_attempt > :since)")
  void hurry(
      long webhookId,
      @WallClockTime LocalDateTime now,
      @WallClockTime @Nullable LocalDateTime since);

  /** The log tells of these once more. */
  @Query(
      "DELETE FROM webhook_delivery WHERE webhook_id = :webhookId AND status = 'waiting'"
          + " AND position >= :position")
  void withdrawFrom(long webhookId, long position);

  @Query(
      "DELETE FROM webhook_delivery WHERE created_at < :before AND status <> 'waiting' LIMIT 500")
  int removeBefore(@WallClockTime LocalDateTime before);

  /** The id of the last that is kept of a webhook which has more than so many. */
  @Query(
      "SELECT id FROM webhook_delivery WHERE webhook_id = :webhookId ORDER BY id DESC"
          + " LIMIT 1 OFFSET :most")
  Optional<Long> beyond(long webhookId, int most);

  @Query(
      "DELETE FROM webhook_delivery WHERE webhook_id = :webhookId AND id <= :last"
          + " AND status <> 'waiting' LIMIT 500")
  int removeUpTo(long webhookId, long last);
}
