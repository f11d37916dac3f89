package io.kbsserver.webhooks;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.LocalDateTime;
import java.util.List;

/** What messages are signed with. */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface WebhookSecretRepository extends GenericRepository<WebhookSecret, Long> {

  WebhookSecret insert(WebhookSecret secret);

  /** Those that are valid, the newest first. */
  @Query(
      "SELECT * FROM webhook_secret WHERE webhook_id = :webhookId"
          + " AND (valid_until IS NULL OR valid_until > :now) ORDER BY id DESC")
  List<WebhookSecret> valid(long webhookId, @WallClockTime LocalDateTime now);

  /** Takes away those that are not valid any more. */
  @Query("DELETE FROM webhook_secret WHERE webhook_id = :webhookId AND valid_until <= :now")
  void removeExpired(long webhookId, @WallClockTime LocalDateTime now);

  /** Takes away up to this one. */
  @Query("DELETE FROM webhook_secret WHERE webhook_id = :webhookId AND id <= :last")
  void removeUpTo(long webhookId, long last);

  /** Limits the one that is valid without end; others have been promised a time already. */
  @Query(
      "UPDATE webhook_secret SET valid_until = :until"
          + " WHERE webhook_id = :webhookId AND valid_until IS NULL")
  void limit(long webhookId, @WallClockTime LocalDateTime until);
}
