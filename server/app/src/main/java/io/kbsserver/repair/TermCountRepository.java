package io.kbsserver.repair;

import io.kbsserver.terms.TermCounts;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The counters of terms, and what they count. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface TermCountRepository extends GenericRepository<TermCountRepository.Counter, Long> {

  /** A counter. */
  @MappedEntity("term_count")
  record Counter(@Id long termId, int slot) {}

  /** Those that are not what they count, at one moment. */
  @Query(
      "SELECT off.term_id, off.slot FROM ("
          + TermCounts.OFF
          + ") off JOIN term te ON te.id = off.term_id ORDER BY off.term_id, off.slot")
  List<Counter> wrong();

  /** Lets nobody else change a counter until the end of the transaction; makes it where none is. */
  @Query(
      """
      INSERT INTO term_count (term_id, slot, total)
      SELECT te.id, :slot, 0 FROM term te WHERE te.id = :termId
      ON DUPLICATE KEY UPDATE total = total
      """)
  void lock(long termId, int slot);

  /** What it is to be. */
  @Query(
      """
      SELECT
        (SELECT COUNT(*) FROM ticket_term x
         WHERE x.term_id = :termId AND MOD(x.ticket_id, 16) = :slot)
        - (SELECT COUNT(*) FROM ticket t JOIN ticket_term x ON x.ticket_id = t.id
           WHERE t.status = '.deleted' AND x.term_id = :termId AND MOD(x.ticket_id, 16) = :slot)
        + (SELECT COUNT(*) FROM reply r
           WHERE r.source_id = :termId AND MOD(r.id, 16) = :slot AND r.status <> '.deleted')
      """)
  long counted(long termId, int slot);

  @Query("UPDATE term_count SET total = :total WHERE term_id = :termId AND slot = :slot")
  void set(long termId, int slot, long total);
}
