package io.kbsserver.idempotency;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.LocalDateTime;
import java.util.Optional;

/** The rows of requests that may come again. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface KeptAnswerRepository extends GenericRepository<KeptAnswer, String> {

  /** Fails at once where another transaction has made the row and goes on. */
  @Query(
      "SELECT id, request, at, status, head, body FROM kept_answer WHERE id = :id FOR UPDATE NOWAIT")
  Optional<KeptAnswer> findUnlocked(String id);

  /** Makes the row, unless there is one; waits for whoever is making it. */
  @Query(
      "INSERT IGNORE INTO kept_answer (id, request, at, status, head, body)"
          + " VALUES (:id, :request, :at, :status, :head, :body)")
  int add(
      String id,
      String request,
      @WallClockTime LocalDateTime at,
      int status,
      String head,
      byte[] body);

  @Query("UPDATE kept_answer SET status = :status, head = :head, body = :body WHERE id = :id")
  void complete(String id, int status, String head, byte[] body);

  @Query("DELETE FROM kept_answer WHERE id = :id AND at < :before")
  void deleteOld(String id, @WallClockTime LocalDateTime before);

  /** Takes away some of the oldest. */
  @Query("DELETE FROM kept_answer WHERE at < :before ORDER BY at LIMIT 500")
  int deleteSome(@WallClockTime LocalDateTime before);
}
