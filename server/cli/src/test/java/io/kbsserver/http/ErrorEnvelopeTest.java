package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.http.TestServer.User;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every failure is answered in WordPress's envelope, with the right status, and says no more. */
class ErrorEnvelopeTest {

  private static TestServer server;
  private static User manager;
  private static HttpApi api;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    api = manager.api();
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  @ParameterizedTest
  @CsvSource({
    "page=0, page",
    "page=x, page",
    "page=, page",
    "per_page=0, per_page",
    "per_page=101, per_page",
    "per_page=1.5, per_page",
    "offset=x, offset",
    "include=a, include",
    "exclude[x]=1, exclude",
    "order=up, order",
    "orderby=relevance, orderby",
    "orderby=include, include",
    "status=gone, status",
    "status[x]=open, status",
    "user=me, user",
    "customer=1+2, customer",
    "company[]=1, company",
    "agent=, agent",
    "search[]=x, search",
    "after=2026-01-01, after",
    "modified_after=yesterday, modified_after",
    "modified_before=2026-01-01, modified_before",
    "before=yesterday, before",
    "ticket_categories=x, ticket_categories",
    "ticket_tag_exclude=x, ticket_tag_exclude",
    "tax_relation=and, tax_relation",
    "context[]=edit, context",
    "_fields[a][b]=c, _fields",
    "page=1000000, page"
  })
  void aListParameterThatIsWrongIsNamed(String query, String parameter) {
    api.get("?" + query).assertNames(parameter);
  }

  @Test
  void allParametersThatAreWrongAreNamedAtOnce() {
    api.get("?order=up&status=gone&user=x&after=x&tax_relation=x")
        .assertNames("order", "status", "user", "after", "tax_relation");
  }

