package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kbsserver.testing.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values that are an id, or half of one, for each parameter that takes an id. What was recorded
 * decides what lenient handling makes of them; strictly, only an id is one.
 */
class IdFormsTest {

  private static final String IGNORED = "Kbs-Ignored-Parameters";

  private static TestServer server;
  private static HttpApi api;
  private static long agent;
  private static long customer;
  private static long company;
  private static long category;
  private static long department;

  /** What the plugin makes of a value that is not exactly an id. */
  private enum Reading {
    /** Nothing: FINDINGS 8 on customer, "create/agent_id negative" and "… float". */
    EXACT,
    /** The whole number that it begins with, without its sign: FINDINGS 8. */
    OF_PHP
  }

  /** The parameters that take an id, and where an answer shows that it was taken. */
  private enum Parameter {
    NEW_AGENT("agent_id", Reading.EXACT, "/ticket_data/agent"),
    NEW_CATEGORY("post_category", Reading.OF_PHP, "/ticket_categories/0"),
    NEW_DEPARTMENT("department", Reading.OF_PHP, "/ticket_departments/0"),
    AGENT("agent", Reading.OF_PHP, "/ticket_data/agent"),
    AGENTS("agents", Reading.OF_PHP, "/ticket_data/additional_agents/0"),
    CUSTOMER("customer", Reading.EXACT, "/ticket_data/customer"),
    COMPANY("company", Reading.OF_PHP, "/ticket_data/company"),
    CATEGORY("post_category", Reading.OF_PHP, "/ticket_categories/0"),
    CATEGORY_TO_DELETE("delete_category", Reading.OF_PHP, null),
    DEPARTMENT("department", Reading.OF_PHP, "/ticket_departments/0");

    final String field;
    final Reading reading;
    final String shownAt;

    Parameter(String field, Reading reading, String shownAt) {
      this.field = field;
      this.reading = reading;
      this.shownAt = shownAt;
    }

    long id() {
      return switch (this) {
        case NEW_AGENT, AGENT, AGENTS -> agent;
        case CUSTOMER -> customer;
        case COMPANY -> company;
        case NEW_CATEGORY, CATEGORY, CATEGORY_TO_DELETE -> category;
        case NEW_DEPARTMENT, DEPARTMENT -> department;
      };
    }
  }

  /** A value made of an id: as JSON, and whether it is one exactly, and to PHP. */
  private enum Form {
    NUMBER("%d", true, true),
    TEXT("\"%d\"", true, true),
    ZERO_BEFORE("\"0%d\"", true, true),
    WHOLE_DECIMAL("%d.0", true, true),
    NEGATIVE("-%d", false, true),
    MINUS("\"-%d\"", false, true),
    PLUS("\"+%d\"", false, true),
    LETTERS("\"%dabc\"", false, true),
    BLANKS("\" %d \"", false, true),
    DECIMAL("\"%d.0\"", false, true),
    FRACTION("%d.7", false, true),
    FRACTION_AS_TEXT("\"%d.7\"", false, true),
    EXPONENT("\"%de0\"", false, true),
    EXPONENT_AND_LETTERS("\"%de0x\"", false, true),
    LIST_AS_TEXT("\"%d,4\"", false, true),
    LETTERS_BEFORE("\"a%d\"", false, false),
    HEXADECIMAL("\"0x%d\"", false, false),
    HUGE("\"%d99999999999999999999\"", false, false),
    HUGE_AND_LETTERS("\"%d99999999999999999999abc\"", false, false),
    HUGE_NUMBER("%d99999999999999999999", false, false),
    ARABIC_DIGITS("\"%d\"", false, false),
    FULL_WIDTH_DIGITS("\"%d\"", false, false),
    TRUE("true", false, false);

    private final String format;
    final boolean exact;
    final boolean ofPhp;

    Form(String format, boolean exact, boolean ofPhp) {
      this.format = format;
      this.exact = exact;
      this.ofPhp = ofPhp;
    }

    String of(long id) {
      String text = format.formatted(id);
      int zero =
          switch (this) {
            case ARABIC_DIGITS -> '\u0660';
            case FULL_WIDTH_DIGITS -> '\uFF10';
            default -> '0';
          };
      StringBuilder result = new StringBuilder();
      text.chars().forEach(c -> result.append((char) (Character.isDigit(c) ? c - '0' + zero : c)));
      return result.toString();
    }

    boolean isOfLists() {
      return this == BLANKS || this == LIST_AS_TEXT;
    }

    boolean isText() {
      return format.startsWith("\"");
    }
  }

