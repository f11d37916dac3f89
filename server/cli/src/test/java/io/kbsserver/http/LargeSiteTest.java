package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.demo.DemoSite;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.testing.ChangeJudge;
import io.kbsserver.testing.TableEstimate;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.text.Rendering;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A site as {@code kbs-server demo} makes it: always the same, and one that the server serves. */
class LargeSiteTest {

  private static final int TICKETS = 300;

  /** All but what has the time of the making in it, or a secret. */
  private static final List<String> SAME =
      List.of(
          "app_user",
          "attachment",
          "company",
          "customer",
          "customer_id",
          "department_agent",
          "form",
          "post",
          "reply",
          "term",
          "term_count",
          "ticket",
          "ticket_agent",
          "ticket_participant",
          "ticket_sequence",
          "ticket_term",
          "user_role");

  private static String url;
  private static TestServer server;
  private static HttpApi manager;

  /** What it was like at first. */
  private static Map<String, String> made;

  @BeforeAll
  static void make() throws SQLException {
    TestDatabase database = TestDatabase.get();
    url = database.createMigratedSchema("demo_large");
    ChangeJudge.watch(url, database.user(), database.password());
    TableEstimate.keep(url, database.user(), database.password());
    CommandLineRun run = fill(url, 7);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.err().contains("tickets: 300 of 300"), run.err());
    TableEstimate.assertGood(url, database.user(), database.password());
    made = fingerprints(url);
    String password = run.out().replaceFirst("(?s).*Password  ((\\w{4} ?){6}) .*", "$1").strip();
    server = TestServer.through(url, url, Map.of());
    manager = server.login("mira", password);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static CommandLineRun fill(String url, int seed) {
    return CommandLineRun.of(
        CommandLineRun.environment(url),
        "demo",
        "--tickets",
        String.valueOf(TICKETS),
        "--seed",
        String.valueOf(seed),
        "--into",
        url.replaceFirst(".*/([^/?]*)(\\?.*)?$", "$1"));
  }

  /** Of another one with this seed. */
  private static Map<String, String> fingerprints(int seed) throws SQLException {
    String other = TestDatabase.get().createMigratedSchema("demo_large_again");
    assertEquals(0, fill(other, seed).exitCode());
    return fingerprints(other);
  }