  @Test
  void allMissingFieldsAreNamedAtOnce() {
    String[] all = {
      "customer_first", "customer_last", "customer_email", "ticket_title", "ticket_content"
    };
    api.post("", Map.of()).assertNames(all).assertError(400, "required_fields");
    api.send("POST", TICKETS, null, null).assertNames(all).assertError(400, "required_fields");
    for (Object empty : new Object[] {"", "0", 0, false, List.of(), Map.of()}) {
      Map<String, Object> body = ticket("a@example.org");
      body.replaceAll((name, value) -> empty);
      api.post("", body).assertNames(all).assertError(400, "required_fields");
    }
    Map<String, Object> withNulls = ticket("a@example.org", "ticket_title", null);
    withNulls.put("customer_email", null);
    api.post("", withNulls)
        .assertNames("customer_email", "ticket_title")
        .assertError(400, "required_fields");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plainaddress",
        "a@b",
        "a@b.c",
        "ä@example.org",
        "a b@example.org",
        "@example.org",
        "a@-example.org",
        " a@example.org",
        "a@example.org\n"
      })
  void anAddressThatIsNoneIsNamed(String email) {
    api.post("", ticket(email)).assertNames("customer_email").assertError(400, "invalid_email");
  }

  @Test
  void aBannedAddressIsRefused() {
    server.set("banned_emails", "[\"gone@blocked.test\",\"spamdomain.test\"]");
    for (String email : List.of("gone@blocked.test", "x@SpamDomain.test")) {
      api.post("", ticket(email)).assertNames("customer_email").assertError(400, "invalid_email");
    }
    api.post("", ticket("notgone@blocked.test")).assertOk();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "",
        " ",
        "{\"a\":}",
        "{}x",
        "{\"a\":1,}",
        "\uFEFF{}",
        "{'a':1}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udc00\":1}",
        "[1",
        "nul",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":1e99999999999}"
      })
  void malformedJsonIsRefusedOnEveryMethodBeforeAnythingElse(String body) {
    if (body.isEmpty()) {
      return;
    }
    for (HttpApi each : List.of(api, server.anonymous())) {
      each.post("", JSON, body).assertError(400, "rest_invalid_json");
      each.post("/1", "application/json; charset=utf-8", body)
          .assertError(400, "rest_invalid_json");
      each.send("GET", TICKETS, JSON, body).assertError(400, "rest_invalid_json");
      each.send("PATCH", TICKETS + "/1", "application/vnd.api+json", body)
          .assertError(400, "rest_invalid_json");
    }
  }

  @Test
  void jsonThatIsTooDeepIsMalformed() {
    String deep = "{\"agent_id\":" + "[".repeat(600) + "]".repeat(600) + "}";
    api.post("", JSON, deep).assertError(400, "rest_invalid_json");
    api.post("", JSON, "[".repeat(100_000)).assertError(400, "rest_invalid_json");
    api.post("", JSON, "[".repeat(512) + "]".repeat(512)).assertError(400, "rest_invalid_json");
    api.preferring("lenient")
        .post("", JSON, "[".repeat(511) + "]".repeat(511))
        .assertError(400, "required_fields");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "garbage",
        "*/*",
        ";",
        "text/json",
        "text/x+json"
      })
  void aBodyOfAnotherTypeIsRefusedStrictlyAndNamedLeniently(String type) {
    String body = HttpApi.json(ticket("other.type@example.org"));
    api.post("", type, body).assertError(415, "rest_unsupported_media_type");
    api.preferring("strict").post("", type, body).assertError(415, "rest_unsupported_media_type");
    api.preferring("lenient").post("", type, body).assertError(400, "required_fields");
    long id = api.post("", ticket("other.type2@example.org")).assertOk().id();
    Answer lenient = api.preferring("lenient").post("/" + id, type, "{\"status\":\"closed\"}");
    assertEquals("new", lenient.assertOk().text("status"));
    assertEquals("body", lenient.header("Kbs-Ignored-Parameters"));
    assertEquals(
        0, server.number("SELECT COUNT(*) FROM customer WHERE email = 'other.type@example.org'"));
  }

  @Test
  void whoHasNoLoginIsAskedForOne() {
    for (HttpApi each :
        List.of(
            server.anonymous(),
            server.login(manager.login(), "wrong"),
            server.login("nobody", manager.password()),
            server.login(manager.login(), ""),
            api.authorized("Basic"),
            api.authorized("Basic !!!"),
            api.authorized("Bearer abc"),
            api.authorized("Basic " + "QQ".repeat(3000)),
            api.authorized(HttpApi.basic("", manager.password())))) {
      Answer answer = each.get("").assertError(401, "rest_forbidden_context");
      // A browser would ask for the password and send it along with the requests of any page.
      assertEquals("", answer.header("WWW-Authenticate"), answer::toString);
      assertEquals("Authentication failed.", answer.text("message"));
    }
  }

  @Test
  void parametersAreCheckedBeforeTheLogin() {
    server.anonymous().get("?page=0").assertNames("page");
    server.anonymous().get("/1").assertError(401, "rest_forbidden_context");
    server.anonymous().get("/nosuchnumber").assertError(401, "rest_forbidden_context");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /wp-json/kbs/v1/tickets",
    "PUT, /wp-json/kbs/v1/tickets",
    "PATCH, /wp-json/kbs/v1/tickets",
    "DELETE, /wp-json/kbs/v1/tickets/1",
    "BREW, /wp-json/kbs/v1/tickets",
    "GET, /wp-json/kbs/v1/tickets/1/2",
    "GET, /wp-json/kbs/v1/ticket",
    "GET, /wp-json//kbs/v1/tickets",
    "GET, /wp-json/kbs/v1/tickets/a-b",
    "GET, /wp-json/kbs/v1/tickets/-1",
    "GET, /wp-json/kbs/v1/tickets/1.0",
    "GET, /wp-json/kbs/v1/tickets/a%2Fb",
    "GET, /wp-json/kbs/v1/tickets/%00",
    "GET, /wp-json/kbs/v1/tickets/%20",
    "GET, /nothing",
    "POST, /",
    "GET, /health",
    "POST, /health/live",
    "GET, /health/liveness",
    "GET, /health/ready/database",
    "GET, /metrics",
    "GET, /prometheus",
    "GET, /info",
    "GET, /loggers",
    "GET, /threaddump",
    "GET, /routes",
    "GET, /beans",
    "GET, /env"
  })
  void whatIsNoRouteIsNotFoundForEverybody(String method, String path) {
    for (HttpApi each : List.of(api, server.anonymous())) {
      each.send(method, path, null, null).assertError(404, "rest_no_route");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/99999999", "/999999999999999999999999", "/nosuchnumber", "/0", "/000"})
  void whatIsNoTicketIsNotFound(String key) {
    api.get(key).assertError(404, "rest_post_invalid_id");
    // Updates go by id only.
    api.json("POST", key, Map.of())
        .assertError(404, key.matches("/\\d+") ? "rest_post_invalid_id" : "rest_no_route");
    api.get("/" + "9".repeat(5000)).assertError(404, "rest_post_invalid_id");
  }

  @Test
  void aSiteWithoutTicketsHasNoSuchRoute() {
    server.set("disable_tickets", "1");
    for (HttpApi each : List.of(api, server.anonymous())) {
      each.get("").assertError(404, "rest_no_route");
      each.get("/1").assertError(404, "rest_no_route");
      each.post("", ticket("off@example.org")).assertError(404, "rest_no_route");
      each.post("/1", fields("status", "open")).assertError(404, "rest_no_route");
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    String large = "x".repeat(8 * 1024 * 1024 + 1);
    for (String type : List.of(JSON, FORM, "text/plain", "multipart/form-data; boundary=B")) {
      Answer answer = api.post("", type, large);
      answer.assertError(413, "rest_content_too_large");
    }
  }

  @Test
  void aHeaderThatIsTooLargeIsRefused() {
    Answer answer = api.with("X-Large", "x".repeat(20_000)).get("");
    assertEquals(431, answer.status(), answer::toString);
    answer.assertError(answer.status(), answer.text("code"));
    Answer uri = api.get("?search=" + "x".repeat(20_000));
    assertTrue(uri.status() == 414 || uri.status() == 431, uri::toString);
    uri.assertError(uri.status(), uri.text("code"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /wp-json/kbs/v1/tickets/%zz HTTP/1.1",
        "GET /wp-json/kbs/v1/tickets?search=%zz HTTP/1.1",
        "GET /wp-json/kbs/v1/tickets?search=% HTTP/1.1",
        "GET /wp-json/kbs/v1/tickets?search=a|b HTTP/1.1",
        "GET /wp-json/kbs/v1/tickets?search={a} HTTP/1.1",
        "GET /wp-json/kbs/v1/tickets?search=\"a\" HTTP/1.1",
        "GET /wp-json/kbs/v1/tickets?search=<a> HTTP/1.1",
        "GET /wp-json/kbs/v1/tickets?search=ä HTTP/1.1",
        "GET http:///wp-json/kbs/v1/tickets HTTP/1.1",
        "GET //[/ HTTP/1.1",
        "GET wp-json HTTP/1.1",
        "GET * HTTP/1.1",
        "GET ?x HTTP/1.1",
        "GET /wp-json/kbs/v1/tickets HTTP/9.9",
        "GET /wp-json/kbs/v1/tickets",
        "\u0000\u0001\u0002",
      })
  void aRequestLineThatIsMalformedIsAnsweredInTheEnvelope(String line) {
    Answer answer =
        new RawHttp(server.port())
            .send(
                line
                    + "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                    + HttpApi.basic(manager.login(), manager.password())
                    + "\r\n\r\n");
    assertTrue(answer.status() == 200 || answer.status() / 100 == 4, answer::toString);
    if (answer.status() != 200) {
      answer.assertError(answer.status(), answer.text("code"));
    }
    assertTrue(answer.innerLife().isEmpty(), answer::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml", "image/png", "garbage", "", "*/*;q=0"})
  void whateverTheClientAcceptsItGetsJson(String accepted) {
    Answer answer = api.with("Accept", accepted).get("?per_page=1").assertOk();
    assertTrue(answer.json().isArray());
    api.with("Accept", accepted).get("/99999999").assertError(404, "rest_post_invalid_id");
  }

  @Test
  void everyAnswerSaysItsCharset() {
    long id = api.post("", ticket("charset@example.org")).assertOk().id();
    for (Answer answer :
        List.of(api.get(""), api.get("/" + id), api.get("?page=0"), server.anonymous().get(""))) {
      assertEquals(
          "application/json; charset=utf-8",
          answer.header("Content-Type").toLowerCase(java.util.Locale.ROOT),
          answer::toString);
      assertEquals("noindex", answer.header("X-Robots-Tag"));
      assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    }
  }

  @Test
  void aFailureInsideIsAnsweredWithAReferenceOnly() throws Exception {
    long id = api.post("", ticket("broken@example.org")).assertOk().id();
    server.sql("UPDATE ticket SET form_id = '1', form_data = '{broken' WHERE id = ?", id);
    try {
      for (String path : List.of("/" + id, "?include=" + id)) {
        Answer answer = api.get(path).assertError(500, "internal_server_error");
        assertTrue(
            answer.text("message").matches(".*Reference: [0-9a-f]{12}\\."), answer::toString);
        JsonNode data = new ObjectMapper().readTree(answer.body()).path("data");
        assertEquals(1, data.size(), answer::toString);
        assertFalse(answer.body().contains("broken"), answer::toString);
      }
    } finally {
      server.sql("UPDATE ticket SET form_id = NULL, form_data = NULL WHERE id = ?", id);
    }
  }
}
