package io.kbsserver.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.cli.Main;
import io.kbsserver.compatibility.Playback.Mode;
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

  private static Stream<RecordedExchange> exchanges() {
    return Recordings.of(Origin.LIVED).stream().flatMap(group -> group.exchanges().stream());
  }

  @Test
  void theFirstCheckExplainsAll() throws IOException {
    int before = wordPress.played();
    Path report = folder.resolve("report.html");
    Program run = compare("--each-login", "--report", report.toString());
    assertEquals(0, run.status(), run::output);
    assertTrue(run.output().matches("(?s).*\\n  differ +0 .*"), run.output());
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
    assertTrue(run.output().matches("(?s).*\\n  differ +0 .*"), run.output());
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

  /** 1.6.1 as it was shipped refuses every list; all else is compared, and the lists explained. */
  @Test
  void aPluginAsItWasShippedIsExplained() throws IOException {
    Path three =
        Files.write(
            folder.resolve("three"),
            Stream.of("manager", "anna", "carl")
                .map(login -> login + ":" + Recordings.passwordOf(login))
                .toList());
    Program run = compare(Mode.AS_SHIPPED, three, "--each-login");
    assertEquals(0, run.status(), run::output);
    assertTrue(run.output().matches("(?s).*\\n  differ +0 .*"), run.output());
    assertTrue(run.output().contains("\nThe original lists no tickets: "), run.output());
    assertTrue(
        run.output()
            .contains(
                "\n  [lists-as-shipped]\n  The plugin: 1.6.1 as it was shipped answers 400 to every"
                    + " list of tickets,"),
        run.output());
    assertTrue(run.output().contains("\n  status: 400 rest_invalid_param -> 200, "), run.output());
  }

  /**
   * Single tickets show what is wrong where no list does; and that a manager is shown what the
   * plugin hides is nothing that a row about customers explains.
   */
  @Test
  void whatIsNotMeantIsFoundWithoutLists() throws SQLException, IOException {
    Path requests =
        Files.writeString(
            folder.resolve("two"), "/kbs/v1/tickets/1097\n/kbs/v1/tickets/1229\n/kbs/v1/tickets");
    site.change("UPDATE ticket SET title_raw = 'Another' WHERE id = 1097");
    wordPress.hide(1229);
    try {
      Program run = compare(Mode.AS_SHIPPED, users, "--requests", requests.toString());
      assertEquals(1, run.status(), run::output);
      String notMeant = run.output().replaceFirst("(?s).*\\nNOT MEANT(.*)\\nMeant,.*", "$1");
      assertTrue(notMeant.contains("\n  body.title.raw, once\n"), run.output());
      assertTrue(notMeant.contains("\n  status: 403 rest_forbidden -> 200, once\n"), notMeant);
    } finally {
      wordPress.hide(0);
      site.restore();
    }
  }

  /** The plugin shows customers next to nothing; what they see here is explained, and all of it. */
  @Test
  void aCustomersLoginAloneIsExplained() throws IOException {
    Path carl =
        Files.writeString(folder.resolve("carl"), "carl:" + Recordings.passwordOf("carl") + "\n");
    Program run = compare(Mode.RECORDED, carl);
    assertEquals(0, run.status(), run::output);
    assertTrue(
        run.output().contains("\n  [customers-see-their-own]\n  The plugin: Customers cannot"),
        run.output());
    assertTrue(
        run.output().contains("\n  status: 403 rest_forbidden -> 200, "), "No ticket was read");
  }

  @Test
  void aSiteInAFolderWithoutPermalinksIsAskedAsItIs() throws IOException {
    int before = wordPress.played();
    Path requests =
        Files.writeString(
            folder.resolve("plain"),
            "/kbs/v1/tickets?per_page=3&page=2\n/kbs/v1/tickets/1097\n/kbs/v1/customers\n");
    Program run = compare(Mode.WITHOUT_PERMALINKS, users, "--requests", requests.toString());
    assertEquals(0, run.status(), run::output);
    // One of them has a file.
    assertTrue(run.output().contains("\n  agree      2  2 answered, 0 refused\n"), run.output());
    assertTrue(run.output().contains("\n  explained  1  "), run.output());
    assertTrue(wordPress.played() > before, "Nothing was compared");
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

  private static Program compare(String... more) {
    return compare(Mode.RECORDED, users, more);
  }

  /** Runs the command in a JVM of its own; no database is there, and none is asked for. */
  private static Program compare(Mode mode, Path userFile, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ChildProcess.classPath(),
                Main.class.getName(),
                "compare",
                "--original",
                wordPress.address(mode),
                "--replacement",
                site.address(),
                "--user-file",
                userFile.toString()));
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
