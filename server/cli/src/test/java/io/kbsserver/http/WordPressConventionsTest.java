package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.http.TestServer.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What WordPress does on every route, whichever it is. */
class WordPressConventionsTest {

  private static final String TICKET = "/kbs/v1/tickets/(?P<id>\\d+)";
  private static final String NUMBER = "/kbs/v1/tickets/(?P<number>([a-zA-Z0-9]+))";
  private static final String REPLIES = "/kbs/v1/replies";
  private static final String REPLIES_OF_A_TICKET = REPLIES + "/ticket/(?P<id>\\d+)";
  private static final String NOTES = "/kbs/v1/tickets/(?P<id>[\\d]+)/notes";
  private static final String HISTORY = "/kbs/v1/tickets/(?P<id>[\\d]+)/history";
  private static final String FILE = "/kbs/v1/tickets/(?P<id>[\\d]+)/files/(?P<file_id>[\\d]+)";
  private static final String AGENTS = "/kbs/v1/agents";
  private static final String CUSTOMERS = "/kbs/v1/customers";
  private static final String FORMS = "/kbs/v1/forms";
  private static final String FIELDS = "/kbs/v1/forms/fields";
  private static final String OF_DIGITS = "/(?P<id>\\d+)";
  private static final String COMPANIES = "/kbs/v1/companies";
  private static final String WEBHOOKS = "/kbs/v1/webhooks";
  private static final String WEBHOOK = WEBHOOKS + "/(?P<webhook_id>[\\d]+)";
  private static final String OF_ID = "/(?P<id>[\\d]+)";

  private static TestServer server;
  private static User manager;
  private static User customer;
  private static long id;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    customer = server.user("support_customer");
    Answer created = manager.api().post("", HttpApi.ticket(customer.email())).assertOk();
    id = created.json().get("id").asLong();
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static Answer get(HttpApi api, String path) {
    return api.send("GET", path, null, null);
  }

