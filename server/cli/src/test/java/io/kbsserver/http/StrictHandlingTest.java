package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody knows, and what is given more than once: refused strictly, ignored leniently. */
class StrictHandlingTest {

  private static final String BOUNDARY = "----strict";
  private static final String MULTIPART = "multipart/form-data; boundary=" + BOUNDARY;
  private static final String IGNORED = "Kbs-Ignored-Parameters";

  private static TestServer server;
  private static HttpApi strict;
  private static HttpApi lenient;
  private static long category;
  private static long otherCategory;

  @BeforeAll
  static void makeTheSite() {
    server = TestServer.fresh();
    strict = server.user("support_manager").api();
    lenient = strict.preferring("lenient");
    category = server.term("ticket_categories", TestServer.unique("strict"));
    otherCategory = server.term("ticket_categories", TestServer.unique("strict"));
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static String address() {
    return TestServer.unique("strict") + "@example.com";
  }

  private static Answer newTicket(Object... more) {
    return strict.post("", ticket(address(), more)).assertOk();
  }

  /** A multipart form of these parts: name, value; a name with a file is {@code name;filename}. */
  private static String multipart(String... namesAndValues) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String[] name = namesAndValues[i].split(";", 2);
      body.append("--").append(BOUNDARY).append("\r\n");
      body.append("Content-Disposition: form-data; name=\"").append(name[0]).append('"');
      if (name.length > 1) {
        body.append("; filename=\"").append(name[1]).append("\"\r\n");
        body.append("Content-Type: application/octet-stream");
      }
      body.append("\r\n\r\n").append(namesAndValues[i + 1]).append("\r\n");
    }
    return body.append("--").append(BOUNDARY).append("--\r\n").toString();
  }

  private static String form(Map<String, ?> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue().toString().replace(" ", "+"))
        .collect(Collectors.joining("&"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | /wp-json/?per_pge=5                                | per_pge",
        "GET  | /wp-json/kbs/v1?per_pge=5                          | per_pge",
        "GET  | /wp-json/kbs/v1/tickets?per_pge=5                  | per_pge",
        "GET  | /wp-json/kbs/v1/tickets?priority=1&page=1&foo=bar  | priority foo",
        "GET  | /wp-json/kbs/v1/tickets?department=7               | department",
        "GET  | /wp-json/kbs/v1/tickets?Status=open                | Status",
        "GET  | /wp-json/kbs/v1/tickets?id=7                       | id",
        "GET  | /wp-json/kbs/v1/tickets?titel[a][b]=7              | titel",
        "GET  | /wp-json/kbs/v1/tickets?ticket_title=x             | ticket_title",
        "GET  | /?rest_route=/kbs/v1/tickets&per_pge=5             | per_pge",
        "GET  | /wp-json/kbs/v1/tickets/{id}?page=2                | page",
        "GET  | /wp-json/kbs/v1/tickets/{id}?number=1              | number",
        "HEAD | /wp-json/kbs/v1/tickets?per_pge=5                  | per_pge",
        "POST | /wp-json/kbs/v1/tickets/{id}?stauts=closed         | stauts",
        "PUT  | /wp-json/kbs/v1/tickets/{id}?per_page=10           | per_page",
        "PATCH| /wp-json/kbs/v1/tickets/{id}?titel=x               | titel",
        "OPTIONS| /wp-json/?per_pge=5                             | per_pge",
        "OPTIONS| /wp-json/kbs/v1?per_pge=5                       | per_pge",
        "OPTIONS| /wp-json/kbs/v1/tickets?per_pge=5                | per_pge",
        "OPTIONS| /wp-json/kbs/v1/tickets/{id}?per_page=5          | per_page",
        "POST | /wp-json/kbs/v1/tickets/{id}?_method=GET&status=open | status"
      })
  void aParameterThatNobodyKnowsIsRefusedOrNamed(String method, String path, String names) {
    String address = path.replace("{id}", String.valueOf(newTicket().id()));
    Answer refused = strict.send(method, address, null, null);
    if (method.equals("HEAD")) {
      assertEquals(400, refused.status(), refused::toString);
    } else {
      refused.assertError(400, "rest_invalid_param").assertNames(names.split(" "));
      // As in WordPress, before it is asked who calls.
      server.anonymous().send(method, address, null, null).assertNames(names.split(" "));
    }
    Answer ignored = lenient.send(method, address, null, null);
    assertEquals(200, ignored.status(), ignored::toString);
    assertEquals(names.replace(" ", ", "), ignored.header(IGNORED), ignored::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/wp-json/?context=view&_fields=name",
        "/wp-json/kbs/v1?namespace=kbs/v1&context=view",
        "/wp-json/kbs/v1/tickets?_locale=user&_wp_whatever=1&_embed=agent&_envelope=1&_pretty",
        "/wp-json/kbs/v1/tickets?rest_route=/kbs/v1/tickets&per_page=1",
        "/?rest_route=/kbs/v1/tickets&per_page=1",
        "/wp-json/kbs/v1/tickets?_method=GET&tax_relation=AND&ticket_tag_exclude=1&search=x",
        "/wp-json/kbs/v1/tickets/{id}?context=view&id={id}&_fields=id",
        "/wp-json/kbs/v1/tickets/{id}?id=",
        "/wp-json/kbs/v1/tickets?foo=&bar=0"
      })
  void whatWordPressAndTheContractKnowIsNeverRefused(String path) {
    String address = path.replace("{id}", String.valueOf(newTicket().id()));
    assertEquals("", strict.send("GET", address, null, null).assertOk().header(IGNORED));
    assertEquals("", lenient.send("GET", address, null, null).assertOk().header(IGNORED));
  }

  @Test
  void inAnEnvelopeStandsWhatWasIgnoredUnlessItFails() {
    Answer read = lenient.get("?colour=red&_envelope=1").assertOk();
    assertEquals("colour", read.json().at("/headers/Kbs-Ignored-Parameters").asText());
    assertEquals("", read.header("Kbs-Ignored-Parameters"));
    Answer none = lenient.get("/99999999?colour=red&_envelope=1").assertOk();
    assertEquals(404, none.json().path("status").asInt());
    assertEquals("", none.header("Kbs-Ignored-Parameters"));
    assertFalse(none.body().contains("kbs-ignored-parameters"));
  }

  @Test
  void whatIsWrongBesidesIsNamedInTheSameAnswer() {
    strict.get("?per_pge=5&order=up").assertNames("order", "per_pge");
    strict.get("?per_page=500&order=up&per_pge=5").assertNames("per_page", "per_pge");
  }

  static Stream<Map<String, Object>> fieldsThatNobodyTakes() {
    return Stream.of(
        fields("titel", "x"),
        fields("status", "closed"),
        fields("ticket_data", Map.of("agent", 5)),
        fields("source", "web", "date", "2024-01-01T00:00:00", "tags", List.of("a")),
        fields("Ticket_Title", "x"),
        fields("title", Map.of("raw", "x")));
  }

  @ParameterizedTest
  @MethodSource("fieldsThatNobodyTakes")
  void aFieldOfANewTicketThatNobodyTakesIsRefusedOrNamed(Map<String, Object> unknown) {
    String email = address();
    Map<String, Object> body = ticket(email);
    body.putAll(unknown);
    String[] names = unknown.keySet().toArray(String[]::new);
    strict.post("", body).assertNames(names);
    assertEquals(0, server.number("SELECT COUNT(*) FROM customer WHERE email = ?", email));
    Answer created = lenient.post("", body).assertOk();
    assertEquals(String.join(", ", names), created.header(IGNORED));
  }

  static Stream<Map<String, Object>> changesThatNobodyTakes() {
    return Stream.of(
        fields("ticket_title", "x"),
        fields("ticket_content", "x", "customer_email", "a@example.com"),
        fields("agent_id", 5),
        fields("post_status", "closed"),
        fields("a", Map.of("b", List.of(1))));
  }

  @ParameterizedTest
  @MethodSource("changesThatNobodyTakes")
  void aChangeThatNobodyTakesIsRefusedOrNamed(Map<String, Object> unknown) {
    long id = newTicket().id();
    Map<String, Object> change = fields("status", "closed");
    change.putAll(unknown);
    String[] names = unknown.keySet().toArray(String[]::new);
    for (String method : List.of("POST", "PUT", "PATCH")) {
      strict.json(method, "/" + id, change).assertNames(names);
    }
    assertEquals("new", strict.get("/" + id).text("status"));
    Answer changed = lenient.post("/" + id, change).assertOk();
    assertEquals("closed", changed.text("status"));
    assertEquals(String.join(", ", names), changed.header(IGNORED));
  }

  @Test
  void theSameHoldsForForms() {
    long id = newTicket().id();
    strict.post("/" + id, FORM, "status=closed&titel=x&a[b]=1").assertNames("titel", "a");
    strict
        .post("/" + id, MULTIPART, multipart("status", "closed", "titel", "x"))
        .assertNames("titel");
    Answer changed = lenient.post("/" + id, FORM, "status=closed&titel=x&a[b]=1").assertOk();
    assertEquals("titel, a", changed.header(IGNORED));
  }

  @Test
  void aFileThatNobodyTakesIsRefusedOrNamed() {
    long id = newTicket().id();
    String body = multipart("status", "closed", "scan[];a.txt", "x", "status;b.txt", "open");
    strict.post("/" + id, MULTIPART, body).assertNames("scan", "status");
    assertEquals("new", strict.get("/" + id).text("status"));
    Answer changed = lenient.post("/" + id, MULTIPART, body).assertOk();
    assertEquals("closed", changed.text("status"));
    assertEquals("scan, status", changed.header(IGNORED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "Identity", "identity, identity"})
  void aFormThatIsNotPackedIsRead(String coding) {
    HttpApi api = strict.with("Content-Encoding", coding);
    long id = newTicket().id();
    assertEquals("closed", api.post("/" + id, FORM, "status=closed").assertOk().text("status"));
    api.post("/" + id, MULTIPART, multipart("status", "hold")).assertOk();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: application/pdf; charset=binary",
        "Content-Type: application/pdf; charset=\"unknown-8bit\"",
        "Content-Type: application/pdf; charset=x y",
        "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64",
        "content-type: multipart/mixed",
        "Content-Type: multipart/mixed; boundary=none",
        "Content-Length: 100"
      })
  void whatAFileSaysOfItselfDoesNotMatter(String header) {
    String file = "Content-Disposition: form-data; name=\"f\"; filename=\"a.pdf\"";
    String encoded = "Content-Disposition: form-data; name=\"f\"; filename*=binary''a.pdf";
    for (String part :
        List.of(file + "\r\n" + header, header + "\r\n" + file, encoded + "\r\n" + header)) {
      assertIgnoredBesideAStatus("f", part + "\r\n\r\n%PDF\r\n\r\nx");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Disposition: form-data; name=\"\"\r\n\r\nx",
        "Content-Disposition: form-data; name=\" \"\r\n\r\nx",
        "Content-Disposition: form-data; name=\r\n\r\nx",
        "Content-Disposition: form-data\r\n\r\nx",
        "Content-Disposition: form-data; filename=\"a.txt\"\r\n\r\nx",
        "Content-Disposition: form-data; name=\"\"; filename=\"a.txt\"\r\n\r\nx",
        "Content-Type: text/plain\r\n\r\nx",
        "Content-Type: text/plain; charset=utf-8\r\n\r\n",
        "Content-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n\r\nx\r\n--in--",
        "Content-Type: multipart/mixed\r\n\r\nx",
        "no header\r\n\r\nx",
        "\r\nx",
        "\r\n"
      })
  void aPartWithoutANameIsRefusedOrNamed(String part) {
    assertIgnoredBesideAStatus("body", part);
  }

  @Test
  void aPartWithPartsIsAField() {
    String parts = "--in\r\nContent-Disposition: file; filename=\"a\"\r\n\r\nx\r\n--in--";
    String type = "Content-Type: multipart/mixed; boundary=in\r\n\r\n";
    assertIgnoredBesideAStatus(
        "f", "Content-Disposition: form-data; name=\"f\"\r\n" + type + parts);
  }

  @Test
  void aHeaderOfAPartMayGoOnInTheNextLine() {
    assertIgnoredBesideAStatus("f", "Content-Disposition: form-data;\r\n name=\"f\"\r\n\r\nx");
  }

  /** Wherever the part stands, the status beside it is taken. */
  private static void assertIgnoredBesideAStatus(String name, String part) {
    String extra = "--" + BOUNDARY + "\r\n" + part + "\r\n";
    String status = multipart("status", "closed");
    String end = "--" + BOUNDARY + "--\r\n";
    for (String form : List.of(extra + status, status.replace(end, extra + end))) {
      long id = newTicket().id();
      strict.post("/" + id, MULTIPART, form).assertNames(name);
      assertEquals("new", strict.get("/" + id).text("status"));
      Answer changed = lenient.post("/" + id, MULTIPART, form).assertOk();
      assertEquals("closed", changed.text("status"), form);
      assertEquals(name, changed.header(IGNORED), form);
    }
  }

  @Test
  void aFileFieldThatWasLeftEmptyIsNotGiven() {
    long id = newTicket().id();
    strict.post("/" + id, MULTIPART, multipart("status", "hold", "scan;", "")).assertOk();
  }

  @Test
  void aFormOnGetIsNamedAsWell() {
    String form = "page=2&per_page=1";
    strict.send("GET", TICKETS, FORM, form).assertNames("page", "per_page");
    Answer ignored = lenient.send("GET", TICKETS + "?per_page=3", FORM, form).assertOk();
    assertEquals("page, per_page", ignored.header(IGNORED));
    strict.send("GET", TICKETS, JSON, "{\"per_pge\": 5}").assertNames("per_pge");
    strict.send("GET", TICKETS, JSON, "{\"per_page\": 5}").assertOk();
  }

  @Test
  void aBodyThatIsNoObjectIsNamed() {
    long id = newTicket().id();
    strict.post("/" + id, JSON, "[\"closed\"]").assertNames("body");
    strict.post("/" + id, JSON, "\"closed\"").assertNames("body");
    assertEquals("body", lenient.post("/" + id, JSON, "[\"closed\"]").assertOk().header(IGNORED));
    for (String empty : List.of("null", "[]", "{}", "\"\"", "0", "false")) {
      strict.post("/" + id, JSON, empty).assertOk();
    }
  }

  @Test
  void aParameterOfWhatIsSwitchedOffIsUnknown() {
    server.set("enable_departments", "0");
    strict.get("?ticket_departments=7").assertNames("ticket_departments");
    Answer ignored = lenient.get("?ticket_departments=7").assertOk();
    assertEquals("ticket_departments", ignored.header(IGNORED));
  }

  @Test
  void anotherIdThanTheOneInThePathIsRefused() {
    long id = newTicket().id();
    long other = newTicket().id();
    for (HttpApi api : List.of(strict, lenient)) {
      api.get("/" + id + "?id=" + other).assertNames("id");
      api.send("PATCH", TICKETS + "/" + id + "?id=" + other, null, null).assertNames("id");
      api.post("/" + id, fields("id", id + "abc")).assertNames("id");
      api.post("/" + id, fields("id", -id)).assertNames("id");
      api.post("/" + id, fields("id", List.of(id))).assertNames("id");
      api.post("/" + id, fields("id", "0" + id)).assertOk();
    }
    server.set("ticket_prefix", "STRICT");
    String number = newTicket().text("ticket_data.number");
    lenient.get("/" + number + "?number=" + number).assertOk();
    lenient.get("/" + number + "?number=x1").assertEnvelopeOf(400);
  }

  /** A browser says nothing about a preflight that failed. */
  @Test
  void aPreflightIsNeverRefused() {
    HttpApi preflight =
        server
            .anonymous()
            .with("Origin", "https://example.org")
            .with("Access-Control-Request-Method", "GET");
    preflight.send("OPTIONS", TICKETS + "?per_pge=5&page=2&page=3", null, null).assertOk();
  }

  static Stream<String> listsOfTwo() {
    return Stream.of(
        "status=open&status=hold",
        "status[]=open&status[]=hold",
        "status[0]=open&status[1]=hold",
        "status=open,hold",
        "status=open&status[]=hold",
        "status[]=open&status=hold",
        "status[0]=open&status[0]=hold",
        "status=open,hold&status=hold",
        "status=&status=open&status=hold");
  }

  @ParameterizedTest
  @MethodSource("listsOfTwo")
  void strictlyRepeatedKeysAreTheList(String query) {
    long customer = server.customer(address(), null, null);
    long open = newTicket().id();
    strict.post("/" + open, fields("status", "open", "customer", customer)).assertOk();
    long hold = newTicket().id();
    strict.post("/" + hold, fields("status", "hold", "customer", customer)).assertOk();
    Answer both = strict.get("?order=asc&customer=" + customer + "&" + query);
    assertEquals(List.of(open, hold), both.ids());
    assertEquals("", both.header(IGNORED));
    Answer paged = strict.get("?per_page=1&customer=" + customer + "&" + query).assertOk();
    assertEquals(2, paged.total());
    String next = paged.header("Link").replaceFirst("^<[^>]*" + TICKETS + "([^>]*)>.*", "$1");
    assertEquals(List.of(open), strict.get(next).ids());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status=open&status=hold       | hold",
        "status=open&status[]=hold     | hold",
        "status[]=open&status=hold     | hold",
        "status[0]=open&status[0]=hold | hold",
        "status[]=hold&status[0]=open  | open"
      })
  void lenientlyTheLastCountsAndIsNamed(String query, String last) {
    long customer = server.customer(address(), null, null);
    for (String status : List.of("open", "hold")) {
      long id = newTicket().id();
      strict.post("/" + id, fields("status", status, "customer", customer)).assertOk();
    }
    Answer found = lenient.get("?customer=" + customer + "&" + query).assertOk();
    assertEquals(1, found.total());
    assertEquals(last, found.json().get(0).path("status").asText());
    assertEquals("status", found.header(IGNORED));
  }

  @Test
  void aScalarIsGivenOnce() {
    strict.get("?page=1&page=1").assertNames("page");
    strict.get("?search=a&search[]=b").assertNames("search");
    strict.get("?_pretty=1&_pretty=1").assertNames("_pretty");
    Answer last = lenient.get("?per_page=2&per_page=1").assertOk();
    assertEquals("per_page", last.header(IGNORED));
    assertEquals(1, last.ids().size());
  }

  @Test
  void fieldsAreGivenOnceHoweverTheyAreSent() {
    long id = newTicket().id();
    String form = "status=closed&status=hold";
    String parts = multipart("status", "closed", "status", "hold");
    String json = "{\"status\": \"closed\", \"status\": \"hold\"}";
    strict.post("/" + id, FORM, form).assertNames("status");
    strict.post("/" + id, MULTIPART, parts).assertNames("status");
    strict.post("/" + id, JSON, json).assertNames("status");
    strict.post("/" + id, JSON, "{\"a\": [{\"b\": 1, \"b\": 2}]}").assertNames("a");
    assertEquals("new", strict.get("/" + id).text("status"));
    for (Answer answer :
        List.of(
            lenient.post("/" + id, FORM, form),
            lenient.post("/" + id, MULTIPART, parts),
            lenient.post("/" + id, JSON, json))) {
      assertEquals("hold", answer.assertOk().text("status"));
      assertEquals("status", answer.header(IGNORED));
    }
    // The body wins over the query: that is no repetition.
    strict.post("/" + id + "?status=hold", fields("status", "closed")).assertOk();
  }

  @Test
  void repeatedFieldsOfAListAreTheList() {
    String both = "post_category=" + category + "&post_category=" + otherCategory;
    String[] parts = {
      "post_category", String.valueOf(category), "post_category", String.valueOf(otherCategory)
    };
    for (Answer created :
        List.of(
            strict.post("", FORM, form(ticket(address())) + "&" + both),
            strict.post("/" + newTicket().id(), FORM, both),
            strict.post("/" + newTicket().id(), MULTIPART, multipart(parts)))) {
      assertEquals(2, created.assertOk().json().path("ticket_categories").size());
    }
    server.set("multiple_agents", "1");
    long anna = server.user("support_agent").id();
    long bruno = server.user("support_agent").id();
    String agents = "agents=" + anna + "&agents=" + bruno;
    Answer changed = strict.post("/" + newTicket().id(), FORM, agents).assertOk();
    assertEquals(
        "[" + anna + "," + bruno + "]",
        changed.json().at("/ticket_data/additional_agents").toString());
    Answer last = lenient.post("/" + newTicket().id(), FORM, agents).assertOk();
    assertEquals("[" + bruno + "]", last.json().at("/ticket_data/additional_agents").toString());
    assertEquals("agents", last.header(IGNORED));
  }

  /** PHP's rules: an element without a key comes behind the highest, and none is lost. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "include[]=1&include[5]=2&include[]=3",
        "include[0]=1&include[]=2&include[]=3",
        "include[5]=1&include[0]=2&include[]=3",
        "include[-3]=1&include[]=2&include[]=3",
        "include[12345678901]=1&include[]=2&include[7]=3",
        "include[9]=1&include[8]=2&include[7]=3",
        "include[]=1,2&include[3]=3"
      })
  void noElementOfAListIsLost(String query) {
    List<Long> ids = List.of(newTicket().id(), newTicket().id(), newTicket().id());
    String given = query;
    for (int i = 0; i < 3; i++) {
      given = given.replaceFirst("(?<=[=,])" + (i + 1) + "(?=&|,|$)", "id" + i);
    }
    for (int i = 0; i < 3; i++) {
      given = given.replace("id" + i, String.valueOf(ids.get(i)));
    }
    if (query.contains(",")) {
      strict.get("?" + given).assertNames("include");
      return;
    }
    for (HttpApi api : List.of(strict, lenient)) {
      Answer found = api.get("?orderby=include&" + given);
      assertEquals(ids, found.ids());
      assertEquals("", found.header(IGNORED));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include[x]=1",
        "include[1][x]=1",
        "include[01]=1",
        "include[+1]=1",
        "include[99999999999999999999]=1",
        "include[]=1&include[x]=2"
      })
  void whatIsNoListIsRefused(String query) {
    strict.get("?" + query).assertNames("include");
    lenient.get("?" + query).assertNames("include");
  }

  @Test
  void formsHaveTheSameLists() {
    String[] mixed = {
      "post_category[]", String.valueOf(category), "post_category[5]", String.valueOf(otherCategory)
    };
    String form = mixed[0] + "=" + mixed[1] + "&" + mixed[2] + "=" + mixed[3];
    for (Answer changed :
        List.of(
            strict.post("/" + newTicket().id(), FORM, form),
            strict.post("/" + newTicket().id(), MULTIPART, multipart(mixed)))) {
      assertEquals(2, changed.assertOk().json().path("ticket_categories").size());
    }
  }

  @Test
  void theHeaderHoldsAnyNameAndHasABound() {
    Answer odd = lenient.get("?a%0d%0aX-Evil:%201=1&b%2cc=1&%C3%BC=1&d%20e=1&f=1").assertOk();
    assertEquals("a%0D%0AX-Evil%3A%201, b%2Cc, %C3%BC, d%20e, f", odd.header(IGNORED));
    assertEquals("", odd.header("X-Evil"));
    String many =
        IntStream.range(0, 900).mapToObj(i -> "name" + i + "=1").collect(Collectors.joining("&"));
    Answer bounded = lenient.get("?" + many).assertOk();
    assertTrue(bounded.header(IGNORED).length() <= 2000, bounded::toString);
    assertTrue(bounded.header(IGNORED).startsWith("name0, name1, "), bounded::toString);
    assertTrue(bounded.header(IGNORED).matches(".*, \\+\\d+"), bounded::toString);
    Answer refused = strict.get("?" + many);
    refused.assertEnvelopeOf(400);
    assertEquals(100, refused.json().at("/data/params").size());
    String longName = "ü".repeat(700);
    long id = newTicket().id();
    Answer cut = lenient.post("/" + id, fields("agent", 1, longName, 1)).assertOk();
    assertTrue(cut.header(IGNORED).length() <= 2000, cut::toString);
    assertFalse(strict.post("/" + id, fields(longName, 1)).body().contains(longName));
  }
}
