package io.kbsserver.wordpress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kbsserver.testing.WordPressFixture;
import io.kbsserver.wordpress.report.ImportProgress;
import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.report.ImportReport.Outcome;
import io.kbsserver.wordpress.source.ImportSource;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/**
 * A site is imported, goes on for months, and is imported again: as if it never had been before.
 */
class ImportOverEarlierTest {

  private static final ImportProgress QUIET =
      new ImportProgress() {
        @Override
        public void stage(String kind, long done, long total) {}

        @Override
        public void problem(ImportReport.Problem problem) {}
      };

  @Test
  void anImportOverAnEarlierOneIsLikeAFirstOne() {
    WordPressFixture before = WordPressFixture.site("over_before");
    WordPressFixture lived = WordPressFixture.livedSite("over_lived");
    WordPressFixture over = WordPressFixture.empty("over_here");
    WordPressFixture fresh = WordPressFixture.empty("over_fresh");
    new WordPressImport(over.dataSource(), Clock.systemUTC())
        .run(before.source(ImportSource::new), QUIET);
    ImportReport report =
        new WordPressImport(over.dataSource(), Clock.systemUTC())
            .run(lived.source(ImportSource::new), QUIET);
    new WordPressImport(fresh.dataSource(), Clock.systemUTC())
        .run(lived.source(ImportSource::new), QUIET);

    String served = " WHERE ticket_id IN (SELECT id FROM ticket WHERE status <> '.deleted')";
    for (String query :
        List.of(
            "SELECT * FROM ticket WHERE status <> '.deleted'",
            "SELECT * FROM reply" + served,
            "SELECT * FROM attachment" + served,
            "SELECT * FROM ticket_term" + served,
            "SELECT * FROM ticket_agent" + served,
            "SELECT * FROM ticket_participant" + served,
            "SELECT * FROM app_user WHERE missing = FALSE",
            "SELECT * FROM user_role",
            "SELECT * FROM application_password",
            "SELECT * FROM customer WHERE missing = FALSE",
            "SELECT * FROM customer_email",
            "SELECT * FROM company WHERE missing = FALSE",
            "SELECT * FROM term",
            "SELECT * FROM department_agent",
            "SELECT * FROM ticket_sequence",
            "SELECT * FROM site_setting WHERE name <> 'imported_at'")) {
      List<String> expected = fresh.rows(query).stream().sorted().toList();
      assertFalse(expected.isEmpty(), query);
      assertEquals(expected, over.rows(query).stream().sorted().toList(), query);
    }
    // FINDINGS 14 and the notes on the site that has lived: what was deleted in it.
    assertEquals(
        Set.of("user 5", "customer 9", "term 9", "term 13", "ticket 46", "company 13"),
        report.problems().stream()
            .filter(problem -> problem.outcome() == Outcome.DELETED)
            .map(problem -> problem.kind() + " " + problem.id())
            .collect(Collectors.toSet()));
  }

  /** A database of before does not say which passwords an import brought. */
  @Test
  void passwordsOfBeforeAreToldApart() {
    WordPressFixture site = WordPressFixture.site("passwords_site");
    WordPressFixture here = WordPressFixture.empty("passwords_here");
    new WordPressImport(here.dataSource(), Clock.systemUTC())
        .run(site.source(ImportSource::new), QUIET);
    List<String> brought =
        here.rows("SELECT user_id, uuid FROM imported_password ORDER BY user_id, uuid");
    assertFalse(brought.isEmpty());
    here.change(
        "INSERT INTO application_password SELECT UUID(), 3, 'mine', '$generic$x',"
            + " UTC_TIMESTAMP() + INTERVAL 1 HOUR",
        "INSERT INTO app_user (id, login, email) VALUES (900, 'hera', 'hera@example.org')",
        "INSERT INTO application_password SELECT UUID(), 900, 'hers', '$P$x', '2020-01-01'",
        "DROP TABLE imported_password",
        "DELETE FROM flyway_schema_history WHERE version = '2.2'");
    // Later migrations are there already.
    Flyway.configure().dataSource(here.dataSource()).outOfOrder(true).load().migrate();
    assertEquals(
        brought, here.rows("SELECT user_id, uuid FROM imported_password ORDER BY user_id, uuid"));
  }
}
