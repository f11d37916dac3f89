package io.kbsserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.TableEstimate;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.testing.TestFolders;
import io.kbsserver.testing.TestObjectStore;
import io.kbsserver.testing.WordPressFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The import as a command: what it prints, and what it ends with. */
@Timeout(300)
class ImportCommandTest {

  private WordPressFixture site;
  private WordPressFixture here;

  private void begin(String name) {
    site = WordPressFixture.site("command_" + name + "_site");
    here = WordPressFixture.empty("command_" + name);
  }

  private CommandLineRun run(String... options) {
    return CommandLineRun.of(CommandLineRun.environment(here.url()), arguments(options));
  }

  private String[] arguments(String... options) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("import", "--from", site.url(), "--user", TestDatabase.get().user()));
    all.addAll(List.of(options));
    if (!TestDatabase.get().password().isEmpty()) {
      Path file = TestFolders.dataFolder("import").resolve("password.txt");
      try {
        Files.writeString(file, TestDatabase.get().password());
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      all.addAll(List.of("--password-file", file.toString()));
    }
    return all.toArray(String[]::new);
  }

  private static String last(CommandLineRun run) {
    return run.out().lines().reduce("", (before, line) -> line);
  }

  @Test
  void theExitCodeAndTheLastLineSayWhatCameOfIt() throws Exception {
    begin("codes");
    TestDatabase database = TestDatabase.get();
    TableEstimate.keep(here.url(), database.user(), database.password());
    CommandLineRun first = run();
    assertEquals(0, first.exitCode(), first.err() + first.out());
    TableEstimate.assertGood(here.url(), database.user(), database.password());
    assertEquals("Complete.", last(first));
    assertTrue(first.out().contains("Not brought over: the log"), first.out());

    site.change(
        "UPDATE wp_posts SET post_parent = 5555 WHERE ID = 238",
        "DELETE FROM wp_postmeta WHERE meta_key = '_kbs_ticket_last_reply_by'"
            + " AND post_id IN (18, 22)",
        "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES"
            + " (18, '_kbs_ticket_last_reply_by', 'x'), (18, '_kbs_ticket_closed_date', 'x'),"
            + " (22, '_kbs_ticket_last_reply_by', 'nobody')",
        "DELETE FROM wp_posts WHERE ID = 26",
        "INSERT INTO wp_posts (ID, post_author, post_date, post_date_gmt, post_modified,"
            + " post_modified_gmt, post_title, post_content, post_status, post_type, post_parent,"
            + " post_excerpt, to_ping, pinged, post_content_filtered) VALUES (900, 0,"
            + " '2026-01-01 12:00:00', '2026-01-01 11:00:00', '2026-01-01 12:00:00',"
            + " '2026-01-01 11:00:00', '', 'C', 'publish', 'kbs_ticket_reply', 7777, '', '', '',"
            + " '')");
    CommandLineRun second = run();
    assertEquals(3, second.exitCode(), second.err() + second.out());
    assertEquals(
        "Done, but not all is here as it is there: 1 deleted, 2 repaired, 1 left out.",
        last(second));
    assertTrue(second.out().contains("ticket 26: it is no longer in WordPress"), second.out());
  }

  @Test
  void whatMayBeTheWrongSourceIsNamedWithTheWayOut() {
    begin("wrong");
    assertEquals(0, run().exitCode());
    site.change("UPDATE wp_options SET option_value = 'http://b' WHERE option_name = 'siteurl'");
    CommandLineRun wrong = run();
    assertEquals(1, wrong.exitCode());
    assertEquals(1, wrong.err().lines().filter(line -> line.startsWith("kbs-server: ")).count());
    assertTrue(wrong.err().contains("--accept-deletions"), wrong.err());
    assertEquals(0, run("--accept-deletions").exitCode());
    assertEquals(0, run().exitCode());
    site.change("DROP TABLE wp_termmeta");
    CommandLineRun table = run();
    assertEquals(1, table.exitCode());
    assertTrue(table.err().contains("wp_termmeta is missing"), table.err());
    assertTrue(table.err().contains("--accept-deletions"), table.err());
  }

  @Test
  void filesAreCopiedToTheDataAndNowhereElse() throws Exception {
    begin("files");
    Path uploads = TestFolders.dataFolder("import-uploads");
    Path data = TestFolders.dataFolder("import-files");
    Path report = uploads.resolve("kbs/2026/11/report-1.txt");
    Files.createDirectories(report.getParent());
    Files.writeString(report, "A report.");
    assertEquals(2, run("--uploads", report.toString()).exitCode());
    Map<String, String> environment = new HashMap<>(CommandLineRun.environment(here.url()));
    environment.put("KBS_DATA_DIR", data.toString());
    String[] command = arguments("--uploads", uploads.toUri().toString(), "--no-old-site-check");
    CommandLineRun run = CommandLineRun.of(environment, command);
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.out().contains("file 235: its bytes were not copied"), run.out());
    String store = here.value("SELECT id FROM file_store");
    String sha256 = here.value("SELECT sha256 FROM attachment WHERE id = 234");
    assertEquals(
        "A report.",
        Files.readString(
            data.resolve("files").resolve(store).resolve(sha256.substring(0, 2)).resolve(sha256)));

    // Another machine: neither its import nor its server would find them.
    environment.put("KBS_DATA_DIR", TestFolders.dataFolder("import-elsewhere").toString());
    for (String[] refused : List.of(command, new String[] {"serve", "--port", "0"})) {
      CommandLineRun elsewhere = CommandLineRun.of(environment, refused);
      assertEquals(1, elsewhere.exitCode(), elsewhere.err());
      assertTrue(elsewhere.err().contains("in a store " + store), elsewhere.err());
      assertTrue(elsewhere.err().contains("share the place that has it"), elsewhere.err());
      assertEquals(1, elsewhere.err().lines().count(), elsewhere.err());
    }
  }

  @Test
  void filesComeOutOfABucketAndGoIntoOne() throws Exception {
    begin("bucket");
    TestObjectStore store = TestObjectStore.get();
    Path data = TestFolders.dataFolder("import-bucket");
    String bucket = store.createBucket();
    store.write(bucket, "old/uploads/kbs/2026/11/report-1.txt", "A report.".getBytes(UTF_8));
    Map<String, String> environment = new HashMap<>(CommandLineRun.environment(here.url()));
    environment.putAll(TestObjectStore.environment(bucket, data));
    environment.put("KBS_DATA_DIR", data.toString());
    String[] command =
        arguments("--uploads", "s3://" + bucket + "/old/uploads", "--no-old-site-check");
    CommandLineRun run = CommandLineRun.of(environment, command);
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.out().contains("file 235: its bytes were not copied"), run.out());
    String id = here.value("SELECT id FROM file_store");
    String sha256 = here.value("SELECT sha256 FROM attachment WHERE id = 234");
    String kept = "help/desk/" + id + '/' + sha256.substring(0, 2) + '/' + sha256;
    assertTrue(store.keys(bucket).contains(kept), store.keys(bucket)::toString);
    assertFalse(Files.exists(data.resolve("files")));

    // What is there is not copied again.
    run = CommandLineRun.of(environment, command);
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.out().contains("file 235"), run.out());
    assertFalse(run.out().contains("file 234"), run.out());

    assertRefused(environment, arguments("--uploads", "s3://" + bucket + "/none"), "nothing in it");
    assertEquals(
        2, CommandLineRun.of(environment, arguments("--uploads", "s3://Not a bucket")).exitCode());
    String[] serve = {"serve", "--port", "0"};
    assertRefused(with(environment, "KBS_FILES_URL", "s3://" + bucket), serve, "in a store " + id);
    assertRefused(with(environment, "KBS_FILES_URL", "s3://no-such-bucket"), serve, "NoSuchBucket");
    assertRefused(
        with(environment, "KBS_FILES_ACCESS_KEY", "nobody"),
        serve,
        "Files cannot be kept in s3://");
    assertRefused(
        with(environment, "KBS_FILES_ACCESS_KEY", " "), serve, "KBS_FILES_ACCESS_KEY is not");
    assertRefused(
        with(environment, "KBS_FILES_SECRET_KEY_FILE", "none"),
        serve,
        "The file of KBS_FILES_SECRET_KEY_FILE does not exist");
    environment.put("KBS_FILES_ENDPOINT", "http://127.0.0.1:1");
    CommandLineRun away = CommandLineRun.of(environment, command);
    assertEquals(1, away.exitCode(), away.err());
    assertTrue(away.err().contains("--uploads cannot be read"), away.err());
  }

  private static Map<String, String> with(
      Map<String, String> environment, String name, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(name, value);
    return changed;
  }

  private static void assertRefused(Map<String, String> environment, String[] command, String why) {
    CommandLineRun refused = CommandLineRun.of(environment, command);
    assertEquals(1, refused.exitCode(), refused.err());
    assertTrue(refused.err().contains(why), refused.err());
    assertEquals(1, refused.err().lines().count(), refused.err());
  }

  @Test
  void strictStopsAtTheFirstRow() {
    begin("strict");
    site.change(
        "DELETE FROM wp_postmeta WHERE meta_key = '_kbs_ticket_last_reply_by' AND post_id = 18",
        "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES"
            + " (18, '_kbs_ticket_last_reply_by', 'nobody')");
    CommandLineRun strict = run("--strict");
    assertEquals(1, strict.exitCode());
    assertTrue(
        strict.err().contains("Stopped at ticket 18, since --strict was given: who replied last"),
        strict.err());
    assertEquals("0", here.value("SELECT COUNT(*) FROM ticket"));
    site.change("DELETE FROM wp_postmeta WHERE meta_value = 'nobody'");
    assertEquals(0, run("--strict").exitCode());
    assertEquals("68", here.value("SELECT COUNT(*) FROM ticket"));
  }

  @Test
  void theReportHoldsEveryRemark() throws Exception {
    begin("report");
    Path file = TestFolders.dataFolder("import-report").resolve("report.jsonl");
    String select =
        "INSERT INTO wp_posts SELECT ID + %d, post_author, post_date, post_date_gmt,"
            + " post_content, post_title, post_excerpt, post_status, comment_status, ping_status,"
            + " post_password, post_name, to_ping, pinged, post_modified, post_modified_gmt,"
            + " post_content_filtered, 7777, guid, menu_order, post_type, post_mime_type,"
            + " comment_count FROM wp_posts WHERE post_type = 'kbs_ticket_reply' AND ID < %d";
    for (int i = 0; i < 8; i++) {
      site.change(select.formatted(1000 << i, 1000 << i));
    }
    long lost =
        Long.parseLong(site.value("SELECT COUNT(*) FROM wp_posts WHERE post_parent = 7777"));
    assertTrue(lost > 10_000, "more than are kept: " + lost);
    CommandLineRun run = run("--report", file.toString());
    assertEquals(3, run.exitCode());
    assertTrue(last(run).endsWith("%,d left out.".formatted(lost)), last(run));
    List<String> lines = Files.readAllLines(file);
    assertEquals(lost, lines.stream().filter(line -> line.contains("\"left_out\"")).count());
    JsonNode line =
        new ObjectMapper()
            .readTree(
                lines.stream()
                    .filter(each -> each.contains("\"reply\""))
                    .reduce((first, second) -> second)
                    .orElseThrow());
    assertEquals("reply", line.get("kind").asText());
    assertTrue(line.get("id").isIntegralNumber());
    assertTrue(line.get("what").asText().contains("7777"));

    WordPressFixture before = here;
    here = WordPressFixture.empty("command_report_none");
    CommandLineRun refused = run("--report", file.resolve("below-a-file").toString());
    assertEquals(1, refused.exitCode());
    assertTrue(refused.err().contains("The report cannot be written"), refused.err());
    assertEquals("0", here.value("SELECT COUNT(*) FROM app_user"));
    assertFalse(before.value("SELECT COUNT(*) FROM app_user").equals("0"));
  }

  @Test
  void aDryRunSaysSo() {
    begin("dry");
    site.change("UPDATE wp_posts SET post_parent = 5555 WHERE ID = 238");
    CommandLineRun dry = run("--dry-run");
    assertEquals(3, dry.exitCode(), dry.err());
    assertTrue(dry.out().contains("Nothing was written."), dry.out());
    assertTrue(last(dry).startsWith("Dry run: "), last(dry));
    assertEquals("0", here.value("SELECT COUNT(*) FROM app_user"));
    assertEquals("0", here.value("SELECT COUNT(*) FROM site_setting"));
    CommandLineRun real = run();
    assertEquals(last(dry), "Dry run: " + last(real));
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalEndsItInOrderAndTheNextOneGoesOn(String signal, int code) throws Exception {
    Assumptions.assumeFalse(
        signal.equals("INT") && ChildProcess.ignoresInterrupts(),
        "Whoever started the tests has them ignore SIGINT, and what they start as well");
    begin("signal_" + code);
    for (int i = 1; i <= 40; i++) {
      site.change(
          "CREATE TEMPORARY TABLE more SELECT * FROM wp_posts WHERE post_type = 'kbs_ticket'"
              + " AND ID < 1000",
          "UPDATE more SET ID = ID + " + i * 1000,
          "INSERT INTO wp_posts SELECT * FROM more");
    }
    String all = site.value("SELECT COUNT(*) FROM wp_posts WHERE post_type = 'kbs_ticket'");
    // The import waits for this row, in the middle of the tickets, until the signal was sent.
    try (Connection held = here.dataSource().getConnection();
        Statement hold = held.createStatement()) {
      held.setAutoCommit(false);
      hold.execute(
          "INSERT INTO imported (kind, id, source_hash, here_hash)"
              + " VALUES ('ticket', 20018, '', '')");
      interrupt(held, signal, code);
    }
    String brought = here.value("SELECT COUNT(*) FROM ticket");
    assertTrue(Integer.parseInt(brought) < Integer.parseInt(all), brought);
    assertEquals(0, run().exitCode());
    assertEquals(all, here.value("SELECT COUNT(*) FROM ticket"));
  }

  private void interrupt(Connection held, String signal, int code) throws Exception {
    try (ChildProcess child =
        ChildProcess.start(
            Main.class,
            ChildProcess.classPath(),
            CommandLineRun.environment(here.url()),
            arguments())) {
      while (here.value("SELECT COUNT(*) FROM ticket").equals("0")) {
        assertTrue(child.isAlive(), child.errors());
        Thread.sleep(5);
      }
      new ProcessBuilder("kill", "-" + signal, Long.toString(child.id())).start().waitFor();
      child.awaitError("Stopping");
      held.rollback();
      assertEquals(code, child.exitCode(), child.errors());
      assertTrue(child.errors().contains("run it again, it goes on"), child.errors());
      assertFalse(child.output().contains("Imported into"), child.output());
    }
  }
}
