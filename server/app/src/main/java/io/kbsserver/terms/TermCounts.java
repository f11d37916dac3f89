package io.kbsserver.terms;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/**
 * How many tickets and replies have a term. Whoever gives one to such a thing, or takes it away,
 * says so here in the same transaction.
 */
@JdbcRepository(dialect = Dialect.MYSQL)
public interface TermCounts extends GenericRepository<Term, Long> {

  /**
   * Counters that are off, and by how much. Whoever gives a term to something changes both sides at
   * once, so that what one statement sees of it stays true whatever is written meanwhile.
   */
  String OFF =
      """
      SELECT had.term_id, had.slot, SUM(had.total) AS off_by
      FROM (
        SELECT x.term_id, MOD(x.ticket_id, 16) AS slot, COUNT(*) AS total
        FROM ticket_term x GROUP BY x.term_id, MOD(x.ticket_id, 16)
        UNION ALL
        SELECT x.term_id, MOD(x.ticket_id, 16), -COUNT(*)
        FROM ticket t JOIN ticket_term x ON x.ticket_id = t.id
        WHERE t.status = '.deleted' GROUP BY x.term_id, MOD(x.ticket_id, 16)
        UNION ALL
        SELECT r.source_id, MOD(r.id, 16), COUNT(*)
        FROM reply r WHERE r.source_id IS NOT NULL AND r.status <> '.deleted'
        GROUP BY r.source_id, MOD(r.id, 16)
        UNION ALL
        SELECT c.term_id, c.slot, -c.total FROM term_count c
      ) had
      GROUP BY had.term_id, had.slot
      HAVING SUM(had.total) <> 0
      ORDER BY had.term_id, had.slot
      """;

  /** A ticket or a reply has got these terms. */
  @Query(
      """
      INSERT INTO term_count (term_id, slot, total)
      SELECT te.id, MOD(:postId, 16), 1 FROM term te WHERE te.id IN (:termIds) ORDER BY te.id
      ON DUPLICATE KEY UPDATE total = total + 1
      """)
  void add(List<Long> termIds, long postId);

  /** A ticket or a reply has these terms no longer. */
  @Query(
      """
      UPDATE term_count SET total = total - 1
      WHERE term_id IN (:termIds) AND slot = MOD(:postId, 16)
      """)
  void subtract(List<Long> termIds, long postId);
}
