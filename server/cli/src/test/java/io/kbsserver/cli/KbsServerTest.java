package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.contract.ContractFile;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.testing.WordPressFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class KbsServerTest {
  private CommandLineRun last;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                    | A command is missing",
        "user                                                  | A command is missing",
        "serv                                                  | Did you mean: kbs-server serve",
        "serve --prot 1                                        | Unknown option",
        "serve --port eighty                                   | --port",
        "serve --port 70000                                    | Not a port number",
        "import --user wp                                      | --from",
        "import --from jdbc:mysql://h/wp                       | --user",
        "import --from mysql://h/wp --user wp                  | --from is not of the form",
        "import --from jdbc:mysql://h/w --user w --prefix a;b  | --prefix holds",
        "import --from jdbc:mysql://h/w --user w --prefix my-wp_ --users-prefix a;b | --users-prefix holds",
        "user add                                              | LOGIN",
        "user add jane --email j@example.org                   | --role",
        "user add jane --email j@example.org --role boss       | support_manager",
        "user revoke jane                                      | --all",
        "user revoke jane --all --uuid x                       | mutually exclusive",
        "compare --original http://a --replacement http://b    | --user-file",
        "backup                                                | FILE",
        "backup a.zip b.zip                                    | Unmatched argument",
        "export                                                | FILE",
        "export --format xml -                                 | ndjson, csv",
        "export --kind user -                                  | ticket, reply, note, file",
        "export --after -1 -                                   | Not an id",
        "restore                                               | FILE",
        "restore --replace=maybe a.zip                         | --replace",
        "demo                                                  | --tickets",
        "demo --tickets 0                                      | from 1 to 10,000,000",
        "demo --tickets 5 --into kbs                           | which is not set",
        "settings                                              | A command is missing",
        "settings get                                          | NAME",
        "settings get colour                                   | enable_departments",
        "settings set colour red                               | but was 'colour'",
        "settings set ticket_prefix                            | VALUE",
        "settings set ticket_prefix A B                        | Unmatched argument",
        "settings set enable_departments maybe                 | is on or off, not 'maybe'",
        "settings set enable_departments 1                     | is on or off",
        "settings set sequential_start 0                       | a whole number above 0",
        "settings set sequential_start 1234567890123456        | of up to 15 digits",
        "settings set assign_on_submit best                    | least, none, random",
        "settings set value_handling loose                     | lenient, strict",
        "settings set time_zone Europe/Bern                    | such as Europe/Berlin"
      })
  void whatIsNotUnderstoodIsExplained(String line, String expected) {
    assertEquals(2, run(Map.of(), words(line)));
    assertTrue(err().contains(expected), err());
    assertTrue(err().startsWith("kbs-server: "), err());
    assertEquals("", out());
  }

  /** One that is new cannot be forgotten here. */
  @ParameterizedTest
  @MethodSource("ownCommands")
  void anUnknownOptionIsExplainedByEachCommand(String command) {
    assertEquals(2, run(Map.of(), words(command + " --no-such-option")));
    assertTrue(err().startsWith("kbs-server: "), err());
    assertTrue(err().lines().count() <= 2, err());
    assertEquals("", out());
  }

  /** All but picocli's, which pass over what they do not know. */
  static Stream<String> ownCommands() {
    return names(command -> command.userObject().getClass().getName().startsWith("io.kbsserver."));
  }

  static Stream<String> helps() {
    return Stream.concat(
        names(command -> true).map(name -> name + " --help"), Stream.of("help user"));
  }

  private static Stream<String> names(Predicate<CommandSpec> which) {
    return ManualPagesTest.withThoseBelow(ManualPages.commands())
        .map(CommandLine::getCommandSpec)
        .filter(which)
        .map(command -> command.qualifiedName().substring("kbs-server".length()).strip());
  }

  @ParameterizedTest
  @MethodSource("helps")
  void helpFitsIntoATerminal(String line) {
    PrintStream standardError = System.err;
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, run(Map.of(), words(line)));
    } finally {
      System.setErr(standardError);
    }
    // Where picocli finds something wrong with a text, it says so there.
    assertEquals("", complaints.toString(StandardCharsets.UTF_8));
    assertTrue(out().contains("Usage: kbs-server"), out());
    assertFalse(out().contains("${"), out());
    assertTrue(out().lines().allMatch(text -> text.length() <= 80), out());
    assertEquals("", err());
  }

  @Test
  void tellsItsVersion() {
    assertEquals(0, run(Map.of(), "--version"));
    assertTrue(out().startsWith("kbs-server "), out());
    assertEquals(0, run(Map.of(), "version"));
    String contract =
        ContractFile.read(new String(ContractFile.packaged(), StandardCharsets.UTF_8))
            .at("/info/version")
            .asText();
    assertTrue(
        out()
            .matches(
                "kbs-server \\S+\ncontract   "
                    + Pattern.quote(contract)
                    + "\ncommit     ([0-9a-f]{40}|\\(not built from a repository\\))\nJava .*\n"),
        out());
  }

  /** The script knows every command; bash itself is asked what it makes of it. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theShellCompletesCommands() throws IOException, InterruptedException {
    assertEquals(0, run(Map.of(), "generate-completion"));
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source /dev/stdin; COMP_WORDS=(kbs-server user dis); COMP_CWORD=2;"
                    + " _complete_kbs-server; echo \"${COMPREPLY[@]}\"")
            .redirectErrorStream(true)
            .start();
    try (OutputStream in = bash.getOutputStream()) {
      in.write(out().getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), said);
    assertEquals("disable\n", said);
  }

  @Test
  void wrongSettingsAreNamedWithoutAStackTrace() {
    Map<String, String> unreachable =
        Map.of(
            "KBS_DATABASE_URL", "jdbc:mysql://127.0.0.1:1/kbs",
            "KBS_DATABASE_USER", "kbs",
            "KBS_DATABASE_PASSWORD", "hunter2");
    assertEquals(1, run(unreachable, "user", "list"));
    assertEquals(1, err().lines().count(), err());
    assertTrue(err().contains("127.0.0.1:1 (KBS_DATABASE_URL)"), err());
    assertFalse(err().contains("hunter2"), err());

    assertEquals(1, run(Map.of("KBS_PORT", "eighty"), "serve"));
    assertEquals("kbs-server: KBS_PORT is not a port number: eighty\n", err());
    assertEquals(1, run(Map.of("KBS_MANAGEMENT_PORT", "70000"), "serve"));
    assertEquals("kbs-server: KBS_MANAGEMENT_PORT is not a port number: 70000\n", err());

    assertEquals(1, run(Map.of("KBS_DATABASE_USER", "kbs"), "serve"));
    assertTrue(err().startsWith("kbs-server: KBS_DATABASE_USER is set but"), err());
    assertEquals(1, run(Map.of("KBS_DATABASE_PASSWORD", "hunter2"), "user", "list"));
    assertTrue(err().startsWith("kbs-server: KBS_DATABASE_PASSWORD is set but"), err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--help", "generate-completion"})
  void whatNobodyTakesWasNotDone(String command) {
    last = CommandLineRun.unheard(Map.of(), command);
    assertEquals(1, last.exitCode());
    assertEquals(
        "kbs-server: Cannot write to standard output: it was closed, or there is no room left\n",
        err());
  }

  @ParameterizedTest
  @CsvSource({
    "KBS_SMTP_URL, smtp://desk:s3cret@mail:587",
    "KBS_SMTP_URL, smtp://desk:s3/cret@mail:587",
    "KBS_SMTP_URL, desk:s3cret@mail",
    "KBS_IMAP_URL, imaps://desk:s3cret@mail",
    "KBS_FILES_ENDPOINT, https://key:s3cret@store",
    "KBS_PUBLIC_URL, https://desk:s3cret@help.example.com",
    "KBS_DATABASE_URL, jdbc:mysql://kbs:s3?cret@db/kbs"
  })
  void aSecretInAnAddressIsNotTold(String variable, String address) {
    assertEquals(1, run(Map.of(variable, address), "serve"));
    assertTrue(err().startsWith("kbs-server: " + variable + " "), err());
    assertFalse(err().contains("s3"), err());
  }

  @Test
  void aSecretInAnOptionIsNotTold() {
    assertEquals(2, run(Map.of(), words("user list mysql://wp:s3cret@h/wp")));
    assertFalse(err().contains("s3cret"), err());
  }

  @Test
  void aMissingPasswordFileIsNamed() {
    String[] words = words("import --from jdbc:mysql://h/wp --user wp --password-file none.txt");
    assertEquals(1, run(Map.of(), words));
    assertEquals("kbs-server: The password file does not exist: none.txt\n", err());
  }

  @Test
  void anArgumentThatJavaCouldNotReadIsRefused() {
    assertEquals(2, run(Map.of(), "user", "add", "J\uFFFDrgen"));
    assertTrue(err().contains("LC_ALL=C.UTF-8"), err());
  }

  @Test
  void aFailedMigrationIsSaidInOneLine() {
    WordPressFixture here = WordPressFixture.empty("unmigrated");
    here.change("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '1'");
    assertEquals(
        1,
        run(CommandLineRun.environment(here.url()), "serve", "--port", "0"),
        () -> err() + out());
    assertTrue(err().startsWith("kbs-server: The database cannot be brought up to date: "), err());
    assertEquals(1, err().lines().count(), err());
  }

  @Test
  void usersAndTheirPasswords() {
    Map<String, String> environment =
        CommandLineRun.environment(TestDatabase.get().createSchema("users"));
    assertEquals(0, run(environment, "user", "list"), this::err);
    assertEquals("There are no users.\n", out());

    String[] add = words("user add jane --email jane@example.org --role support_manager");
    assertEquals(0, run(environment, add), this::err);
    assertTrue(out().startsWith("Added the user jane (id "), out());
    assertTrue(
        Pattern.compile("^  (\\w{4} ){5}\\w{4}$", Pattern.MULTILINE).matcher(out()).find(), out());

    assertEquals(1, run(environment, add));
    assertTrue(err().contains("login already: jane"), err());

    assertEquals(0, run(environment, "user", "password", "jane", "--name", "billing"), this::err);
    assertEquals(0, run(environment, "user", "passwords", "jane"), this::err);
    assertEquals(3, out().lines().count(), out());
    Matcher uuid = Pattern.compile("(\\S{36})  .*billing").matcher(out());
    assertTrue(uuid.find(), out());

    assertEquals(0, run(environment, "user", "revoke", "jane", "--uuid", uuid.group(1)), this::err);
    assertEquals("Revoked 1 application password.\n", out());
    assertEquals(1, run(environment, "user", "revoke", "jane", "--uuid", uuid.group(1)));
    assertTrue(err().contains(uuid.group(1)), err());
    assertEquals(0, run(environment, "user", "list"), this::err);
    assertTrue(out().contains("jane@example.org  jane  support_manager          1"), out());
    assertEquals(1, run(environment, "user", "password", "nobody"));
    assertTrue(err().contains("nobody"), err());
  }

  private int run(Map<String, String> environment, String... args) {
    last = CommandLineRun.of(environment, args);
    return last.exitCode();
  }

  private String out() {
    return last.out();
  }

  private String err() {
    return last.err();
  }

  private static String[] words(String line) {
    return line.isBlank() ? new String[0] : line.strip().split(" +");
  }
}
