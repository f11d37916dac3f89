package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.http.TestServer.User;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Creating and changing: whatever the format, strict or lenient, all or nothing. */
class WritingTest {

  private static final String BOUNDARY = "----next";
  private static final String MULTIPART = "multipart/form-data; boundary=" + BOUNDARY;

  private static TestServer server;
  private static User manager;
  private static HttpApi api;
  private static User annie;
  private static User bruno;
  private static long category;
  private static long otherCategory;
  private static long department;
  private static long company;

  @BeforeAll
  static void makeTheSite() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    api = manager.api();
    annie = server.user("support_agent");
    bruno = server.user("support_agent");
    category = server.term("ticket_categories", TestServer.unique("writing"));
    otherCategory = server.term("ticket_categories", TestServer.unique("writing"));
    department = server.term("ticket_departments", TestServer.unique("writing"));
    company = server.company("Writing Ltd");
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static String address() {
    return TestServer.unique("writer") + "@example.org";
  }

  private static String form(Map<String, ?> body) {
    return body.entrySet().stream()
        .map(e -> encoded(e.getKey()) + "=" + encoded(String.valueOf(e.getValue())))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String multipart(Map<String, ?> body) {
    StringBuilder parts = new StringBuilder();
    body.forEach(
        (name, value) ->
            parts
                .append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
    return parts.append("--" + BOUNDARY + "--\r\n").toString();
  }

  /** A ticket without what differs from one to the next. */
  private static JsonNode alike(Answer answer) {
    ObjectNode ticket = (ObjectNode) answer.assertOk().json();
    ticket.remove(List.of("id", "date", "date_gmt", "modified", "modified_gmt", "links", "_links"));
    ((ObjectNode) ticket.path("ticket_data")).remove(List.of("number", "key"));
    return ticket;
  }

  @Test
  void aTicketIsTheSameHoweverItIsSent() {
    String email = address();
    Map<String, Object> body =
        ticket(
            email,
            "ticket_title",
            "Größe & <b>50%</b> + \"mehr\" 😀",
            "ticket_content",
            "first line\n\nsecond & third = 100 % [x] \\ back",
            "customer_phone1",
            "+49 30 1",
            "customer_phone2",
            "030/2",
            "customer_website",
            "https://example.org/?a=1&b=2",
            "agent_id",
            annie.email(),
            "post_category",
            category,
            "department",
            department);
    JsonNode wanted = alike(api.post("", body));
    assertEquals(annie.id(), wanted.at("/ticket_data/agent").asLong());
    assertEquals("open", wanted.path("status").asText());
    assertEquals("+49 30 1", wanted.at("/ticket_data/user_info/primary_phone").asText());
    assertEquals("030/2", wanted.at("/ticket_data/user_info/additional_phone").asText());
    assertEquals("REST API", wanted.at("/ticket_data/source").asText());

    Map<String, Object> asText = fields();
    body.forEach((name, value) -> asText.put(name, String.valueOf(value)));
    List<Answer> answers =
        List.of(
            api.post("", JSON, json(asText)),
            api.post("", "Application/JSON; charset=UTF-8", json(body)),
            api.post("", "application/vnd.kbs+json", json(body)),
            api.post("", "application/json, text/plain", json(body)),
            api.post("", FORM, form(body)),
            api.post("", FORM + "; charset=UTF-8", form(body)),
            api.post("", MULTIPART, multipart(body)),
            api.post("", "Multipart/Form-Data; boundary=\"" + BOUNDARY + "\"", multipart(body)),
            // What curl -d '{…}' sends.
            api.post("", FORM, json(body)),
            api.send("POST", TICKETS + "?" + form(body), null, null),
            api.send("POST", TICKETS + "/?" + form(body), JSON, "{}"));
    for (Answer answer : answers) {
      assertEquals(wanted, alike(answer), answer::request);
    }
    assertEquals(1, server.number("SELECT COUNT(*) FROM customer WHERE email = ?", email));
  }

  @Test
  void anUpdateIsTheSameHoweverItIsSent() {
    Map<String, Object> change =
        fields(
            "agent",
            bruno.email(),
            "agents",
            annie.id() + "," + manager.id(),
            "company",
            company,
            "status",
            "hold",
            "post_category",
            category,
            "department",
            department);
    String email = address();
    List<JsonNode> results = new ArrayList<>();
    List<java.util.function.Function<Long, Answer>> ways =
        List.of(
            id -> api.json("POST", "/" + id, change),
            id -> api.json("PUT", "/" + id, change),
            id -> api.json("PATCH", "/" + id, change),
            id -> api.post("/" + id, FORM, form(change)),
            id -> api.send("PUT", TICKETS + "/" + id, FORM, form(change)),
            id -> api.send("PATCH", TICKETS + "/" + id, MULTIPART, multipart(change)),
            id -> api.post("/" + id, FORM, json(change)),
            id -> api.send("POST", TICKETS + "/" + id + "?" + form(change), null, null),
            id -> api.send("POST", TICKETS + "/00" + id + "/?" + form(change), null, null));
    for (java.util.function.Function<Long, Answer> way : ways) {
      long id = api.post("", ticket(email)).assertOk().id();
      JsonNode result = alike(way.apply(id));
      results.add(result);
      assertEquals(result, alike(api.get("/" + id)));
    }
    JsonNode first = results.get(0);
    assertEquals(bruno.id(), first.at("/ticket_data/agent").asLong());
    assertEquals("hold", first.path("status").asText());
    assertEquals(company, first.at("/ticket_data/company").asLong());
    assertEquals(
        "[" + annie.id() + "," + manager.id() + "]",
        first.at("/ticket_data/additional_agents").toString());
    assertEquals("[" + category + "]", first.path("ticket_categories").toString());
    assertEquals("[" + department + "]", first.path("ticket_departments").toString());
    results.forEach(result -> assertEquals(first, result));
  }

  @Test
  void theDocumentedCurlExampleWorksAsItStands() {
    long id = api.post("", ticket(address())).assertOk().id();
    Answer closed = api.post("/" + id, FORM, "{\"status\":\"closed\"}").assertOk();
    assertEquals("closed", closed.text("status"));
    assertTrue(closed.text("ticket_data.resolved_date").matches("\\d{4}-.*T.*"));
  }

  @Test
  void theBodyWinsOverTheQuery() {
    long id = api.post("", ticket(address())).assertOk().id();
    assertEquals(
        "hold", api.post("/" + id + "?status=closed", fields("status", "hold")).text("status"));
    assertEquals("open", api.post("/" + id + "?status=closed", FORM, "status=open").text("status"));
    assertEquals("closed", api.post("/" + id + "?status=closed", fields()).text("status"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ticket_content=100%",
        "ticket_content=50%+off",
        "ticket_content=%zz",
        "ticket_content=%",
        "ticket_content=a;b",
        "ticket_content=a&&&=&=x&ticket_content[",
        "ticket_content=x&[]=1&[a]=2&]=3&a[[b]]=4&a[=5",
        "ticket_content=x&&a[b][c][]=1&a[b]=2&a=3&a[]=4"
      })
  void aFormThatIsWrittenOddlyIsRead(String odd) {
    Map<String, Object> body = ticket(address());
    body.remove("ticket_content");
    api.preferring("lenient").post("", FORM, form(body) + "&" + odd).assertOk();
  }

  @Test
  void aFormKeepsPercentSignsThatEncodeNothing() {
    Map<String, Object> body = ticket(address());
    body.remove("ticket_content");
    Answer created = api.post("", FORM, form(body) + "&ticket_content=100%+or+50%zz").assertOk();
    assertEquals("100% or 50%zz", created.text("content.raw"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=other",
        "multipart/form-data; charset=utf-8"
      })
  void aMultipartBodyThatCannotBeReadIsNeverAFailureInside(String type) {
    api.preferring("lenient")
        .post("", type, multipart(ticket(address())))
        .assertError(400, "required_fields");
    Answer strict = api.preferring("strict").post("", type, multipart(ticket(address())));
    strict.assertError(strict.status(), strict.text("code"));
    assertEquals(4, strict.status() / 100, strict::toString);
  }

  @Test
  void aMultipartBodyMayHaveManyFieldsAndFiles() {
    Map<String, Object> body = ticket(address());
    for (int i = 0; i < 500; i++) {
      body.put("field" + i, "value");
    }
    String file =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"ticket_title\"; filename=\"a.txt\"\r\n"
            + "Content-Type: text/plain\r\n\r\nNot a title\r\n";
    Answer created =
        api.preferring("lenient").post("", MULTIPART, file + multipart(body)).assertOk();
    assertEquals("The printer does not answer", created.text("title.raw"));
    assertEquals(1, created.json().at("/ticket_data/files").size());
  }

  static Stream<Arguments> unknownValues() {
    return Stream.of(
            fields("agent", 99999999),
            fields("agent", "nobody@example.org"),
            fields("agent", "nobody"),
            fields("agent", true),
            fields("agents", "99999999"),
            fields("agents", "nobody@example.org,also"),
            fields("company", 99999999),
            fields("company", "some company"),
            fields("customer", 99999999),
            fields("customer", "nobody@example.org"),
            fields("status", "new"),
            fields("status", "gone"),
            fields("status", "OPEN"),
            fields("status", "trash"),
            fields("status", 7),
            fields("post_category", 99999999),
            fields("post_category", "name"),
            fields("post_category", List.of(99999999)),
            fields("delete_category", 99999999),
            fields("delete_category", "name"),
            fields("department", 99999999),
            fields("department", "Sales"),
            fields("department", List.of(1)),
            fields("department", Map.of("id", 1)),
            fields("agent", "nobody", "department", "Sales", "status", "gone"))
        .map(change -> Arguments.of(change));
  }

  @ParameterizedTest
  @MethodSource("unknownValues")
  void aValueThatNamesNothingIsRefusedStrictlyAndIgnoredLeniently(Map<String, Object> change) {
    long id =
        api.post("", ticket(address(), "agent_id", annie.id(), "post_category", category)).id();
    api.post("/" + id, fields("status", "hold", "company", company)).assertOk();
    String before = fingerprint(id);
    String[] names = change.keySet().toArray(String[]::new);

    Answer strict = api.post("/" + id, change);
    assertEquals("rest_invalid_param", strict.text("code"), strict::toString);
    assertEquals(java.util.Set.of(names), named(strict), strict::toString);
    assertEquals(before, fingerprint(id));
    Answer preferred = api.preferring("strict").post("/" + id, change);
    assertEquals(400, preferred.status());
    assertEquals("handling=strict", preferred.header("Preference-Applied"));

    // Together with values that are right: strictly nothing is changed, leniently the rest.
    Map<String, Object> mixed = fields("post_category", otherCategory, "status", "closed");
    mixed.putAll(change);
    assertEquals(400, api.post("/" + id, mixed).status());
    assertEquals(before, fingerprint(id));

    Answer lenient = api.preferring("lenient").post("/" + id, change).assertOk();
    assertEquals(
        java.util.Set.of(names),
        java.util.Set.of(lenient.header("Kbs-Ignored-Parameters").split(", ")));
    assertEquals("handling=lenient", lenient.header("Preference-Applied"));
    assertEquals(before, fingerprint(id));
    Answer rest = api.preferring("lenient").post("/" + id, mixed).assertOk();
    if (!change.containsKey("status")) {
      assertEquals("closed", rest.text("status"));
    }

    server.set("value_handling", "lenient");
    Answer bySetting = api.post("/" + id, change).assertOk();
    assertEquals(
        java.util.Set.of(names),
        java.util.Set.of(bySetting.header("Kbs-Ignored-Parameters").split(", ")));
    assertEquals("", bySetting.header("Preference-Applied"));
    assertEquals(400, api.preferring("strict").post("/" + id, change).status());
  }

  static Stream<Arguments> unknownValuesOfNewTickets() {
    return Stream.of(
            fields("agent_id", 99999999),
            fields("agent_id", "nobody@example.org"),
            fields("agent_id", true),
            fields("post_category", 99999999),
            fields("post_category", "name"),
            fields("post_category", List.of("a", "b")),
            fields("department", 99999999),
            fields("department", "Sales"),
            fields("department", true),
            fields("agent_id", "x", "post_category", "y", "department", "z"))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("unknownValuesOfNewTickets")
  void aNewTicketWithAValueThatNamesNothingLeavesNoTraceOrIsMadeWithoutIt(
      Map<String, Object> more) {
    String email = address();
    Map<String, Object> body = ticket(email);
    body.putAll(more);
    String before = traces();

    Answer strict = api.post("", body);
    assertEquals(400, strict.status(), strict::toString);
    assertEquals(more.keySet(), named(strict), strict::toString);
    assertEquals(before, traces());

    Answer lenient = api.preferring("lenient").post("", body).assertOk();
    assertEquals(
        more.keySet(), java.util.Set.of(lenient.header("Kbs-Ignored-Parameters").split(", ")));
    assertEquals("new", lenient.text("status"));
    assertEquals(0, lenient.json().path("ticket_categories").size());
    assertEquals(0, lenient.json().path("ticket_departments").size());
    assertEquals(0, lenient.json().at("/ticket_data/agent").asLong());
  }

  @Test
  void aRefusedTicketLeavesNoTrace() {
    String before = traces();
    String email = address();
    for (Map<String, Object> body :
        List.of(
            ticket(email, "ticket_title", ""),
            ticket(email, "ticket_title", List.of("a")),
            ticket("not an address"),
            ticket(email, "agent_id", Map.of("a", 1)),
            ticket(email, "customer_first", "x".repeat(1001)),
            ticket(email, "ticket_title", "é".repeat(65_000)))) {
      assertEquals(400, api.post("", body).status());
    }
    assertEquals(before, traces());
  }

  @Test
  void emptyValuesMeanNotGiven() {
    long id = api.post("", ticket(address(), "agent_id", annie.id())).assertOk().id();
    api.post("/" + id, fields("agents", bruno.id(), "department", department)).assertOk();
    String before = fingerprint(id);
    for (Object empty : new Object[] {"", 0, "0", null, false, List.of(), Map.of()}) {
      Map<String, Object> change = fields();
      for (String name :
          List.of(
              "id",
              "agent",
              "agents",
              "company",
              "customer",
              "status",
              "post_category",
              "delete_category",
              "department")) {
        change.put(name, empty);
      }
      Answer answer = api.preferring("strict").post("/" + id, change).assertOk();
      assertEquals("", answer.header("Kbs-Ignored-Parameters"));
      assertEquals(before, fingerprint(id));
    }
    api.send("POST", TICKETS + "/" + id, null, null).assertOk();
    assertEquals(before, fingerprint(id));
  }

  @Test
  void aStatusIsMeantToTheLetter() {
    long id = api.post("", ticket(address())).assertOk().id();
    for (String status : List.of("closed ", " closed", "Closed", "closed\t")) {
      Answer answer = api.preferring("lenient").post("/" + id, fields("status", status));
      assertEquals("status", answer.assertOk().header("Kbs-Ignored-Parameters"), status);
      assertEquals("new", answer.text("status"), status);
    }
  }

  @Test
  void aListOfNobodyTakesTheAdditionalAgentsOff() {
    long id = api.post("", ticket(address(), "agent_id", annie.id())).assertOk().id();
    HttpApi lenient = api.preferring("lenient");
    for (Object nobody : new Object[] {manager.id() + 100_000, annie.id(), "0x," + annie.id()}) {
      Answer both = lenient.post("/" + id, fields("agents", bruno.id())).assertOk();
      assertEquals(
          "[" + bruno.id() + "]", both.json().at("/ticket_data/additional_agents").toString());
      Answer alone = lenient.post("/" + id, fields("agents", nobody)).assertOk();
      assertEquals("[]", alone.json().at("/ticket_data/additional_agents").toString());
    }
  }

  @Test
  void handledLenientlyAnIdIsTheWholeNumberThatAValueBeginsWith() {
    long id = api.post("", ticket(address())).assertOk().id();
    Map<String, Object> change =
        fields(
            "department",
            department + 0.5,
            "company",
            company + "abc",
            "post_category",
            Map.of("a", category, "b", otherCategory + 0.9));
    Answer changed = api.preferring("lenient").post("/" + id, change).assertOk();
    assertEquals("[" + department + "]", changed.json().path("ticket_departments").toString());
    assertEquals(company, changed.json().at("/ticket_data/company").asLong());
    assertEquals(2, changed.json().path("ticket_categories").size());
    for (String name : List.of("department", "company")) {
      api.preferring("strict").post("/" + id, fields(name, change.get(name))).assertNames(name);
    }
  }

  @Test
  void aBannedAddressIsMeantToTheLetterAndAPartOfOneInAnyCase() {
    String banned = address();
    server.set("banned_emails", "[\"" + banned + "\",\"SPAM.test\"]");
    api.post("", ticket(banned)).assertNames("customer_email");
    api.post("", ticket(banned.toUpperCase(java.util.Locale.ROOT))).assertOk();
    api.post("", ticket("me@sub.spam.TEST")).assertNames("customer_email");
  }

  @Test
  void whoseOwnAddressIsBannedWritesForNobody() {
    User banned = server.user("support_agent");
    banned.api().post("", ticket(address())).assertOk();
    server.set("banned_emails", "[\" " + banned.email() + " \"]");
    banned.api().post("", ticket(address())).assertNames("customer_email");
    api.post("", ticket(address())).assertOk();
  }

  @Test
  void thePathDecidesWhichTicketIsMeant() {
    long id = api.post("", ticket(address())).assertOk().id();
    long other = api.post("", ticket(address())).assertOk().id();
    for (Object wrong : new Object[] {other, String.valueOf(other), "abc", -1, List.of(id), true}) {
      for (HttpApi each : List.of(api.preferring("strict"), api.preferring("lenient"))) {
        each.post("/" + id, fields("id", wrong, "status", "closed")).assertNames("id");
      }
    }
    api.send("POST", TICKETS + "/" + id + "?id=" + other, JSON, "{\"status\":\"closed\"}")
        .assertNames("id");
    for (long each : List.of(id, other)) {
      assertEquals("new", api.get("/" + each).text("status"));
    }
    for (Object right : new Object[] {id, String.valueOf(id), "0" + id}) {
      api.post("/" + id, fields("id", right)).assertOk();
    }
    api.get("/" + id + "?id=" + other).assertNames("id");
  }

  @Test
  void aTicketCanBeGivenToAnotherCustomer() {
    String oldEmail = address();
    String newEmail = address();
    long id = api.post("", ticket(oldEmail)).assertOk().id();
    User owner = server.user("support_customer");
    long customer = server.customer(newEmail, owner.id(), company);
    Answer byEmail =
        api.post("/" + id, fields("customer", newEmail.toUpperCase(java.util.Locale.ROOT)))
            .assertOk();
    assertEquals(customer, byEmail.json().at("/ticket_data/customer").asLong());
    assertEquals(owner.id(), byEmail.json().at("/ticket_data/user_id").asLong());
    assertEquals(company, byEmail.json().at("/ticket_data/company").asLong());
    assertEquals(id, owner.api().get("/" + id).assertOk().id());
  }

  /** A database takes letters that look alike as one; that must not give a ticket to somebody. */
  @ParameterizedTest
  @ValueSource(strings = {"ú", "ｕ", "u\u00AD", "u\u0301", "u\u0000"})
  void anAddressIsMeantToTheLetter(String likeU) {
    long id = api.post("", ticket(address())).assertOk().id();
    String email = address();
    server.customer(email, null, null);
    String start = TestServer.unique("unna");
    User agent = server.user(start, "support_agent");
    for (Map<String, Object> change :
        List.of(
            fields("customer", email.replaceFirst("w", "w" + likeU)),
            fields("customer", email.replaceFirst("example", "example" + likeU)),
            fields("agent", agent.email().replaceFirst("u", likeU)))) {
      api.post("/" + id, change).assertNames(change.keySet().toArray(String[]::new));
    }
    api.post("/" + id, fields("agent", agent.email().toUpperCase(java.util.Locale.ROOT)))
        .assertOk();
  }

  @Test
  void theLifeOfATicket() {
    String email = address();
    Answer created = api.post("", ticket(email.toUpperCase(java.util.Locale.ROOT))).assertOk();
    assertEquals("new", created.text("status"));
    assertEquals(email, created.text("ticket_data.email"));
    assertTrue(created.text("ticket_data.key").matches("[0-9a-f]{32}"));
    assertEquals("[\"" + email + "\"]", created.json().at("/ticket_data/participants").toString());
    assertTrue(created.json().at("/ticket_data/resolved_date").isNull());
    String path = "/" + created.id();
    Answer assigned = api.post(path, fields("agent", annie.id())).assertOk();
    assertEquals("open", assigned.text("status"));
    Answer closed = api.post(path, fields("status", "closed")).assertOk();
    String resolved = closed.text("ticket_data.resolved_date");
    server.sql(
        "UPDATE ticket SET resolved_local = resolved_local - INTERVAL 1 DAY WHERE id = ?",
        created.id());
    String first = api.get(path).text("ticket_data.resolved_date");
    assertNotEquals(resolved, first);
    api.post(path, fields("status", "open")).assertOk();
    Answer again = api.post(path, fields("status", "closed")).assertOk();
    assertEquals(first, again.text("ticket_data.resolved_date"), "the first time counts");
    Answer removed =
        api.post(path, fields("post_category", List.of(category, otherCategory))).assertOk();
    assertEquals(2, removed.json().path("ticket_categories").size());
    removed = api.post(path, fields("delete_category", category)).assertOk();
    assertEquals("[" + otherCategory + "]", removed.json().path("ticket_categories").toString());
  }

  @Test
  void htmlIsKeptOnlyForThoseWhoMayPublishIt() {
    String evil =
        "<script>alert(1)</script><b onclick=\"x()\">hi</b> <a href=\"javascript:x\">y</a>";
    for (String role : List.of("administrator", "support_manager", "editor")) {
      User user = server.user(role);
      Answer kept = user.api().post("", ticket(user.email(), "ticket_content", evil)).assertOk();
      assertEquals(evil.replace("javascript:", ""), kept.text("content.raw"), role);
    }
    for (String role : List.of("support_agent", "support_customer", "subscriber", "author")) {
      User user = server.user(role);
      Answer clean = user.api().post("", ticket(user.email(), "ticket_content", evil)).assertOk();
      for (String text : List.of(clean.text("content.raw"), clean.text("content.rendered"))) {
        assertTrue(text.contains("hi</b>"), text);
        assertFalse(text.contains("<script") || text.contains("onclick"), text);
        assertFalse(text.contains("javascript:"), text);
      }
    }
  }

  @Test
  void evenTrustedLinksDoNotHandOverTheWindowThatTheyAreIn() {
    String link = "<a href=\"https://x.test\" target=\"_blank\">x</a>";
    String safe = "<a href=\"https://x.test\" target=\"_blank\" rel=\"noopener\">x</a>";
    Answer answer =
        api.post("", ticket(address(), "ticket_title", link, "ticket_content", link)).assertOk();
    assertEquals(safe, answer.text("title.raw"));
    assertEquals(safe, answer.text("content.raw"));
  }

  private static java.util.Set<String> named(Answer answer) {
    java.util.Set<String> names = new java.util.HashSet<>();
    answer.json().at("/data/params").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** All of a ticket that a write could change. */
  private static String fingerprint(long id) {
    return server
        .values(
            "SELECT CONCAT_WS('|', t.status, t.modified_gmt, t.agent_id, t.customer_id,"
                + " t.company_id, t.user_id, t.resolved_local,"
                + " (SELECT GROUP_CONCAT(x.term_id ORDER BY x.term_id) FROM ticket_term x"
                + " WHERE x.ticket_id = t.id),"
                + " (SELECT GROUP_CONCAT(a.user_id ORDER BY a.position) FROM ticket_agent a"
                + " WHERE a.ticket_id = t.id)) FROM ticket t WHERE t.id = ?",
            id)
        .get(0);
  }

  /** What a new ticket leaves in the database. */
  private static String traces() {
    return server
        .values(
            "SELECT CONCAT_WS('|', (SELECT COUNT(*) FROM ticket), (SELECT COUNT(*) FROM post),"
                + " (SELECT COUNT(*) FROM customer), (SELECT COUNT(*) FROM term),"
                + " (SELECT last_number FROM ticket_sequence),"
                + " (SELECT COUNT(*) FROM ticket_participant))")
        .get(0);
  }
}