  private static Map<String, String> fingerprints(String url) throws SQLException {
    Map<String, String> fingerprints = new TreeMap<>();
    TestDatabase database = TestDatabase.get();
    try (Connection connection =
            DriverManager.getConnection(url, database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("CHECKSUM TABLE " + String.join(", ", SAME))) {
      while (rows.next()) {
        fingerprints.put(rows.getString(1).replaceFirst(".*\\.", ""), rows.getString(2));
      }
    }
    return fingerprints;
  }

  @Test
  void nothingOfItIsToBeRepaired() throws Exception {
    CommandLineRun run =
        CommandLineRun.of(CommandLineRun.environment(url), "repair", "--check", "--json");
    assertEquals(Map.of(), RepairTest.wrong(run), run.err());
  }

  @Test
  void theSameSeedMakesTheSameSite() throws SQLException {
    assertEquals(SAME.size(), made.size());
    assertEquals(made, fingerprints(7));
    assertNotEquals(made.get("ticket"), fingerprints(8).get("ticket"));
  }

  @Test
  void itIsSkewedAsRealSitesAre() {
    assertEquals(TICKETS / 20, count("ticket WHERE company_id = 1"));
    long closed = count("ticket WHERE status = 'closed'");
    assertTrue(closed > TICKETS * 7 / 10 && closed < TICKETS * 9 / 10, "closed: " + closed);
    for (String some :
        List.of(
            "ticket WHERE status = 'new'",
            "ticket WHERE company_id IS NULL",
            "ticket WHERE user_id IS NOT NULL",
            "ticket WHERE reply_count = 0",
            "ticket WHERE reply_count > 5",
            "ticket WHERE title_raw REGEXP '[^ -~]'",
            "ticket WHERE content_raw LIKE '%<strong>%'",
            "ticket WHERE form_data IS NOT NULL",
            "ticket_participant WHERE position = 1",
            "ticket_agent",
            "attachment")) {
      long found = count(some);
      assertTrue(found > 0 && found < TICKETS, some + ": " + found);
    }
    assertEquals(200, count("user_role WHERE role = 'support_agent'"));
  }

  /** Texts are put together of what was rendered; that is what the whole would have become. */
  @Test
  void textsAreShownAsIfTheyHadBeenSent() {
    List<List<String>> texts =
        List.of(
            server.values("SELECT title_raw FROM ticket ORDER BY id"),
            server.values("SELECT title_rendered FROM ticket ORDER BY id"),
            server.values(
                "SELECT content_raw FROM ticket UNION SELECT content_raw FROM reply ORDER BY 1"));
    assertEquals(texts.get(0).stream().map(Rendering::title).toList(), texts.get(1));
    List<String> different = new ArrayList<>();
    for (String raw : texts.get(2)) {
      String rendered = Rendering.content(raw);
      for (String table : List.of("ticket", "reply")) {
        if (server.number(
                "SELECT COUNT(*) FROM "
                    + table
                    + " WHERE BINARY content_raw = BINARY ? AND BINARY content_rendered <> BINARY ?",
                raw,
                rendered)
            > 0) {
          different.add(raw);
        }
      }
    }
    assertEquals(List.of(), different);
  }

  /** What the server keeps beside what it is counted from. */
  @Test
  void whatIsCountedIsThere() {
    assertEquals(
        List.of(),
        server.values(
            "SELECT t.id FROM ticket t WHERE t.reply_count <>"
                + " (SELECT COUNT(*) FROM reply r WHERE r.ticket_id = t.id)"));
    assertEquals(
        List.of(),
        server.values(
            """
            SELECT had.term_id FROM (
              SELECT term_id, MOD(ticket_id, 16) AS slot, 1 AS total FROM ticket_term
              UNION ALL SELECT source_id, MOD(id, 16), 1 FROM reply
              UNION ALL SELECT term_id, slot, -total FROM term_count) had
            GROUP BY had.term_id, had.slot HAVING SUM(had.total) <> 0
            """));
    assertEquals(
        List.of(),
        server.values(
            """
            SELECT t.id FROM ticket t LEFT JOIN
              (SELECT ticket_id, MAX(revision) AS last, SUM(kind = 'ticket') AS made
               FROM change_log GROUP BY ticket_id) l ON l.ticket_id = t.id
            WHERE l.last IS NULL OR l.last <> t.revision OR l.made < 1
            """));
  }

  @Test
  void theServerServesIt() {
    long all = manager.get("").assertOk().total();
    assertTrue(all >= TICKETS, "tickets: " + all);
    assertEquals(TICKETS / 20, manager.get("?company=1").assertOk().total());
    assertEquals(100, manager.get("?search=marigold").assertOk().total());
    assertEquals("HH-1007", manager.get("/HH-1007").assertOk().text("ticket_data.number"));
    long replied = server.number("SELECT MIN(ticket_id) FROM reply");
    assertEquals(
        server.number("SELECT reply_count FROM ticket WHERE id = ?", replied),
        manager
            .send("GET", "/wp-json/kbs/v1/replies/ticket/" + replied, null, null)
            .assertOk()
            .total());
    Answer exported = manager.send("GET", "/wp-json/kbs/v1/tickets/export", null, null).assertOk();
    assertTrue(exported.body().lines().count() > TICKETS, exported.body());
  }

  @Test
  void whatIsMadeThereGoesOnBehindIt() {
    long last = server.number("SELECT MAX(id) FROM post");
    Answer made = manager.post("", ticket("new.customer@example.org")).assertOk();
    assertEquals("HH-" + (1001 + TICKETS), made.text("ticket_data.number"));
    assertTrue(made.id() > last, made.body());
    long old = server.number("SELECT MIN(id) FROM ticket WHERE status = 'closed'");
    assertEquals(
        "open", manager.post("/" + old, fields("status", "open")).assertOk().text("status"));
  }

  @Test
  void whoHasALoginSeesTheirs() {
    String login = server.values("SELECT login FROM app_user WHERE id = 202").get(0);
    String password = server.bean(UserAccounts.class).addPassword(login, "x").password();
    assertEquals(
        TICKETS / 20, server.login(login, password).get("").assertOk().total(), "of the company");
  }

  @Test
  void whatWasNotMadeToItsEndIsNotServed() {
    assertEquals(0, count("site_setting WHERE name = '" + DemoSite.UNFINISHED + "'"));
    DemoSite demo = server.bean(DemoSite.class);
    server.sql("INSERT INTO site_setting (name, value) VALUES (?, '1')", DemoSite.UNFINISHED);
    try {
      StartupFailure refused = assertThrows(StartupFailure.class, demo::prepare);
      assertEquals(
          "The demo was not made to its end: make it anew with serve --demo --reset where it is built"
              + " in, or in another database (KBS_DATA_DIR, or KBS_DATABASE_URL)",
          refused.getMessage());
    } finally {
      server.sql("DELETE FROM site_setting WHERE name = ?", DemoSite.UNFINISHED);
    }
  }

  @Test
  void whereThereIsAnythingNothingIsMade() {
    CommandLineRun again = fill(url, 7);
    assertEquals(1, again.exitCode());
    assertTrue(
        again.err().startsWith("kbs-server: This database holds a site already"), again.err());

    String real = TestDatabase.get().createMigratedSchema("demo_large_real");
    try (TestServer there = TestServer.through(real, real, Map.of())) {
      User somebody = there.user("support_manager");
      assertEquals(1, fill(real, 7).exitCode());
      assertEquals(0, somebody.api().get("").assertOk().total());
    }
    Map<String, String> environment = CommandLineRun.environment(real);
    CommandLineRun unnamed = CommandLineRun.of(environment, "demo", "--tickets", "10");
    assertEquals(2, unnamed.exitCode());
    assertTrue(unnamed.err().contains("--into kbs_test_demo_large_real"), unnamed.err());
  }

  private static long count(String what) {
    return server.number("SELECT COUNT(*) FROM " + what);
  }
}
