package io.kbsserver.wordpress.destination;

import io.kbsserver.site.BuiltInStatus;
import java.sql.SQLException;

/** Counts what has which term, once all of it is here. */
public final class TermRecount {

  private static final int ATTEMPTS = 5;

  /** What stands there stays, with a count of its own, so that nobody waits for rows to come. */
  private static final String COUNT =
      """
      INSERT INTO term_count (term_id, slot, total)
      SELECT had.term_id, had.slot, SUM(had.total)
      FROM (
        SELECT x.term_id, MOD(x.ticket_id, 16) AS slot, COUNT(*) AS total
        FROM ticket_term x GROUP BY x.term_id, MOD(x.ticket_id, 16)
        UNION ALL
        SELECT x.term_id, MOD(x.ticket_id, 16), -COUNT(*)
        FROM ticket t JOIN ticket_term x ON x.ticket_id = t.id
        WHERE t.status = ? GROUP BY x.term_id, MOD(x.ticket_id, 16)
        UNION ALL
        SELECT r.source_id, MOD(r.id, 16), COUNT(*)
        FROM reply r WHERE r.source_id IS NOT NULL AND r.status <> ?
        GROUP BY r.source_id, MOD(r.id, 16)
        UNION ALL
        SELECT c.term_id, c.slot, 0 FROM term_count c
      ) had
      GROUP BY had.term_id, had.slot
      ON DUPLICATE KEY UPDATE total = VALUES(total)
      """;

  private final TargetDatabase target;

  public TermRecount(TargetDatabase target) {
    this.target = target;
  }

  /** Counts, and waits for those who are just giving a term to something. */
  public void run() throws SQLException {
    if (target.isDryRun()) {
      return;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        target.update(COUNT, BuiltInStatus.DELETED, BuiltInStatus.DELETED);
        target.commit();
        return;
      } catch (SQLException e) {
        target.rollback();
        if (attempt == ATTEMPTS || !String.valueOf(e.getSQLState()).startsWith("40")) {
          throw e;
        }
      }
    }
  }
}
