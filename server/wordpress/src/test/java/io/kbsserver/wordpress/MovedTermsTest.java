package io.kbsserver.wordpress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.ChangeJudge;
import io.kbsserver.testing.WordPressFixture;
import io.kbsserver.wordpress.destination.Ids;
import io.kbsserver.wordpress.destination.TargetDatabase;
import io.kbsserver.wordpress.destination.TermRecount;
import io.kbsserver.wordpress.kinds.ImportRun;
import io.kbsserver.wordpress.kinds.ImportedTables;
import io.kbsserver.wordpress.report.ImportLog;
import io.kbsserver.wordpress.report.ImportProgress;
import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.source.ImportSource;
import io.kbsserver.wordpress.source.SiteClock;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Terms that are moved and counted on both sides, and such as share a slug. */
@Timeout(180)
class MovedTermsTest {

  private static final ImportProgress QUIET =
      new ImportProgress() {
        @Override
        public void stage(String kind, long done, long total) {}

        @Override
        public void problem(ImportReport.Problem problem) {}
      };

  private static final String SLUGS =
      "SELECT CONCAT_WS('|', id, slug, parent_id) FROM term WHERE id > 900 ORDER BY id";

  private static WordPressFixture site;
  private static WordPressFixture here;
  private static ImportReport first;
  private static String reply;

  /** Does something to the database here in a transaction of its own. */
  private interface Work {
    void with(TargetDatabase target) throws SQLException;
  }

  @BeforeAll
  static void importTheSite() {
    site = WordPressFixture.site("moved_site");
    here = WordPressFixture.empty("moved_here");
    reply = site.value("SELECT MIN(ID) FROM wp_posts WHERE post_type = 'kbs_ticket_reply'");
    site.change(
        "INSERT INTO wp_terms VALUES (901, 'A', 'a', 0), (902, 'B', 'b', 0), (911, 'Web', 'web', 0),"
            + " (912, 'Netz', 'web', 0), (913, 'Chat', 'chat', 0), (914, 'Chat', 'chat', 0)",
        "INSERT INTO wp_term_taxonomy VALUES (901, 901, 'ticket_category', '', 0, 1),"
            + " (902, 902, 'ticket_category', '', 0, 1),"
            + " (911, 911, 'ticket_category', '', 0, 1),"
            + " (912, 912, 'ticket_category', '', 0, 1),"
            + " (913, 913, 'ticket_source', '', 0, 1), (914, 914, 'ticket_source', '', 0, 1)",
        "INSERT INTO wp_terms VALUES (921, 'Below', 'below', 0)",
        "INSERT INTO wp_term_taxonomy VALUES (921, 921, 'ticket_category', '', 912, 1)",
        "DELETE FROM wp_term_relationships WHERE object_id = " + reply,
        "INSERT INTO wp_term_relationships VALUES (%s, 914, 0), (48, 912, 0)".formatted(reply));
    first = run();
  }

  private static ImportReport run() {
    return new WordPressImport(here.dataSource(), Clock.systemUTC())
        .run(site.source(ImportSource::new), QUIET);
  }

  private static String problems(ImportReport report, long id) {
    return String.join(
        "; ",
        report.problems().stream()
            .filter(problem -> problem.kind().equals("term") && problem.id() == id)
            .map(ImportReport.Problem::what)
            .toList());
  }

  @Test
  void termsOfOneSlugAreToldApartAndNothingIsLostForThem() {
    assertTrue(problems(first, 912).contains("it is web-2 now"), problems(first, 912));
    assertTrue(problems(first, 914).contains("it is chat-2 now"), problems(first, 914));
    assertEquals("web-2", here.value("SELECT slug FROM term WHERE id = 912"));
    assertEquals("912", here.value("SELECT parent_id FROM term WHERE id = 921"));
    assertEquals("914", here.value("SELECT source_id FROM reply WHERE id = " + reply));
    assertEquals(
        "1", here.value("SELECT COUNT(*) FROM ticket_term WHERE ticket_id = 48 AND term_id = 912"));
    List<String> before = here.values(SLUGS);
    run();
    assertEquals(before, here.values(SLUGS));
  }

