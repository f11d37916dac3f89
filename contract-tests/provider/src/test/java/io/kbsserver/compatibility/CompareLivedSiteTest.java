package io.kbsserver.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.cli.Main;
import io.kbsserver.compatibility.RecordedSite.Origin;
import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kbs-server compare} with the site that has lived, as an operator would use it. */
class CompareLivedSiteTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> LOGINS =
      List.of("manager", "admin", "anna", "bruno", "carl", "dora", "sam", "erin");

  @TempDir static Path folder;

  private static RecordedSite site;
  private static Playback wordPress;
  private static Path users;

  @BeforeAll
  static void open() throws SQLException, IOException {
    site = RecordedSite.open(Origin.LIVED);
    wordPress = new Playback(exchanges().toList(), site);
    users =
        Files.write(
            folder.resolve("users"),
            LOGINS.stream().map(login -> login + ":" + Recordings.passwordOf(login)).toList());
  }

  @AfterAll
  static void close() throws SQLException, IOException {
    wordPress.close();
    site.close();
  }

  /** Those whose routes are there. */
  private static Stream<RecordedExchange> exchanges() {
    List<Pending> pending = Pending.all();
    return Recordings.of(Origin.LIVED).stream()
        .flatMap(group -> group.exchanges().stream())
        .filter(exchange -> pending.stream().noneMatch(entry -> entry.covers(exchange)));
  }

  @Test
  void theFirstCheckExplainsAll() throws IOException {
    int before = wordPress.played();
    Path report = folder.resolve("report.html");
    Program run = compare("--each-login", "--report", report.toString());
    assertEquals(0, run.status(), run::output);
    assertTrue(run.output().matches("(?s).*\\n  differ +0\\n.*"), run.output());
    assertTrue(wordPress.played() > before, "Nothing was compared");
    String page = Files.readString(report);
    for (String row : List.of("customers-see-their-own", "protected-tickets", "lists-stay-lists")) {
      assertTrue(page.contains(row), row);
    }
  }

  @Test
  void soDoesAllThatWasRecorded() throws IOException {
    List<String> lines = new ArrayList<>();
    exchanges()
        .filter(exchange -> LOGINS.contains(exchange.login()) || exchange.login().equals("anon"))
        .forEach(exchange -> lines.add(line(exchange)));
    Path requests = Files.write(folder.resolve("requests"), lines);
    Program run = compare("--requests", requests.toString());
    assertEquals(0, run.status(), run::output);
    assertTrue(run.output().matches("(?s).*\\n  differ +0\\n.*"), run.output());
  }

  /** A ticket that is shown to somebody else is found among all that is meant. */
  @Test
  void whatIsNotMeantIsFound() throws SQLException, IOException {
    site.change("UPDATE ticket SET customer_id = NULL, email = 'x@example.org' WHERE id = 1097");
    try {
      Path requests =
          Files.writeString(folder.resolve("one"), "/kbs/v1/tickets/1097\n/kbs/v1/tickets\n");
      Program run = compare("--requests", requests.toString());
      assertEquals(1, run.status(), run::output);
    } finally {
      site.restore();
    }
  }

  private static String line(RecordedExchange exchange) {
    try {
      return JSON.writeValueAsString(
          Map.of(
              "request",
              Map.of("method", exchange.request().method(), "path", exchange.request().path()),
              "as",
              exchange.login()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs the command in a JVM of its own; no database is there, and none is asked for. */
  private static Program compare(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                ChildProcess.classPath(),
                Main.class.getName(),
                "compare",
                "--original",
                wordPress.address(),
                "--replacement",
                site.address(),
                "--user-file",
                users.toString()));
    command.addAll(Arrays.asList(more));
    return Program.run(
        folder,
        Map.of(
            "KBS_DATABASE_URL", "jdbc:mysql://127.0.0.1:1/none",
            "KBS_DATABASE_USER", "nobody",
            "KBS_DATABASE_PASSWORD", "nothing"),
        Duration.ofMinutes(2),
        command);
  }
}
