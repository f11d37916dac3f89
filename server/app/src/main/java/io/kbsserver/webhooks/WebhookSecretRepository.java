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

  /** Takes away those that are not, or that are valid for some time only. */
  @Query("DELETE FROM webhook_secret WHERE webhook_id = :webhookId AND valid_until IS NOT NULL")
  void removeFormer(long webhookId);

  @Query("UPDATE webhook_secret SET valid_until = :until WHERE webhook_id = :webhookId")
  void limit(long webhookId, @WallClockTime LocalDateTime until);
}