  @Test
  void noCategoryIsBelowItselfThoughEachSideHasMovedOne() {
    here.change("UPDATE term SET parent_id = 901 WHERE id = 902");
    site.change("UPDATE wp_term_taxonomy SET parent = 902 WHERE term_taxonomy_id = 901");
    for (int times = 0; times < 2; times++) {
      ImportReport report = run();
      assertTrue(problems(report, 901).contains("its parent, term 902"), problems(report, 901));
      assertEquals(
          List.of("901|-", "902|901"),
          here.values(
              "SELECT CONCAT_WS('|', id, COALESCE(parent_id, '-')) FROM term"
                  + " WHERE id IN (901, 902) ORDER BY id"));
    }
    // Turned round as a whole, it is as there.
    here.change("UPDATE term SET parent_id = NULL WHERE id = 902");
    run();
    assertEquals("902", here.value("SELECT parent_id FROM term WHERE id = 901"));
    site.change(
        "UPDATE wp_term_taxonomy SET parent = 0 WHERE term_taxonomy_id = 901",
        "UPDATE wp_term_taxonomy SET parent = 901 WHERE term_taxonomy_id = 902");
    assertEquals("", problems(run(), 901));
    assertEquals("901", here.value("SELECT parent_id FROM term WHERE id = 902"));
  }

  @Test
  void whatIsGivenATermDuringACountIsCounted() throws SQLException {
    String ticket = here.value("SELECT MIN(ticket_id) FROM ticket_term");
    here.change(
        "INSERT INTO term_count VALUES (911, MOD(%s, 16), 5)".formatted(ticket)
            + " ON DUPLICATE KEY UPDATE total = total + 5");
    meanwhile(
        target -> new TermRecount(target).run(),
        "UPDATE term_count SET total = total + 1 WHERE term_id = 911 AND slot = MOD(%s, 16)"
            .formatted(ticket),
        "INSERT INTO ticket_term VALUES (%s, 911)".formatted(ticket));
    assertEquals("1", here.value("SELECT SUM(total) FROM term_count WHERE term_id = 911"));
  }

  @Test
  void whatIsRepliedDuringACountIsCounted() throws SQLException {
    String ticket = here.value("SELECT ticket_id FROM reply WHERE id = " + reply);
    here.change(
        "UPDATE ticket SET reply_count = reply_count + 5 WHERE id = " + ticket,
        "INSERT INTO post (id, type) VALUES (90001, 'kbs_ticket_reply')");
    try (WordPressDatabase wordPress = WordPressDatabase.open(site.source(ImportSource::new))) {
      meanwhile(
          target ->
              new Continuation(
                      new ImportRun(
                          wordPress,
                          target,
                          new Ids(target, wordPress, ImportedTables.BY_KIND),
                          new ImportLog(QUIET, false),
                          new SiteClock(ZoneOffset.UTC)))
                  .finish(),
          "SELECT id FROM ticket WHERE id = %s FOR UPDATE".formatted(ticket),
          "INSERT INTO reply (id, ticket_id, status, date_local, date_gmt, modified_local,"
              + " modified_gmt, content_raw, content_rendered) VALUES (90001, "
              + ticket
              + ", 'publish', NOW(), NOW(), NOW(), NOW(), '', '')",
          "UPDATE ticket SET reply_count = reply_count + 1 WHERE id = " + ticket);
    }
    assertEquals(
        here.value("SELECT COUNT(*) FROM reply WHERE status = 'publish' AND ticket_id = " + ticket),
        here.value("SELECT reply_count FROM ticket WHERE id = " + ticket));
  }

  /** Locks something, as a server does, and writes the rest when the work waits for that. */
  private static void meanwhile(Work work, String locking, String... rest) throws SQLException {
    try (Connection server = ChangeJudge.unjudged(here.dataSource().getConnection());
        Statement statement = server.createStatement()) {
      server.setAutoCommit(false);
      statement.execute(locking);
      String waits = waits();
      CompletableFuture<Void> counted = CompletableFuture.runAsync(() -> work(work));
      while (waits().equals(waits) && !counted.isDone()) {
        Thread.onSpinWait();
      }
      for (String sql : rest) {
        statement.execute(sql);
      }
      server.commit();
      counted.join();
    }
  }

  private static void work(Work work) {
    try (Connection connection = here.dataSource().getConnection()) {
      // As the server's pool has them.
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(false);
      work.with(new TargetDatabase(connection, false, Clock.systemUTC()));
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String waits() {
    return here.rows("SHOW STATUS LIKE 'Innodb_row_lock_waits'").get(0);
  }
}
