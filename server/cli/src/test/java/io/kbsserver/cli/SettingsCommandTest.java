package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings as an operator sees them. */
class SettingsCommandTest {

  private static Map<String, String> environment;

  @BeforeAll
  static void makeASite() {
    environment =
        CommandLineRun.environment(TestDatabase.get().createMigratedSchema("cli_settings"));
  }

  @Test
  void aFreshSiteHasItsDefaults() {
    List<String> lines =
        run(CommandLineRun.environment(TestDatabase.get().createSchema("cli_fresh")), "list")
            .out()
            .lines()
            .toList();
    assertEquals(63, lines.size(), lines::toString);
    assertTrue(lines.get(0).matches(" +SETTING +VALUE +DEFAULT +WHAT IT DOES"), lines.get(0));
    assertTrue(lines.get(4).matches(" +time_zone +UTC +UTC +zone of dates .*"), lines.get(4));
    assertTrue(lines.get(11).matches(" +enable_departments +on +on +tickets .*"), lines.get(11));
  }

  @ParameterizedTest
  @CsvSource({
    "site_name,           Hafen Hilfe,           Hafen Hilfe",
    "time_zone,           -03:30,                -03:30",
    "time_zone,           Z,                     +00:00",
    "permalink_structure, '',                    ''",
    "permalink_structure, /archives/%post_id%,   /archives/%post_id%",
    "time_zone,           Europe/Berlin,         Europe/Berlin",
    "enable_sequential,   off,                   off",
    "ticket_prefix,       ü-,                    ü-",
    "ticket_suffix,       -DE,                   -DE",
    "ticket_suffix,       '',                    ''",
    "sequential_start,    001001,                1001",
    "restrict_agent_view, on,                    on",
    "assign_on_submit,    least,                 least",
    "assign_on_submit,    none,                  none",
    "banned_emails,       'a@b.test, \"c\",,a@b.test', 'a@b.test,\"c\"'",
    "banned_emails,       '',                    ''",
    "file_uploads,        0,                     0",
    "file_extensions,     'pdf, png',            'pdf,png'",
    "history_days,        90,                    90",
    "from_email,          help@desk.example,     help@desk.example",
    "email_template,      none,                  none",
    "ticket_content,      '<p>{name}: \"it\" is {ticket_id}</p>', '<p>{name}: \"it\" is {ticket_id}</p>'",
    "mail_ticket_url,     'https://desk.example/?t={ticket_id}&k={key}', 'https://desk.example/?t={ticket_id}&k={key}'",
    "value_handling,      lenient,               lenient"
  })
  void whatWasSetIsWhatIsShown(String name, String value, String shown) {
    assertEquals("Set: " + name + " is " + shown + "\n", run("set", name, value).out());
    assertEquals(shown + "\n", run("get", name).out());
  }

  @Test
  void aLongValueIsWholeWhereThereIsNoTerminal() {
    String addresses = "first@example.org,second@example.org,third@example.org";
    run("set", "banned_emails", addresses);
    assertTrue(run("list").out().contains("  " + addresses + "  "));
    assertEquals(addresses + "\n", run("get", "banned_emails").out());
  }

  @Test
  void linesAndTextsThatAreTooLongAreRefused() {
    for (String value : List.of("a\nb", "x".repeat(81), "\u001b[1m")) {
      CommandLineRun refused =
          CommandLineRun.of(environment, "settings", "set", "ticket_prefix", value);
      assertEquals(2, refused.exitCode());
      assertTrue(refused.err().contains("a line of up to 80 characters"), refused.err());
    }
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertRefused("from_email", "Help <help@desk.example>", "an e-mail address, or nothing");
    assertRefused("from_email", "a@desk.example\nBcc: b@c.example", "an e-mail address");
    assertRefused("mail_ticket_url", "javascript:alert(1)", "an address that begins with https://");
    assertRefused("ticket_subject", "a\nb", "a line of up to 250 characters");
    assertRefused("ticket_content", "x".repeat(16_001), "a text of up to 16000 characters");
  }

  private static void assertRefused(String name, String value, String allowed) {
    CommandLineRun refused = CommandLineRun.of(environment, "settings", "set", name, value);
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains(name + " is " + allowed), refused.err());
  }

  private static CommandLineRun run(String... args) {
    return run(environment, args);
  }

  private static CommandLineRun run(Map<String, String> environment, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "settings";
    System.arraycopy(args, 0, all, 1, args.length);
    CommandLineRun run = CommandLineRun.of(environment, all);
    assertEquals(0, run.exitCode(), run.err());
    return run;
  }
}
