package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ticket numbers: how they are made, and that tickets are found by them. */
class TicketNumbersTest {

  private static TestServer server;
  private static User manager;

  @BeforeAll
  static void start() {
    server = TestServer.on(TestDatabase.get().createMigratedSchema("http_numbers"), Map.of());
    manager = server.user("support_manager");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static Answer create() {
    return manager.api().post("", ticket("numbers@example.org")).assertOk();
  }

  private static String number(Answer answer) {
    return answer.text("ticket_data.number");
  }

  private static Answer read(String number) {
    String path = URLEncoder.encode(number, StandardCharsets.UTF_8).replace("+", "%20");
    return manager.api().get("/" + path);
  }

  private static long next() {
    return server.number("SELECT last_number FROM ticket_sequence") + 1;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | -",
        "KBS | DE",
        "T- | -",
        "- | /26",
        "A/B- | -x",
        "# | -",
        "Nr. | .",
        "a b | ~",
        "% | %",
        "ü | ö",
        "票 | 😀",
        "? | &",
        "+ | +",
        "TK | -",
        "( | )",
        "\\ | -",
        "_ | %"
      })
  void aTicketIsFoundByTheNumberThatItShows(String prefix, String suffix) {
    server.set("ticket_prefix", prefix).set("ticket_suffix", suffix);
    String wanted = (prefix == null ? "" : prefix) + next() + (suffix == null ? "" : suffix);
    Answer created = create();
    assertEquals(wanted, number(created));
    assertTrue(created.json().at("/ticket_data/number").isTextual());
    if (!wanted.matches("\\d+")) {
      assertEquals(created.id(), read(wanted).assertOk().id());
      assertEquals(created.id(), read(wanted.toUpperCase(java.util.Locale.ROOT)).id());
      assertEquals(created.id(), read(wanted.toLowerCase(java.util.Locale.ROOT)).id());
      read(wanted + "x").assertError(404, read(wanted + "x").text("code"));
    }
  }

  @Test
  void digitsAreAPostIdFirstAndANumberWhereNoTicketHasThatId() {
    long last = server.number("SELECT COALESCE(MAX(id), 0) FROM post") + 5000;
    server.sql("UPDATE ticket_sequence SET last_number = ?", last);
    Answer numbered = create();
    assertEquals(String.valueOf(last + 1), number(numbered));
    assertEquals(numbered.id(), read(number(numbered)).assertOk().id());
    assertEquals(numbered.id(), read("00" + numbered.id()).assertOk().id());
    // An update is by id only.
    manager
        .api()
        .post("/" + number(numbered), fields("status", "closed"))
        .assertError(404, "rest_post_invalid_id");
  }

  @Test
  void anIdWinsOverTheNumberOfAnotherTicket() {
    long free = create().id() + 1;
    server.sql("UPDATE ticket_sequence SET last_number = ?", free);
    Answer numberedLikeTheNext = create();
    Answer next = create();
    assertEquals(String.valueOf(next.id()), number(numberedLikeTheNext));
    assertEquals(next.id(), read(String.valueOf(next.id())).assertOk().id());
  }

  @Test
  void aPostThatIsNoTicketDoesNotHideANumber() {
    server.set("ticket_prefix", null);
    long company = server.company("Not a ticket");
    server.sql("UPDATE ticket_sequence SET last_number = ?", company - 1);
    Answer created = create();
    assertEquals(String.valueOf(company), number(created));
    assertEquals(created.id(), read(String.valueOf(company)).assertOk().id());
  }

  @Test
  void withoutSequentialNumbersTheIdIsTheNumber() {
    server.set("ticket_prefix", "OFF");
    Answer before = create();
    server.set("enable_sequential", "");
    Answer without = create();
    assertEquals(String.valueOf(without.id()), number(without));
    assertEquals(String.valueOf(before.id()), number(read(number(before)).assertOk()));
    assertEquals(before.id(), read(number(before)).id());
    server.set("enable_sequential", "1");
    assertEquals(number(before), number(read(String.valueOf(before.id()))));
    assertEquals(String.valueOf(without.id()), number(read(String.valueOf(without.id()))));
    assertNotEquals(number(create()), number(create()));
  }

