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

    // How often they were changed, which differs.
    fresh.change("UPDATE ticket SET revision = 0");
    over.change("UPDATE ticket SET revision = 0");
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
            "SELECT user_id, role, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY number)"
                + " FROM user_role",
            "SELECT * FROM application_password",
            "SELECT * FROM customer WHERE missing = FALSE",
            "SELECT * FROM customer_email",
            "SELECT * FROM company WHERE missing = FALSE",
            "SELECT * FROM term",
            "SELECT * FROM form",
            "SELECT * FROM form_field",
            "SELECT * FROM article",
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
    String into = "INSERT INTO application_password (uuid, user_id, name, hash, created_at)";
    here.change(
        into + " SELECT UUID(), 3, 'mine', '$generic$x', UTC_TIMESTAMP() + INTERVAL 1 HOUR",
        "INSERT INTO app_user (id, login, email) VALUES (900, 'hera', 'hera@example.org')",
        into + " SELECT UUID(), 900, 'hers', '$P$x', '2020-01-01'",
        "DROP TABLE imported_password",
        "DELETE FROM flyway_schema_history WHERE version = '2.2'");
    migrate(here);
    assertEquals(
        brought, here.rows("SELECT user_id, uuid FROM imported_password ORDER BY user_id, uuid"));
  }

  /** Rows of before lack what the routes of customers and companies show. */
  @Test
  void customersAndCompaniesOfBeforeAreBroughtOverAgain() {
    WordPressFixture site = WordPressFixture.site("columns_site");
    WordPressFixture here = WordPressFixture.unwatched("columns_here");
    site.change(
        "INSERT INTO wp_kbs_customermeta (kbs_customer_id, meta_key, meta_value) VALUES"
            + " (1, 'additional_email', 'a.third@example.org')",
        "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES (12, '_thumbnail_id', 20)",
        "UPDATE wp_posts SET post_status = 'trash' WHERE ID = 14");
    new WordPressImport(here.dataSource(), Clock.systemUTC())
        .run(site.source(ImportSource::new), QUIET);
    String others = "SELECT * FROM company WHERE id <> 13 ORDER BY id";
    List<String> companies = here.rows(others);
    here.change(
        "ALTER TABLE customer_email DROP COLUMN position",
        "ALTER TABLE customer DROP KEY customer_name, DROP KEY customer_created,"
            + " DROP COLUMN name_key",
        "ALTER TABLE company DROP KEY company_name, DROP COLUMN name_key, DROP COLUMN slug,"
            + " DROP COLUMN status, DROP COLUMN protected, DROP COLUMN logo_id",
        "UPDATE company SET missing = TRUE WHERE id = 14",
        "UPDATE imported SET source_hash = UNHEX(MD5('fewer')), here_hash = UNHEX(MD5('fewer'))"
            + " WHERE kind = 'company' OR (kind = 'customer' AND id = 1)",
        "DELETE FROM flyway_schema_history WHERE version = '2.3'");
    migrate(here);
    site.change("DELETE FROM wp_posts WHERE ID = 13");
    ImportReport again =
        new WordPressImport(here.dataSource(), Clock.systemUTC())
            .run(site.source(ImportSource::new), QUIET);
    assertEquals(0, again.rows(Outcome.KEPT), again.problems().toString());
    assertEquals("1", here.value("SELECT missing FROM company WHERE id = 13"));
    assertEquals(companies, here.rows(others));
    assertEquals(
        List.of("carl.second@example.org", "a.third@example.org"),
        here.values("SELECT email FROM customer_email WHERE customer_id = 1 ORDER BY position"));
  }

  private static void migrate(WordPressFixture here) {
    // One of its migrations is carried out anew, although others have followed it.
    Flyway.configure().dataSource(here.dataSource()).outOfOrder(true).load().migrate();
  }
}
