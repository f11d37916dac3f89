package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The export as an operator makes it. */
class ExportCommandTest {

  @TempDir private static Path folder;

  private static Map<String, String> environment;
  private static long ticket;

  @BeforeAll
  static void makeASite() {
    String url = TestDatabase.get().createMigratedSchema("cli_export");
    environment = CommandLineRun.environment(url);
    try (TestServer server = TestServer.through(url, url, Map.of())) {
      UserAccounts accounts = server.bean(UserAccounts.class);
      accounts.add("mia", "mia@example.org", "Mia", "support_manager");
      ticket = server.ticket("mia", accounts.addPassword("mia", "x").password(), "a@example.org");
    }
  }

  @Test
  void itWritesLinesOfJsonToAPipe() {
    CommandLineRun run = CommandLineRun.of(environment, "export", "-");
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    List<String> lines = run.out().lines().toList();
    assertEquals(3, lines.size(), run.out());
    assertTrue(lines.get(0).matches("\\{\"position\":[1-9]\\d*}"), lines.get(0));
    assertTrue(lines.get(1).startsWith("{\"id\":" + ticket + ","), lines.get(1));
    assertTrue(lines.get(1).contains("http://localhost:8080/wp-json/kbs/v1/tickets/" + ticket));
    assertTrue(lines.get(2).endsWith("\"complete\":true}"), lines.get(2));
  }

  @Test
  void itEndsWhereNobodyTakesIt() {
    CommandLineRun run = CommandLineRun.unheard(environment, "export", "-");
    assertEquals(1, run.exitCode());
    assertTrue(run.err().startsWith("kbs-server: Cannot write to standard output"), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void itWritesATableToAFileThatIsNotThere() throws IOException {
    Path file = folder.resolve("tickets.csv");
    String[] command = {"export", "--format", "csv", file.toString()};
    CommandLineRun run = CommandLineRun.of(environment, command);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.err().matches("Position: [1-9]\\d*\n"), run.err());
    assertTrue(Files.readString(file).contains("\r\n" + ticket + ","));
    CommandLineRun again = CommandLineRun.of(environment, command);
    assertEquals(1, again.exitCode());
    assertTrue(again.err().contains("--replace"), again.err());
  }

  @Test
  void anAddressThatIsConfiguredStandsInLinks() {
    Map<String, String> configured = new HashMap<>(environment);
    configured.put("KBS_PUBLIC_URL", "https://help.example.org");
    CommandLineRun run = CommandLineRun.of(configured, "export", "-");
    assertTrue(run.out().contains("https://help.example.org/wp-json/kbs/v1/tickets/"), run.out());
    assertTrue(
        CommandLineRun.of(configured, "export", "--after", String.valueOf(ticket), "-")
                .out()
                .lines()
                .count()
            == 2);
  }
}