  @BeforeAll
  static void makeTheSite() {
    server = TestServer.on(TestDatabase.get().createMigratedSchema("http_ids"), Map.of());
    server.set("multiple_agents", "1");
    api = server.user("support_manager").api();
    agent = server.user("support_agent").id();
    customer = server.customer("half@example.com", null, null);
    company = server.company("Half & Co");
    category = server.term("ticket_categories", "half");
    department = server.term("ticket_departments", "half");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> fields() {
    return Arrays.stream(Parameter.values())
        .flatMap(
            parameter ->
                Arrays.stream(Form.values())
                    // In a list, blanks and commas stand between its items.
                    .filter(form -> parameter != Parameter.AGENTS || !form.isOfLists())
                    .map(form -> Arguments.of(parameter, form)));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void aFieldTakesAnIdAndNothingThatHalfIsOne(Parameter parameter, Form form) {
    String value = form.of(parameter.id());
    String json = "{\"%s\":%s}".formatted(parameter.field, value);
    boolean taken = parameter.reading == Reading.EXACT ? form.exact : form.ofPhp;
    send(parameter, "lenient", JSON, json, taken);
    if (form.exact) {
      send(parameter, "strict", JSON, json, true);
    } else {
      refuse(parameter, JSON, json);
    }
    if (form.isText()) {
      String text = value.substring(1, value.length() - 1);
      String encoded = parameter.field + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
      send(parameter, "lenient", FORM, encoded, taken);
      if (!form.exact) {
        refuse(parameter, FORM, encoded);
      }
    }
  }

  private static void send(
      Parameter parameter, String handling, String type, String body, boolean taken) {
    Answer answer = answer(parameter, handling, type, body).assertOk();
    assertEquals(taken ? "" : parameter.field, answer.header(IGNORED), answer::toString);
    if (parameter == Parameter.CATEGORY_TO_DELETE) {
      assertEquals(taken ? 0 : 1, answer.json().path("ticket_categories").size());
    } else {
      long shown = answer.json().at(parameter.shownAt).asLong();
      assertEquals(taken, shown == parameter.id(), answer::toString);
    }
  }

  private static void refuse(Parameter parameter, String type, String body) {
    long before = server.number("SELECT COUNT(*) FROM ticket");
    Answer answer = answer(parameter, "strict", type, body);
    answer.assertNames(parameter.field);
    boolean isNew = parameter.name().startsWith("NEW_");
    assertEquals(before + (isNew ? 0 : 1), server.number("SELECT COUNT(*) FROM ticket"));
  }

  private static Answer answer(Parameter parameter, String handling, String type, String body) {
    HttpApi each = api.preferring(handling);
    if (parameter.name().startsWith("NEW_")) {
      if (type.equals(FORM)) {
        StringBuilder form = new StringBuilder(body);
        ticket("new@example.com")
            .forEach((name, value) -> form.append('&').append(name).append('=').append(value));
        return each.post("", FORM, form.toString().replace(" ", "+"));
      }
      String rest = json(ticket("new@example.com"));
      return each.post("", JSON, body.replace("}", "," + rest.substring(1)));
    }
    Object[] more =
        parameter == Parameter.CATEGORY_TO_DELETE
            ? new Object[] {"post_category", category}
            : new Object[0];
    long id = api.post("", ticket("old@example.com", more)).assertOk().id();
    return each.post("/" + id, type, body);
  }

  static Stream<Arguments> filters() {
    List<String> lists =
        List.of(
            "include",
            "exclude",
            "ticket_categories",
            "ticket_categories_exclude",
            "ticket_tag",
            "ticket_tag_exclude",
            "ticket_sources",
            "ticket_sources_exclude",
            "ticket_departments",
            "ticket_departments_exclude");
    List<String> scalars = List.of("user", "customer", "company", "agent");
    // WordPress takes whatever is a whole number; FINDINGS 5.
    List<String> numbers = List.of("7", "007", "+7", "7.0", "7e0", " 7 ", "-7");
    List<String> others = List.of("7abc", "7.5", "0x7", "\u0667", "\uFF17", "true", "a7", "7-");
    return Stream.concat(
        Stream.concat(lists.stream(), scalars.stream())
            .flatMap(
                name ->
                    numbers.stream()
                        // In a list, blanks are between items.
                        .map(value -> Arguments.of(name, value, true))),
        Stream.concat(lists.stream(), scalars.stream())
            .flatMap(name -> others.stream().map(value -> Arguments.of(name, value, false))));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void aFilterTakesWhatWordPressTakesAndStrictlyAnId(String name, String value, boolean number) {
    String query = "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    boolean list = name.startsWith("ticket_") || name.equals("include") || name.equals("exclude");
    boolean exact = (list ? value.strip() : value).matches("[0-9]+");
    Answer strict = api.get(query);
    Answer lenient = api.preferring("lenient").get(query);
    if (exact) {
      strict.assertOk();
    } else {
      strict.assertNames(name);
    }
    if (number) {
      assertEquals("", lenient.assertOk().header(IGNORED));
    } else {
      lenient.assertNames(name);
    }
  }

  /** FINDINGS 5: negatives are made absolute in lists of ids, and match nothing elsewhere. */
  @Test
  void aNegativeIdIsAbsoluteInListsOnly() {
    long id = api.post("", ticket("list@example.com", "agent_id", agent)).assertOk().id();
    HttpApi lenient = api.preferring("lenient");
    assertEquals(List.of(id), lenient.get("?include=-" + id).ids());
    assertFalse(lenient.get("?per_page=100&exclude=-" + id).ids().contains(id));
    assertEquals(1, api.get("?include=" + id + "&agent=" + agent).total());
    assertEquals(0, lenient.get("?include=" + id + "&agent=-" + agent).total());
  }
}
