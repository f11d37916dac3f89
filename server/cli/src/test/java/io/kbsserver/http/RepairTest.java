package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.change.Subject;
import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.storage.Statements;
import io.kbsserver.testing.ChangeJudge;
import io.kbsserver.testing.LateCommit;
import io.kbsserver.testing.TestDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What does not follow from what it is made of is found, and mended while the server runs. */
class RepairTest {

  private static final String REPLIES = "/wp-json/kbs/v1/replies/ticket/";
  private static final String CATEGORIES = "/wp-json/wp/v2/ticket_categories/";

  private static TestServer server;
  private static String url;
  private static HttpApi manager;
  private static long category;
  private static long id;

  @BeforeAll
  static void start() {
    url = TestDatabase.get().createMigratedSchema("http_repair");
    server = TestServer.through(url, url, Map.of());
    manager = server.user("support_manager").api();
    category = server.term("ticket_categories", "mended");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void openATicket() {
    id = open();
    reply(id);
  }

  private static long open() {
    Map<String, Object> ticket =
        new LinkedHashMap<>(ticket(TestServer.unique("mended") + "@example.org"));
    ticket.put("ticket_title", "The \"old\" harbour's crane & <em>rope</em>");
    ticket.put("ticket_content", "It \"creaks\".\n\nAnd [gallery] stays -- as ever :-)");
    ticket.put("post_category", List.of(category));
    return manager.post("", ticket).assertOk().id();
  }

  private static void reply(long ticket) {
    String body = HttpApi.json(fields("reply_content", "Of \"course\"\n\nit does"));
    manager.send("POST", REPLIES + ticket, HttpApi.JSON, body).assertOk();
  }

  private static void note(long ticket) {
    String path = "/wp-json/kbs/v1/tickets/" + ticket + "/notes";
    String body = HttpApi.json(fields("note_content", "\"Mind\" the rope\n\n-- Ada"));
    Answer note = manager.send("POST", path, HttpApi.JSON, body);
    assertEquals(201, note.status(), note::toString);
  }

  private static CommandLineRun run(String... options) {
    List<String> command = new ArrayList<>(List.of("repair", "--json"));
    command.addAll(List.of(options));
    return CommandLineRun.of(CommandLineRun.environment(url), command.toArray(String[]::new));
  }

  /** What is wrong, by what it is. */
  static Map<String, Long> wrong(CommandLineRun run) throws Exception {
    Map<String, Long> wrong = new LinkedHashMap<>();
    for (JsonNode found : new ObjectMapper().readTree(run.out())) {
      if (found.get("wrong").asLong() > 0) {
        wrong.put(found.get("what").asText(), found.get("wrong").asLong());
      }
    }
    return wrong;
  }

  private static void assertNothingIsWrong() throws Exception {
    CommandLineRun run = run("--check");
    assertEquals(Map.of(), wrong(run), run.err());
    assertEquals(0, run.exitCode());
  }

  @Test
  void ofWhatTheServerHasWrittenNothingIsWrong() throws Exception {
    manager.post("/" + id, fields("status", "closed")).assertOk();
    note(id);
    assertNothingIsWrong();
  }

  @Test
  void whatSomebodyChangedByHandIsFoundAndMended() throws Exception {
    server.article("How to fish", "With a net");
    note(id);
    Answer before = manager.get("/" + id).assertOk();
    String tag = manager.get("").assertOk().header("ETag");
    long count = counted();
    // Whoever reads the log gives all of it positions.
    manager.send("GET", "/wp-json/kbs/v1/changes?after=0", HttpApi.JSON, "");
    long position = server.number("SELECT last_position FROM change_sequence");
    server.sql("UPDATE term_count SET total = total + 3 WHERE term_id = ? LIMIT 1", category);
    server.sql(
        "UPDATE ticket SET reply_count = 7, revision = 0, title_key = 'x', title_rendered = 'x',"
            + " content_rendered = '<script>alert(1)</script>' WHERE id = ?",
        id);
    server.sql("UPDATE reply SET content_rendered = 'x' WHERE ticket_id = ?", id);
    server.sql("UPDATE ticket_note SET content_rendered = 'x' WHERE ticket_id = ?", id);
    server.sql("UPDATE article SET excerpt_rendered = 'x'");
    server.sql("UPDATE change_sequence SET last_position = 1");
    Map<String, Long> expected =
        Map.of(
            "counts of terms", 1L,
            "counts of replies", 1L,
            "revisions of tickets", 1L,
            "last position in the log", 1L,
            "texts of tickets", 1L,
            "texts of replies", 1L,
            "texts of notes", 1L,
            "texts of articles", 1L);
    Map<String, String> tables = server.fingerprints();
    for (int times = 0; times < 2; times++) {
      CommandLineRun check = run("--check");
      assertEquals(expected, wrong(check), check.err());
      assertEquals(3, check.exitCode());
    }
    assertEquals(tables, server.fingerprints());

    CommandLineRun mended = run();
    assertEquals(expected, wrong(mended), mended.err());
    assertEquals(0, mended.exitCode());
    assertNothingIsWrong();

    Answer after = manager.get("/" + id).assertOk();
    assertEquals(before.json().get("title"), after.json().get("title"));
    assertEquals(before.json().get("content"), after.json().get("content"));
    assertEquals(count, counted());
    assertEquals(1, server.number("SELECT reply_count FROM ticket WHERE id = ?", id));
    // Whoever has the list is given another one, and whoever follows the log is told.
    assertEquals(200, manager.with("If-None-Match", tag).get("").status());
    assertTrue(server.number("SELECT revision FROM ticket WHERE id = ?", id) > 2);
    JsonNode told =
        manager.send("GET", "/wp-json/kbs/v1/changes?after=" + position, HttpApi.JSON, "").json();
    assertTrue(told.toString().contains("\"id\":" + id), told.toString());
    manager.post("/" + id, fields("status", "hold")).assertOk();
    assertNothingIsWrong();
  }

  private static long counted() {
    return manager
        .send("GET", CATEGORIES + category, HttpApi.JSON, "")
        .assertOk()
        .json()
        .get("count")
        .asLong();
  }

  @Test
  void aCounterThatIsLostIsMadeAgain() throws Exception {
    long count = counted();
    server.sql("DELETE FROM term_count WHERE term_id = ?", category);
    assertNotEquals(count, counted());
    assertEquals(Map.of("counts of terms", 1L), wrong(run()));
    assertEquals(count, counted());
  }

  /** What is not committed yet counts when it is: who counts waits for that. */
  @Test
  void whatIsWrittenMeanwhileIsCounted() throws Exception {
    long given = manager.post("", ticket(TestServer.unique("given") + "@example.org")).id();
    server.sql(
        "INSERT INTO term_count (term_id, slot, total) VALUES (?, MOD(?, 16), 3)"
            + " ON DUPLICATE KEY UPDATE total = total + 3",
        category,
        given);
    CompletableFuture<CommandLineRun> terms =
        whileItIsWritten(
            Subject.TICKET,
            given,
            "INSERT INTO ticket_term (ticket_id, term_id) VALUES (?, %d)".formatted(category),
            "INSERT INTO term_count (term_id, slot, total) VALUES (%1$d, MOD(%2$d, 16), 1)"
                    .formatted(category, given)
                + " ON DUPLICATE KEY UPDATE total = total + 1");
    assertEquals(1L, wrong(terms.join()).get("counts of terms"));
    assertNothingIsWrong();

    reply(id);
    server.sql("UPDATE ticket SET reply_count = 7 WHERE id = ?", id);
    CompletableFuture<CommandLineRun> replies =
        whileItIsWritten(
            Subject.REPLY,
            server.number("SELECT MAX(id) FROM reply WHERE ticket_id = ?", id),
            "UPDATE reply SET status = 'draft' WHERE id = ?",
            "UPDATE ticket SET reply_count = reply_count - 1 WHERE id = " + id);
    assertEquals(1L, wrong(replies.join()).get("counts of replies"));
    assertNothingIsWrong();
  }

  /** Mends while a transaction is not committed that has changed something and its counter. */
  private static CompletableFuture<CommandLineRun> whileItIsWritten(
      Subject subject, long changed, String change, String counter) {
    Statements statements = server.bean(Statements.class);
    AtomicReference<CompletableFuture<CommandLineRun>> repair = new AtomicReference<>();
    LateCommit.of(
        server,
        subject,
        changed,
        change,
        List.of(changed),
        () -> {
          statements.update(ChangeJudge.UNJUDGED, List.of());
          statements.update(counter, List.of());
          statements.update("SET @unjudged = NULL", List.of());
          repair.set(whileItWaits());
        });
    return repair.get();
  }

  /** Begins to mend, and comes back when that waits for somebody. */
  private static CompletableFuture<CommandLineRun> whileItWaits() {
    String waits = waits();
    CompletableFuture<CommandLineRun> run = CompletableFuture.supplyAsync(RepairTest::run);
    while (waits().equals(waits) && !run.isDone()) {
      Thread.onSpinWait();
    }
    return run;
  }

  private static String waits() {
    return server
        .bean(Statements.class)
        .query("SHOW STATUS LIKE 'Innodb_row_lock_waits'", List.of(), row -> row.getString(2))
        .get(0);
  }

  /** An import adds by how much counters were off when it looked. */
  @Test
  void whoImportsCorrectsAlone() throws Exception {
    server.set("imported_at", "2026-01-01T00:00:00Z");
    server.sql("UPDATE term_count SET total = total + 3 WHERE term_id = ?", category);
    Statements statements = server.bean(Statements.class);
    AtomicReference<CompletableFuture<CommandLineRun>> repair = new AtomicReference<>();
    LateCommit.of(
        server,
        id,
        "UPDATE site_setting SET value = CONCAT(value, ?) WHERE name = 'imported_at'",
        List.of(" "),
        () -> {
          repair.set(whileItWaits());
          statements.update(
              "UPDATE term_count SET total = total - 3 WHERE term_id = ?", List.of(category));
        });
    repair.get().join();
    server.resetSettings();
    assertNothingIsWrong();
  }

  @Test
  void itSaysSoInATableForPeople() {
    CommandLineRun run = CommandLineRun.of(CommandLineRun.environment(url), "repair", "--check");
    assertTrue(run.out().matches("(?s) +WHAT +WRONG +MENDED\n.*"), run.out());
    assertTrue(run.out().matches("(?s).*\n +texts of tickets +0 +0\n.*"), run.out());
    assertTrue(run.out().endsWith("\nAll is right.\n"), run.out());
    server.sql("UPDATE ticket SET reply_count = 9 WHERE id = ?", id);
    CommandLineRun wrong = CommandLineRun.of(CommandLineRun.environment(url), "repair", "--check");
    assertTrue(wrong.out().endsWith("\nMend it with: kbs-server repair\n"), wrong.out());
    CommandLineRun mended = CommandLineRun.of(CommandLineRun.environment(url), "repair");
    assertTrue(mended.out().endsWith("\nAll is right now.\n"), mended.out());
  }

  @Test
  void ofAnImportedSiteNothingIsWrong() throws Exception {
    try (ImportedSite site = new ImportedSite("repaired")) {
      site.run();
      CommandLineRun run =
          CommandLineRun.of(
              CommandLineRun.environment(site.here.url()), "repair", "--check", "--json");
      assertEquals(Map.of(), wrong(run), run.err());
    }
  }
}
