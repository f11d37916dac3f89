package io.kbsserver.wordpress.destination;

import io.kbsserver.site.BuiltInStatus;
import java.sql.SQLException;
import java.util.List;

/** Counts what has which term, once all of it is here. */
public final class TermRecount {

  private static final int ATTEMPTS = 5;

  /**
   * By how much counts are off. Whoever gives a term to something changes both sides at once, so
   * that what one statement sees here stays true, whatever a running server does meanwhile.
   */
  private static final String OFF =
      """
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
        SELECT c.term_id, c.slot, -c.total FROM term_count c
      ) had
      GROUP BY had.term_id, had.slot
      HAVING SUM(had.total) <> 0
      ORDER BY had.term_id, had.slot
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
        correct();
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

  private void correct() throws SQLException {
    target.lockRecounts();
    List<List<Object>> off =
        target.query(
            OFF,
            List.of(BuiltInStatus.DELETED, BuiltInStatus.DELETED),
            row -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)));
    target.insert(
        "INSERT INTO term_count (term_id, slot, total)",
        TargetDatabase.group(3),
        off,
        " ON DUPLICATE KEY UPDATE total = total + VALUES(total)");
  }
}
