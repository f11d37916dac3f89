package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logins that are shown and changed, one by one and many at once. */
class UserCommandTest {
  private final Map<String, String> environment =
      CommandLineRun.environment(TestDatabase.get().createMigratedSchema("user_command"));

  @TempDir private Path folder;

  @Test
  void aUserIsShownAndChanged() throws IOException {
    String password = added("jane", "support_agent");
    assertTrue(password.matches("\\w{24}"), password);
    done("user", "change", "jane", "--role", "support_manager", "--name", "Jane \u001b[31mDoe");
    done("user", "change", "jane", "--email", "doe@example.org");
    JsonNode jane = json("user", "show", "jane", "--json");
    assertEquals("Jane \u001b[31mDoe", jane.path("name").asText());
    assertEquals("doe@example.org", jane.path("email").asText());
    assertEquals("[\"support_manager\"]", jane.path("roles").toString());
    assertEquals("[\"first\"]", jane.path("passwords").toString());
    assertEquals(0, jane.path("assigned_tickets").asInt(-1));
    String shown = done("user", "show", "jane");
    assertTrue(shown.contains("  ROLES             support_manager\n"), shown);
    assertTrue(shown.contains("Jane \uFFFD[31mDoe\n"), shown);
  }

  @Test
  void everyListIsJsonToo() throws IOException {
    assertEquals("[ ]\n", done("user", "list", "--json"));
    added("jane", "support_agent");
    JsonNode users = json("user", "list", "--json");
    assertEquals("jane", users.path(0).path("login").asText());
    assertTrue(users.path(0).path("passwords").isInt());
    assertTrue(users.path(0).path("disabled").isBoolean());
    assertEquals("first", json("user", "passwords", "jane", "--json").at("/0/name").asText());
    assertTrue(json("status", "list", "--json").at("/0/registered").isBoolean());
    assertTrue(json("settings", "list", "--json").at("/0/what_it_does").isTextual());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user change jane                    | 2 | --role",
        "user change jane --role boss        | 2 | support_manager",
        "user change nobody --name X         | 1 | There is no user with the login nobody",
        "user change jane --email jane       | 1 | Not a valid e-mail address: jane",
        "user show nobody                    | 1 | There is no user with the login nobody",
        "user revoke jane --uuid h\u00e9           | 1 | no application password with the uuid h\u00e9",
        "user delete nobody                  | 1 | There is no user with the login nobody",
        "user disable nobody                 | 1 | There is no user with the login nobody",
        "user import none.csv                | 1 | The file of users does not exist: none.csv"
      })
  void whatCannotBeDoneIsTold(String line, int exitCode, String said) {
    added("jane", "support_agent");
    CommandLineRun run = CommandLineRun.of(environment, line.split(" +"));
    assertEquals(exitCode, run.exitCode());
    assertTrue(run.err().contains(said), run.err());
  }

  private static final String HEADER = "login,email,role,name\n";

  @Test
  void manyAreAddedAtOnce() throws IOException {
    CommandLineRun run =
        imported(
            "\uFEFF"
                + HEADER
                + "ann,ann@example.org,support_agent,\"Ann, \"\"the\"\" Agent\"\r\n"
                + "\r\n"
                + "'b b',bo@example.org,support_customer,\r\n");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("Added 2 users.\n", run.err());
    Matcher lines =
        Pattern.compile("login,application_password\nann,\\w{24}\n\"'b b'\",\\w{24}\n")
            .matcher(run.out());
    assertTrue(lines.matches(), run.out());
    assertEquals("Ann, \"the\" Agent", json("user", "show", "ann", "--json").at("/name").asText());
    assertEquals("'b b'", json("user", "show", "'b b'", "--json").at("/name").asText());

    CommandLineRun columns =
        imported("Role;Login;Email\nsupport_agent;cleo;cleo@example.org\n", "--without-passwords");
    assertEquals(0, columns.exitCode(), columns.err());
    assertEquals("", columns.out());
    assertEquals("[ ]", done("user", "passwords", "cleo", "--json").strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "login,email,role,name\\nann,ann@example.org,boss,A | line 2: expected one of",
        "login,email,role,name\\nann,ann@example.org,boss,A\\nb,b | line 3: 4 columns are named, not 2",
        "login,email,role\\n\\nann,ann,support_agent | line 3: Not a valid e-mail address: ann",
        "login,email,role\\nann,a@example.org,support_agent\\nann,b@example.org,support_agent"
            + " | line 3: There is a user with this login already: ann",
        "login,email,role\\na:b,a@example.org,support_agent | line 2: A login has 1 to 60",
        "login,email,role\\n\"ann,a@example.org,support_agent | line ",
        "login,mail,role\\nann,a@example.org,support_agent | line 1: names the columns",
        "ann,a@example.org,support_agent | line 1: names the columns",
        "login,email,role,role\\nann,a@example.org,x,y | line 1: names the columns",
        "login,email,role | The file of users has none",
      })
  void whereALineIsWrongNobodyIsAdded(String file, String said) throws IOException {
    CommandLineRun run = imported(file.replace("\\n", "\n"));
    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
    assertTrue(run.err().contains(said), run.err());
    assertFalse(run.err().contains("Unexpected"), run.err());
    assertEquals("There are no users.\n", done("user", "list"));
  }

  @Test
  void theFileMayBeStandardInput() {
    String users = HEADER + "ann,ann@example.org,support_agent,Ann\n";
    CommandLineRun run = CommandLineRun.reading(users, environment, "user", "import", "-");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().matches("login,application_password\nann,\\w{24}\n"), run.out());
  }

  /** Nobody is left without a password, for whom the same file would be refused. */
  @Test
  void whereAPasswordCannotBeKeptNobodyIsAdded() throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection =
        DriverManager.getConnection(
            environment.get("KBS_DATABASE_URL"), database.user(), database.password())) {
      connection
          .createStatement()
          .execute("ALTER TABLE application_password MODIFY name varchar(1) NOT NULL");
    }
    CommandLineRun run = imported(HEADER + "ann,ann@example.org,support_agent,Ann\n");
    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
    assertEquals("There are no users.\n", done("user", "list"));
  }

  private CommandLineRun imported(String text, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("users.csv"), text);
    List<String> words = new ArrayList<>(List.of("user", "import", file.toString()));
    words.addAll(List.of(more));
    return CommandLineRun.of(environment, words.toArray(new String[0]));
  }

  private String added(String login, String role) {
    String out = done("user", "add", login, "--email", login + "@example.org", "--role", role);
    Matcher password = Pattern.compile("(?m)^  ((?:\\w{4} ){5}\\w{4})$").matcher(out);
    assertTrue(password.find(), out);
    return password.group(1).replace(" ", "");
  }

  private JsonNode json(String... words) throws IOException {
    return new ObjectMapper().readTree(done(words));
  }

  private String done(String... words) {
    CommandLineRun run = CommandLineRun.of(environment, words);
    assertEquals(0, run.exitCode(), run.err());
    return run.out();
  }
}