  private static Answer options(HttpApi api, String path) {
    return api.send("OPTIONS", path, null, null).assertOk();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  // Discovery

  @ParameterizedTest
  @ValueSource(strings = {"/wp-json", "/wp-json/", "/?rest_route=/", "/index.php?rest_route=/"})
  void theIndexTellsEverybodyWhatThereIs(String path) {
    server.set("site_name", "Support & Söhne").set("time_zone", "Asia/Kolkata");
    JsonNode index = get(server.anonymous(), path).assertOk().json();
    assertEquals("Support & Söhne", index.get("name").asText());
    assertEquals("Asia/Kolkata", index.get("timezone_string").asText());
    assertEquals("5.5", index.get("gmt_offset").asText());
    assertEquals(server.address(), index.get("url").asText());
    assertEquals("[\"kbs/v1\",\"wp/v2\"]", index.get("namespaces").toString());
    assertTrue(index.get("authentication").has("application-passwords"));
    assertEquals(
        Set.of(
            "/",
            "/batch/v1",
            "/kbs/v1",
            "/wp/v2",
            "/wp/v2/ticket_categories",
            "/wp/v2/ticket_categories/(?P<id>[\\d]+)",
            "/wp/v2/ticket_tag",
            "/wp/v2/ticket_tag/(?P<id>[\\d]+)",
            "/wp/v2/ticket_departments",
            "/wp/v2/ticket_departments/(?P<id>[\\d]+)",
            "/wp/v2/ticket_sources",
            "/wp/v2/ticket_sources/(?P<id>[\\d]+)",
            "/wp/v2/users",
            "/wp/v2/users/me",
            "/wp/v2/users/(?P<id>[\\d]+)",
            "/wp/v2/users/(?P<user_id>(?:[\\d]+|me))/application-passwords",
            "/wp/v2/users/(?P<user_id>(?:[\\d]+|me))/application-passwords/introspect",
            "/wp/v2/users/(?P<user_id>(?:[\\d]+|me))/application-passwords/(?P<uuid>[\\w\\-]+)",
            "/wp/v2/articles",
            "/wp/v2/articles" + OF_ID,
            "/wp/v2/media",
            "/wp/v2/media" + OF_ID,
            FORMS,
            FORMS + OF_DIGITS,
            FIELDS,
            FIELDS + OF_DIGITS,
            "/kbs/v1/tickets",
            TICKET,
            NUMBER,
            REPLIES_OF_A_TICKET,
            REPLIES + "/(?P<id>\\d+)",
            NOTES,
            NOTES + "/(?P<note_id>[\\d]+)",
            HISTORY,
            FILE,
            "/kbs/v1/tickets/export",
            "/kbs/v1/changes",
            "/kbs/v1/events",
            WEBHOOKS,
            WEBHOOK,
            WEBHOOK + "/deliveries",
            WEBHOOK + "/secrets",
            AGENTS,
            AGENTS + OF_ID,
            CUSTOMERS,
            CUSTOMERS + OF_ID,
            COMPANIES,
            COMPANIES + OF_ID),
        names(index.get("routes")));
  }

  @ParameterizedTest
  @CsvSource({"-03:30, -3.5", "+00:00, 0"})
  void anOffsetIsNoZone(String offset, String hours) {
    server.set("time_zone", offset);
    JsonNode index = get(server.anonymous(), "/wp-json/").assertOk().json();
    assertEquals("", index.get("timezone_string").asText());
    assertEquals(hours, index.get("gmt_offset").asText());
  }

  @Test
  void theNamespaceListsItsRoutesWithTheirArguments() {
    JsonNode index = get(server.anonymous(), "/wp-json/kbs/v1").assertOk().json();
    assertEquals("kbs/v1", index.get("namespace").asText());
    assertEquals(server.address() + "/wp-json/", index.at("/_links/up/0/href").asText());
    JsonNode routes = index.get("routes");
    assertEquals(
        Set.of(
            "/kbs/v1",
            FORMS,
            FORMS + OF_DIGITS,
            FIELDS,
            FIELDS + OF_DIGITS,
            "/kbs/v1/tickets",
            TICKET,
            NUMBER,
            REPLIES_OF_A_TICKET,
            REPLIES + "/(?P<id>\\d+)",
            NOTES,
            NOTES + "/(?P<note_id>[\\d]+)",
            HISTORY,
            FILE,
            "/kbs/v1/tickets/export",
            "/kbs/v1/changes",
            "/kbs/v1/events",
            WEBHOOKS,
            WEBHOOK,
            WEBHOOK + "/deliveries",
            WEBHOOK + "/secrets",
            AGENTS,
            AGENTS + OF_ID,
            CUSTOMERS,
            CUSTOMERS + OF_ID,
            COMPANIES,
            COMPANIES + OF_ID),
        names(routes));
    JsonNode list = routes.get("/kbs/v1/tickets");
    assertEquals("[\"GET\",\"POST\"]", list.get("methods").toString());
    assertEquals(
        server.address() + "/wp-json/kbs/v1/tickets", list.at("/_links/self/0/href").asText());
    JsonNode perPage = list.at("/endpoints/0/args/per_page");
    assertEquals("integer", perPage.get("type").asText());
    assertEquals(10, perPage.get("default").asInt());
    assertEquals(100, perPage.get("maximum").asInt());
    assertFalse(perPage.get("required").asBoolean());
    assertFalse(perPage.get("description").asText().isEmpty());
    assertEquals("date-time", list.at("/endpoints/0/args/after/format").asText());
    assertEquals(
        "[\"new\",\"open\",\"hold\",\"closed\"]",
        list.at("/endpoints/0/args/status/items/enum").toString());
    assertTrue(list.at("/endpoints/1/args/customer_email/required").asBoolean());
    assertFalse(list.at("/endpoints/1/args/agent_id/required").asBoolean());
    JsonNode ticket = routes.get(TICKET);
    assertEquals("[\"GET\",\"POST\",\"PUT\",\"PATCH\"]", ticket.get("methods").toString());
    assertEquals(2, ticket.get("endpoints").size());
    assertEquals("[\"POST\",\"PUT\",\"PATCH\"]", ticket.at("/endpoints/1/methods").toString());
    assertFalse(ticket.has("_links"));
    assertEquals("[\"GET\"]", routes.get(NUMBER).get("methods").toString());
  }

  @Test
  void whatIsSwitchedOffIsNotListed() {
    server.set("enable_departments", "");
    JsonNode arguments =
        get(server.anonymous(), "/wp-json/kbs/v1")
            .json()
            .at("/routes/~1kbs~1v1~1tickets/endpoints/0/args");
    assertFalse(arguments.has("ticket_departments"));
    assertTrue(arguments.has("ticket_categories"));
    server.set("disable_tickets", "1");
    assertEquals(
        Set.of("/kbs/v1", CUSTOMERS, CUSTOMERS + OF_ID, AGENTS, AGENTS + OF_ID),
        names(get(server.anonymous(), "/wp-json/kbs/v1").assertOk().json().get("routes")));
    assertEquals("[]", options(manager.api(), HttpApi.TICKETS).json().toString());
    manager.api().get("").assertError(404, "rest_no_route");
  }

  @Test
  void everyAnswerLeadsToTheIndex() {
    String link = "<" + server.address() + "/wp-json/>; rel=\"https://api.w.org/\"";
    assertEquals(link, server.anonymous().get("").header("Link"));
    assertEquals(link, manager.api().get("/" + id).header("Link"));
    assertEquals(link, get(server.anonymous(), "/wp-json/kbs/v1/nothing").header("Link"));
    assertEquals(link, get(server.anonymous(), "/").assertOk().header("Link"));
  }

  @Test
  void optionsDescribesARouteWithItsSchema() {
    JsonNode list = options(server.anonymous(), HttpApi.TICKETS).json();
    assertEquals("kbs/v1", list.get("namespace").asText());
    assertEquals("ticket", list.at("/schema/title").asText());
    assertEquals("string", list.at("/schema/properties/title/properties/rendered/type").asText());
    assertTrue(list.at("/schema/properties/ticket_data/properties/participants").isObject());
    JsonNode number = options(server.anonymous(), HttpApi.TICKETS + "/KBS1").json();
    assertEquals("[\"GET\"]", number.get("methods").toString());
    assertTrue(number.at("/endpoints/0/args").has("number"));
    assertEquals("[]", options(server.anonymous(), "/wp-json/kbs/v1/nothing").json().toString());
  }

  // What may be done

  @Test
  void allowNamesWhatTheCallerMayDo() {
    String ticket = "/" + id;
    assertEquals("GET, POST", manager.api().get("").header("Allow"));
    assertEquals("GET, POST", customer.api().get("").header("Allow"));
    assertEquals("", server.anonymous().get("").header("Allow"));
    assertEquals("GET, POST, PUT, PATCH", manager.api().get(ticket).header("Allow"));
    assertEquals("GET", customer.api().get(ticket).assertOk().header("Allow"));
    assertEquals("GET", get(server.anonymous(), "/wp-json/").header("Allow"));
    // What was refused is not allowed, with this context.
    Answer refused = customer.api().get("?context=edit");
    assertEquals("POST", refused.assertError(403, "rest_forbidden_context").header("Allow"));
    User stranger = server.user("support_customer");
    assertEquals("", stranger.api().get(ticket).assertError(403, "rest_forbidden").header("Allow"));
    String path = HttpApi.TICKETS + ticket;
    assertEquals("GET, POST, PUT, PATCH", options(manager.api(), path).header("Allow"));
    assertEquals("GET", options(customer.api(), path).header("Allow"));
    assertEquals("", options(stranger.api(), path).header("Allow"));
    assertEquals("", options(server.anonymous(), path).header("Allow"));
    assertEquals("", options(manager.api(), HttpApi.TICKETS + "/999999").header("Allow"));
  }

  /** FINDINGS 2 and 3: whoever has logged in is known even where a request is refused early. */
  @ParameterizedTest
  @CsvSource({
    "GET, '?page=0', '', 400",
    "GET, '?page=1000', '', 400",
    "GET, '?orderby=include', '', 400",
    "GET, '', '{', 400",
    "POST, '', '{', 400",
    "POST, '', '{}', 400",
    "HEAD, '?page=0', '', 400",
  })
  void aRefusalOfTheListTellsWhoHasLoggedInWhatMayBeDone(
      String method, String query, String body, int status) {
    Answer known = send(manager.api(), method, query, body);
    assertEquals(status, known.status(), known::toString);
    assertEquals("GET, POST", known.header("Allow"));
    assertEquals("no-cache, must-revalidate, max-age=0", known.header("Cache-Control"));
    assertEquals("Wed, 11 Jan 1984 05:00:00 GMT", known.header("Expires"));
    assertFalse(known.header("Vary").contains("Origin"), known::toString);
    Answer unknown = send(server.anonymous(), method, query, body);
    for (String name : List.of("Allow", "Cache-Control", "Expires")) {
      assertEquals("", unknown.header(name), unknown::toString);
    }
    assertEquals("Origin", unknown.header("Vary"), unknown::toString);
    String sign = query.isEmpty() ? "?" : "&";
    Answer wrapped = send(manager.api(), method, query + sign + "_envelope", body);
    assertEquals("no-cache, must-revalidate, max-age=0", wrapped.header("Cache-Control"));
    assertEquals("", wrapped.header("Allow"), wrapped::toString);
    if (!method.equals("HEAD")) {
      assertEquals("GET, POST", wrapped.text("headers.Allow"), wrapped::toString);
      assertEquals(status, wrapped.json().get("status").asInt());
    }
  }

  private static Answer send(HttpApi api, String method, String query, String body) {
    return body.isEmpty()
        ? api.send(method, HttpApi.TICKETS + query, null, null)
        : api.send(method, HttpApi.TICKETS + query, HttpApi.JSON, body);
  }

  @Test
  void whatIsNotThereAllowsNothing() {
    for (String path : List.of("/wp-json/kbs/v1/nothing", HttpApi.TICKETS + "/999999")) {
      Answer missing = get(manager.api(), path);
      assertEquals(404, missing.status());
      assertEquals("", missing.header("Allow"), missing::toString);
      assertEquals("no-cache, must-revalidate, max-age=0", missing.header("Cache-Control"));
      assertEquals("", missing.header("Vary"), missing::toString);
    }
    server.set("disable_tickets", "1");
    Answer off = manager.api().get("").assertError(404, "rest_no_route");
    assertEquals("", off.header("Allow"), off::toString);
    assertEquals("no-cache, must-revalidate, max-age=0", off.header("Cache-Control"));
  }

  @Test
  void aNonceIsRefusedBeforeAParameterIs() {
    server.anonymous().get("?page=0&_wpnonce=x").assertError(403, "rest_cookie_invalid_nonce");
    manager.api().get("?page=0&_wpnonce=x").assertNames("page");
  }

  /** Whoever is told that a method is allowed is not refused, and whoever is not told is. */
  @ParameterizedTest
  @ValueSource(
      strings = {"administrator", "support_manager", "support_agent", "support_customer", "editor"})
  void allowKeepsItsWord(String role) {
    HttpApi api = server.user(role).api();
    for (String path : List.of("", "/" + id)) {
      List<String> allowed =
          List.of(options(api, HttpApi.TICKETS + path).header("Allow").split(", "));
      for (String method : List.of("GET", "POST", "PUT", "PATCH")) {
        if (path.isEmpty() && method.startsWith("P") && !method.equals("POST")) {
          continue;
        }
        Answer answer = api.json(method, path, Map.of());
        assertEquals(
            allowed.contains(method),
            answer.status() != 403,
            () -> role + ": " + allowed + " but " + answer);
      }
    }
  }

  // Methods

  @Test
  void theMethodCanBeGivenOtherwise() {
    assertTrue(manager.api().post("?_method=GET&per_page=1", Map.of()).assertOk().json().isArray());
    assertTrue(manager.api().post("?_method=get&per_page=1", Map.of()).assertOk().json().isArray());
    HttpApi overriding = manager.api().with("X-HTTP-Method-Override", "PATCH");
    Answer closed = overriding.json("GET", "/" + id, Map.of("status", "closed")).assertOk();
    assertEquals("closed", closed.text("status"));
    Answer held = manager.api().post("/" + id + "?_method=PUT", Map.of("status", "hold"));
    assertEquals("hold", held.assertOk().text("status"));
    // The parameter goes before the header.
    Answer read =
        overriding
            .preferring("lenient")
            .json("POST", "/" + id + "?_method=GET", Map.of("status", "open"));
    assertEquals("hold", read.assertOk().text("status"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?_method=DELETE", "?_method=", "?_method=FOO", "?_method[]=GET"})
  void anUnknownMethodHasNoRoute(String query) {
    manager.api().get(query).assertError(404, "rest_no_route");
    manager.api().post("/" + id + query, Map.of()).assertError(404, "rest_no_route");
  }

  @Test
  void aBodyCannotChangeTheMethod() {
    manager.api().post("", HttpApi.FORM, "_method=GET").assertError(400, "required_fields");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?per_page=1", "?page=0"})
  void headIsGetWithoutABody(String query) {
    Answer get = manager.api().get(query);
    for (Answer head :
        List.of(
            manager.api().send("HEAD", HttpApi.TICKETS + query, null, null),
            manager.api().with("X-HTTP-Method-Override", "HEAD").get(query))) {
      assertEquals("", head.body());
      assertEquals(get.status(), head.status());
      for (String name : List.of("X-WP-Total", "X-WP-TotalPages", "Link", "Allow")) {
        assertEquals(get.header(name), head.header(name));
      }
    }
  }

  // Envelope

  @ParameterizedTest
  @ValueSource(strings = {"_envelope", "_envelope=1", "_envelope=0"})
  void theEnvelopeHoldsStatusAndHeaders(String envelope) {
    Answer plain = manager.api().get("?per_page=1&_fields=id");
    Answer wrapped = manager.api().get("?per_page=1&_fields=id&" + envelope).assertOk();
    assertEquals(plain.json(), wrapped.json().get("body"));
    assertEquals(200, wrapped.json().get("status").asInt());
    JsonNode headers = wrapped.json().get("headers");
    assertEquals(plain.header("X-WP-Total"), headers.get("X-WP-Total").asText());
    assertTrue(headers.get("X-WP-TotalPages").isNumber());
    assertEquals("GET, POST", headers.get("Allow").asText());
    assertEquals("", wrapped.header("X-WP-Total"));
    assertTrue(wrapped.header("Link").contains("api.w.org"));
    assertTrue(
        Set.of("Allow", "Link", "X-WP-Total", "X-WP-TotalPages").containsAll(names(headers)));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /wp-json/kbs/v1/tickets?_envelope&search=%FF, search, 'GET, POST'",
    "GET, /wp-json/kbs/v1/tickets?search=%FF&_envelope, search, 'GET, POST'",
    "GET, /?rest_route=/kbs/v1/tickets&search=%FF&_envelope, search, 'GET, POST'",
    "POST, /wp-json/kbs/v1/tickets?_method=GET&_envelope&search=%FF, search, 'GET, POST'",
    "GET, /wp-json/kbs/v1/tickets?_envelope&_method=%FF, _method, ''",
    "GET, /?_envelope&rest_route=/kbs/v1/tickets/%FF, rest_route, GET",
    "GET, /?_envelope&rest_route=%FF, rest_route, GET",
    "GET, /wp-json/kbs/v1/tickets?_envelope&%FF=1, %FF, 'GET, POST'"
  })
  void whatCanBeReadOfAQueryCounts(String method, String target, String name, String allow) {
    Answer answer = manager.api().send(method, target, null, null).assertOk();
    assertEquals(400, answer.json().get("status").asInt(), answer::toString);
    assertTrue(answer.json().at("/body/data/params").has(name), answer::toString);
    assertEquals(allow, answer.json().at("/headers/Allow").asText(), answer::toString);
  }

  @Test
  void theEnvelopeHoldsFailures() {
    Answer refused = server.anonymous().get("?_envelope").assertOk();
    assertEquals(401, refused.json().get("status").asInt());
    assertEquals("rest_forbidden_context", refused.json().at("/body/code").asText());
    Answer invalid = manager.api().get("?_envelope&page=0").assertOk();
    assertEquals(400, invalid.json().get("status").asInt());
    assertTrue(invalid.json().at("/body/data/params").has("page"));
    Answer missing = get(manager.api(), "/wp-json/kbs/v1/nothing?_envelope").assertOk();
    assertEquals(404, missing.json().get("status").asInt());
    Answer created =
        manager.api().post("?_envelope", HttpApi.ticket("envelope@example.org")).assertOk();
    assertTrue(
        created
            .json()
            .at("/headers/Location")
            .asText()
            .endsWith("/" + created.json().at("/body/id").asText()));
  }

  // Embedding

  @ParameterizedTest
  @CsvSource({
    "_embed, customer;user", // every relation that can be
    "_embed=1, customer;user",
    "_embed=true, customer;user",
    "_embed=customer, customer",
    "'_embed=customer,user,replies', customer;user",
    "_embed[]=user&_embed[]=agent, user",
    "_embed=self, ''",
    "_embed=nothing, ''"
  })
  void whatIsAskedForIsEmbedded(String query, String relations) {
    JsonNode single = manager.api().get("/" + id + "?" + query).assertOk().json();
    assertEquals(relations, String.join(";", names(single.path("_embedded"))));
    JsonNode item = manager.api().get("?include=" + id + "&" + query).assertOk().json().get(0);
    assertEquals(single.path("_embedded"), item.path("_embedded"));
  }

  @Test
  void whatCannotBeReadIsEmbeddedAsAnError() {
    JsonNode ticket = manager.api().get("/" + id + "?_embed").assertOk().json();
    assertEquals(1, ticket.at("/_embedded/user").size());
    assertEquals("rest_user_cannot_view", ticket.at("/_embedded/user/0/code").asText());
    assertEquals(403, ticket.at("/_embedded/user/0/data/status").asInt());
    assertTrue(ticket.has("title"));
    // Without links there is nothing to embed.
    JsonNode trimmed =
        manager.api().get("?include=" + id + "&_embed&_fields=id").assertOk().json().get(0);
    assertEquals(Set.of("id"), names(trimmed));
  }

  /** PHP goes on where both the answer and the wish have more inside, and nowhere else. */
  @Test
  void fieldsInsideOfWhatHasNoFieldsLeaveItWhole() {
    User agent = server.user("support_agent");
    Answer created =
        manager.api().post("", HttpApi.ticket("fields@example.org", "agent_id", agent.id()));
    String path = "/" + created.assertOk().id() + "?_fields=";
    JsonNode whole = created.json();
    JsonNode inside =
        manager.api().get(path + "id.x,title.rendered.x,title.none").assertOk().json();
    assertEquals(whole.get("id"), inside.get("id"));
    assertEquals(whole.at("/title/rendered"), inside.at("/title/rendered"));
    assertEquals(1, inside.get("title").size());
    JsonNode places =
        manager.api().get(path + "ticket_data.participants.0,ticket_data.key.x").assertOk().json();
    assertEquals(whole.at("/ticket_data/key"), places.at("/ticket_data/key"));
    assertEquals("[\"fields@example.org\"]", places.at("/ticket_data/participants").toString());
  }

  @Test
  void nullInABodyHidesNothingOfTheQuery() {
    Answer created =
        manager
            .api()
            .send(
                "POST",
                HttpApi.TICKETS + "?ticket_title=Asked",
                HttpApi.JSON,
                HttpApi.json(HttpApi.ticket("null@example.org", "ticket_title", null)));
    assertEquals("Asked", created.assertOk().text("title.raw"));
  }

  /**
   * WordPress looks at the context when it looks at the page, and at the rest when both are right.
   */
  @Test
  void theContextIsLookedAtFirst() {
    manager.api().get("?context%5B%5D=view&page=0&order=none").assertNames("page", "context");
  }

  @Test
  void aBodyWithoutATypeIsAForm() {
    long id = manager.api().post("", HttpApi.ticket("untyped@example.org")).assertOk().id();
    for (String method : List.of("PUT", "PATCH")) {
      String status = method.equals("PUT") ? "closed" : "open";
      manager.api().send(method, HttpApi.TICKETS + "/" + id, null, "status=" + status).assertOk();
      assertEquals(status, manager.api().get("/" + id).assertOk().text("status"));
    }
  }

  // Addresses

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/wp-json/kbs/v1/tickets",
        "/wp-json/kbs/v1/tickets/",
        "/wp-json/KBS/V1/Tickets",
        "/index.php/wp-json/kbs/v1/tickets",
        "/?rest_route=/kbs/v1/tickets",
        "/?rest_route=kbs/v1/tickets/",
        "/?rest_route=%2FKBS%2Fv1%2Ftickets",
        "/index.php?rest_route=/kbs/v1/tickets"
      })
  void aRouteHasSeveralAddresses(String path) {
    server.anonymous().send("GET", path, null, null).assertError(401, "rest_forbidden_context");
    String more = path.contains("?") ? "&" : "?";
    Answer answer = get(manager.api(), path + more + "per_page=1&_fields=id").assertOk();
    assertEquals(1, answer.json().size());
    answer = get(manager.api(), path + more + "per_page=0");
    answer.assertError(400, "rest_invalid_param").assertNames("per_page");
    answer =
        manager
            .api()
            .send("POST", path, HttpApi.JSON, HttpApi.json(HttpApi.ticket("route@example.org")))
            .assertOk();
    assertEquals("route@example.org", answer.json().at("/ticket_data/email").asText());
  }

  @Test
  void aSlashAtTheEndStaysOutOfLinksAndOfTheChoiceOfTheRoute() {
    manager.api().post("", HttpApi.ticket("slash@example.org")).assertOk();
    String link = manager.api().get("/?per_page=1").assertOk().header("Link");
    assertTrue(link.startsWith("<" + server.address() + "/wp-json/kbs/v1/tickets?"), link);
    Answer described = options(manager.api(), HttpApi.TICKETS + "/" + id + "/");
    assertEquals("GET, POST, PUT, PATCH", described.header("Allow"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/wp-json/kbs/v1/tickets//",
        "/wp-json//kbs/v1/tickets",
        "/WP-JSON/kbs/v1/tickets",
        "/wp-jsonkbs/v1/tickets",
        "/?rest_route=/kbs/v1/nothing",
        "/?rest_route=/%00%0d%0a",
        "/?rest_route[]=/kbs/v1/tickets",
        "/other?rest_route=/kbs/v1/tickets"
      })
  void otherAddressesHaveNoTickets(String path) {
    Answer answer = get(manager.api(), path);
    assertTrue(answer.status() == 404 || path.contains("[]"), answer::toString);
    assertFalse(answer.body().contains("ticket_data"), answer::toString);
    assertEquals(List.of(), new ArrayList<>(answer.innerLife().stream().toList()));
  }

  @Test
  void pagesAreLinkedFromEveryAddress() {
    manager.api().post("", HttpApi.ticket("second@example.org")).assertOk();
    String link = get(manager.api(), "/?rest_route=/kbs/v1/tickets&per_page=1").header("Link");
    assertTrue(link.startsWith("<" + server.address() + "/wp-json/kbs/v1/tickets?"), link);
    String next = link.substring(1, link.indexOf('>')).substring(server.address().length());
    assertEquals(1, get(manager.api(), next).assertOk().json().size());
  }

  // Browsers

  @ParameterizedTest
  @CsvSource({
    "https://app.example, https://app.example",
    "http://localhost:3000, http://localhost:3000",
    "null, null",
    "javascript:alert(1), ''"
  })
  void pagesFromElsewhereMayCall(String origin, String allowed) {
    HttpApi page = manager.api().with("Origin", origin);
    for (Answer answer :
        List.of(
            page.get("?per_page=1"),
            page.get("?per_page=0"),
            page.get("/999999"),
            page.post("", HttpApi.JSON, "{"),
            options(page, HttpApi.TICKETS))) {
      assertEquals(allowed, answer.header("Access-Control-Allow-Origin"), answer::toString);
      assertEquals("true", answer.header("Access-Control-Allow-Credentials"));
      assertTrue(answer.header("Access-Control-Allow-Methods").contains("PATCH"));
      assertTrue(answer.header("Access-Control-Expose-Headers").contains("X-WP-Total"));
      assertTrue(List.of("Origin", "Origin, Accept-Encoding").contains(answer.header("Vary")));
    }
  }

  @Test
  void aPreflightNeedsNoLogin() {
    Answer answer =
        options(
            server
                .anonymous()
                .with("Origin", "https://app.example")
                .with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "authorization,content-type"),
            HttpApi.TICKETS + "/" + id);
    assertEquals("https://app.example", answer.header("Access-Control-Allow-Origin"));
    assertTrue(answer.header("Access-Control-Allow-Headers").contains("Authorization"));
  }

  @Test
  void withoutAnOriginNothingIsSaidAboutIt() {
    assertEquals("", manager.api().get("").header("Access-Control-Allow-Origin"));
    assertEquals("", manager.api().get("?include=0").header("Vary"));
    assertEquals("Origin", server.anonymous().get("").header("Vary"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?_jsonp=callback", "?_jsonp=c-b", "?_jsonp=", "/1?_jsonp=x"})
  void jsonpIsRefused(String query) {
    manager.api().get(query).assertError(400, "rest_callback_disabled");
  }
}
