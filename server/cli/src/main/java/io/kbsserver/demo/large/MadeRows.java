package io.kbsserver.demo.large;

import io.kbsserver.change.Author;
import io.kbsserver.change.ChangeRecorder;
import io.kbsserver.change.LoggedState;
import io.kbsserver.change.Subject;
import io.kbsserver.storage.Statements;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/**
 * Writes what was made, a batch in each transaction, with rows in the log of changes as those of an
 * import: that it is there now, and no mail to anybody.
 */
@Singleton
class MadeRows {

  private final Statements statements;
  private final Clock clock;

  MadeRows(Statements statements, Clock clock) {
    this.statements = statements;
    this.clock = clock;
  }

  /** Whether nobody has put anything into this database yet. */
  @Transactional
  boolean isEmpty() {
    return statements
        .query(
            """
            SELECT 1 FROM (SELECT 1 FROM app_user UNION ALL SELECT 1 FROM post
              UNION ALL SELECT 1 FROM customer UNION ALL SELECT 1 FROM term
              UNION ALL SELECT 1 FROM site_setting) something LIMIT 1
            """,
            List.of(),
            row -> row.getLong(1))
        .isEmpty();
  }

  /** Inserts rows, in this order. */
  @Transactional
  void insert(List<Rows> tables) {
    ChangeRecorder changes = recorder();
    for (Rows rows : tables) {
      Subject subject = rows.subject();
      if (subject != null) {
        changes.creates(subject, rows.ids());
      }
      rows.insert(statements);
    }
    changes.beforeCommit();
  }

  /** Takes a setting away. */
  @Transactional
  void takeAway(String setting) {
    ChangeRecorder changes = recorder();
    changes.changes(Subject.SETTING, List.of(setting));
    statements.update("DELETE FROM site_setting WHERE name = ?", List.of(setting));
    changes.beforeCommit();
  }

  /** Lets what others make go on behind these, whether they are there yet or not. */
  @Transactional
  void goOnBehind(long number, long customer) {
    statements.update("UPDATE ticket_sequence SET last_number = ? WHERE id = 1", List.of(number));
    statements.update("INSERT INTO customer_id (id) VALUES (?)", List.of(customer));
  }

  private ChangeRecorder recorder() {
    return new ChangeRecorder(statements, new LoggedState(), Author.IMPORT, clock);
  }
}
