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