  @Test
  void anotherPrefixIsForNewTicketsOnly() {
    server.set("ticket_prefix", "OLD-");
    Answer old = create();
    server.set("ticket_prefix", "NEW-");
    Answer young = create();
    assertTrue(number(young).startsWith("NEW-"));
    assertEquals(number(old), number(read(String.valueOf(old.id()))));
    assertEquals(old.id(), read(number(old)).assertOk().id());
    assertEquals(young.id(), read(number(young)).assertOk().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1001", "0", "999999999999", "x", ""})
  void numbersStartWhereTheSiteSaysAndNeverComeTwice(String start) {
    server.set("sequential_start", start).set("ticket_prefix", "S" + start + "X");
    server.sql("UPDATE ticket_sequence SET last_number = 0");
    List<String> numbers = List.of(number(create()), number(create()), number(create()));
    long first = start.matches("\\d+") ? Long.parseLong(start) : 1;
    assertEquals(3, numbers.stream().distinct().count(), numbers::toString);
    if (first > 0) {
      String prefix = "S" + start + "X";
      assertEquals(List.of(prefix + first, prefix + (first + 1), prefix + (first + 2)), numbers);
    }
    server.sql("UPDATE ticket_sequence SET last_number = 100000");
  }

  @Test
  void aNumberThatTwoTicketsHaveIsThatOfTheOldestWhichTheCallerSees() {
    server.set("ticket_prefix", "DUP");
    User customer = server.user("support_customer");
    Answer other = create();
    Answer own = manager.api().post("", ticket(customer.email())).assertOk();
    server.sql("UPDATE ticket SET number = 'DUP1' WHERE id IN (?, ?)", own.id(), other.id());
    assertEquals(other.id(), read("DUP1").assertOk().id());
    assertEquals(own.id(), customer.api().get("/dup1").assertOk().id());
  }

  @Test
  void theNumbersOfAnImportedSiteGoOn() {
    TestServer site = ImportedServer.get();
    User reader = site.user("support_manager");
    Answer first = reader.api().get("/kbs1001de").assertOk();
    assertEquals("KBS1001DE", number(first));
    assertEquals(first.id(), reader.api().get("/" + first.id()).id());
    reader.api().get("/1001").assertError(404, "rest_post_invalid_id");
    reader.api().get("/KBS1001").assertError(404, "rest_post_invalid_id");
    assertEquals(1048, site.number("SELECT last_number FROM ticket_sequence"));
  }

  /** A database would find all of these: its collation takes letters that look alike as one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "KBS|DE|%s%%20",
        "KBS|DE|%%20%s",
        "KBS|DE|%s%%00",
        "KBS|DE|%%00%s",
        "KBS|DE|%s%%01",
        "KBS|DE|%s%%0A",
        "KBS|DE|%s%%7F",
        "KBS|DE|%s%%C2%%85",
        "KBS|DE|%s%%C2%%AD",
        "KBS|DE|%s%%E2%%80%%8B",
        "É-||E-%n",
        "E-||%%C3%%89-%n",
        "ß-||ss-%n",
        "ss-||%%C3%%9F-%n",
        "K-||%%EF%%BC%%AB-%n",
        "K-||%%E2%%84%%AA-%n",
        "S-||%%C5%%BF-%n",
        "KBS||KBS%w"
      })
  void aNumberIsMeantToTheLetter(String prefix, String suffix, String path) {
    server.set("ticket_prefix", prefix).set("ticket_suffix", suffix == null ? "" : suffix);
    Answer created = create();
    String number = number(created);
    assertEquals(created.id(), read(number).assertOk().id());
    String digits = number.replaceAll("[^0-9]", "");
    StringBuilder wide = new StringBuilder();
    digits.chars().forEach(digit -> wide.append((char) (digit - '0' + '\uFF10')));
    String asked =
        path.replace("%s", number)
            .replace("%n", digits)
            .replace("%w", URLEncoder.encode(wide.toString(), StandardCharsets.UTF_8))
            .replace("%%", "%");
    manager.api().get("/" + asked).assertError(404, "rest_no_route");
    Answer update = manager.api().post("/" + created.id() + "%00", java.util.Map.of());
    update.assertError(404, "rest_no_route");
    if (asked.matches(".*%(0|1|7F).*")) {
      server.anonymous().get("/" + asked).assertError(404, "rest_no_route");
      manager.api().get("/" + created.id() + "%00").assertError(404, "rest_no_route");
    }
  }

  @Test
  void theCaseOfANumberMakesNoDifference() {
    server.set("ticket_prefix", "Éß-").set("ticket_suffix", "x");
    Answer created = create();
    assertEquals(created.id(), read(number(created).replace('É', 'é')).assertOk().id());
    assertEquals(created.id(), read(number(created).replace('x', 'X')).assertOk().id());
  }
}
