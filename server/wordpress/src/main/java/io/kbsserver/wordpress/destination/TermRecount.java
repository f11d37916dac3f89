package io.kbsserver.wordpress.destination;

import io.kbsserver.terms.TermCounts;
import java.sql.SQLException;
import java.util.List;

/** Counts what has which term, once all of it is here. */
public final class TermRecount {

  private static final int ATTEMPTS = 5;

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
            TermCounts.OFF,
            List.of(),
            row -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)));
    target.insert(
        "INSERT INTO term_count (term_id, slot, total)",
        TargetDatabase.group(3),
        off,
        " ON DUPLICATE KEY UPDATE total = total + VALUES(total)");
  }
}
