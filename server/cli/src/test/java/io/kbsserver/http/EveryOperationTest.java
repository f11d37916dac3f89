package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import io.micronaut.web.router.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all operations have in common, and what those have that mean the same. */
class EveryOperationTest {

  private static TestServer server;
  private static User manager;
  private static HttpApi api;
  private static long id;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    api = manager.api();
    id = api.post("", ticket("every.operation@example.org")).assertOk().id();
  }

  @Test
  void everyOperationOfTheContractIsRouted() {
    Set<String> routed =
        server
            .bean(Router.class)
            .uriRoutes()
            .map(route -> route.getHttpMethod() + " " + route.getUriMatchTemplate().toPathString())
            .collect(Collectors.toSet());
    for (Operation operation : Contract.packaged().operations()) {
      String path = ("/wp-json" + operation.path()).replaceAll("/$", "");
      assertTrue(routed.contains(operation.method() + " " + path), operation.id());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/wp-json/", "/wp-json/kbs/v1"})
  void anIndexTakesTheParametersOfEveryRoute(String path) {
    Answer whole = server.anonymous().send("GET", path, null, null).assertOk();
    Answer trimmed =
        server.anonymous().send("GET", path + "?context=view&_fields=routes", null, null);
    assertEquals(whole.json().get("routes"), trimmed.assertOk().json().get("routes"));
    assertEquals(2, trimmed.json().size(), "the links stay");
    server.anonymous().send("GET", path + "?context[]=x", null, null).assertNames("context");
  }

  @Test
  void aDescriptionIsRefusedToWhoSendsMalformedJson() {
    List<String> paths = new ArrayList<>(people(server));
    paths.addAll(List.of("/wp-json/", "/wp-json/kbs/v1", TICKETS, TICKETS + "/" + id));
    paths.add(TICKETS + "/" + id + "/files/1");
    for (String path : paths) {
      server.anonymous().send("OPTIONS", path, JSON, "{").assertError(400, "rest_invalid_json");
    }
  }

  @Test
  void routesOfPeopleTakeWhatEveryRouteTakes() {
    for (String path : people(server)) {
      Answer trimmed = api.send("GET", path + "?context=view&_fields=id", null, null).assertOk();
      assertEquals(!trimmed.json().isArray(), trimmed.json().has("id"), path);
      api.send("GET", path + "?context[]=x", null, null).assertNames("context");
      for (String method : List.of("GET", "OPTIONS")) {
        Answer lenient = api.preferring("lenient").send(method, path + "?colour=red", null, null);
        assertEquals("colour", lenient.assertOk().header("Kbs-Ignored-Parameters"), path);
      }
    }
  }

  /**
   * The addresses of customers, companies, replies, forms, articles and media: the lists, and one
   * of each.
   */
  private static List<String> people(TestServer server) {
    long company = server.company(TestServer.unique("Company"));
    long customer = server.customer(TestServer.unique("person") + "@example.org", null, company);
    HttpApi login = server.user("support_manager").api();
    long ticket = login.post("", ticket(TestServer.unique("reply") + "@example.org")).id();
    long form = server.form("Contact");
    return List.of(
        "/wp-json/kbs/v1/replies/ticket/" + ticket,
        "/wp-json/kbs/v1/replies/" + OperationRequest.reply(login, ticket).assertOk().id(),
        "/wp-json/kbs/v1/customers",
        "/wp-json/kbs/v1/customers/" + customer,
        "/wp-json/kbs/v1/companies",
        "/wp-json/kbs/v1/companies/" + company,
        "/wp-json/kbs/v1/forms",
        "/wp-json/kbs/v1/forms/" + form,
        "/wp-json/kbs/v1/forms/fields",
        "/wp-json/kbs/v1/forms/fields/" + server.formField(form, "Name", 0),
        "/wp-json/wp/v2/articles",
        "/wp-json/wp/v2/articles/" + server.article("How to", "So"),
        "/wp-json/wp/v2/media",
        "/wp-json/wp/v2/media/" + server.file(ticket, null, "a.txt", new byte[] {1}));
  }

  @Test
  void aNewTicketIsAnsweredInTheFieldsAskedFor() {
    Answer created = api.post("?context=edit&_fields=id,status", ticket("fields@example.org"));
    assertEquals("new", created.assertOk().text("status"));
    assertFalse(created.json().has("title"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void allMethodsThatUpdateMeanTheSame(String method) {
    String path = TICKETS + "/" + id;
    Answer answer = api.json(method, "/" + id + "?context=edit&_fields=status", fields());
    assertTrue(answer.assertOk().json().has("status"));
    assertFalse(answer.json().has("title"));
    long category = server.term("ticket_categories", TestServer.unique("Category"));
    String email = TestServer.unique("owner") + "@example.org";
    long customer = server.customer(email, null, null);
    Map<String, Object> change = fields("id", id, "customer", email, "post_category", category);
    Answer changed = api.json(method, "/" + id, change).assertOk();
    assertEquals(customer, changed.json().at("/ticket_data/customer").asLong());
    assertEquals("[" + category + "]", changed.json().get("ticket_categories").toString());
    Answer removed = api.send(method, path, FORM, "delete_category=" + category + "&status=hold");
    assertEquals("[]", removed.assertOk().json().get("ticket_categories").toString());
    assertEquals("hold", removed.text("status"));
    String part = "--B\r\nContent-Disposition: form-data; name=\"status\"\r\n\r\nopen\r\n--B--\r\n";
    Answer multipart = api.send(method, path, "multipart/form-data; boundary=B", part);
    assertEquals("open", multipart.assertOk().text("status"));
    Answer lenient = api.preferring("lenient").json(method, "/" + id, fields("agent", "nobody"));
    assertEquals("agent", lenient.assertOk().header("Kbs-Ignored-Parameters"));
    assertEquals("handling=lenient", lenient.header("Preference-Applied"));

    api.json(method, "/" + id, fields("agent", "nobody")).assertNames("agent");
    api.json(method, "/99999999", fields()).assertError(404, "rest_post_invalid_id");
    api.send(method, path, JSON, "x".repeat(10 * 1024 * 1024 + 1))
        .assertError(413, "rest_content_too_large");
    api.send(method, path, "text/plain", "x").assertError(415, "rest_unsupported_media_type");
  }

  @Test
  void aDatabaseThatIsNotOursIsAFailureInside() {
    String schema = TestDatabase.get().createMigratedSchema("http_damaged");
    try (TestServer damaged = TestServer.on(schema, Map.of())) {
      HttpApi login = damaged.user("support_manager").api();
      long ticket = login.post("", ticket("damaged@example.org")).assertOk().id();
      String path = TICKETS + "/" + ticket;
      List<String> routes = new ArrayList<>(people(damaged));
      routes.addAll(List.of("/wp-json/", "/wp-json/kbs/v1", TICKETS, path, path + "/files/1"));
      routes.addAll(OperationRequest.OF_WORDPRESS);
      routes.addAll(OperationRequest.OF_AGENTS);
      routes.addAll(OperationRequest.OF_CHANGES);
      damaged.sql("RENAME TABLE site_setting TO lost_setting");
      awaitFailure(login);
      for (String route : routes) {
        for (String method : List.of("GET", "OPTIONS")) {
          login.send(method, route, null, null).assertError(500, "internal_server_error");
        }
      }
      login.post("", ticket("lost@example.org")).assertError(500, "internal_server_error");
      OperationRequest.reply(login, ticket).assertError(500, "internal_server_error");
      for (String method : List.of("POST", "PUT", "PATCH")) {
        login.send(method, path, JSON, json(fields())).assertError(500, "internal_server_error");
      }
      login
          .post("/1/notes", fields("note_content", "lost"))
          .assertError(500, "internal_server_error");
      OperationRequest.changesOfWebhooks(login)
          .forEach(answer -> answer.assertError(500, "internal_server_error"));
      OperationRequest.changesOfWordPress(login)
          .forEach(answer -> answer.assertError(500, "internal_server_error"));
      damaged.sql("RENAME TABLE lost_setting TO site_setting");
      login.get("").assertOk();
    }
  }

  /** The settings are remembered for a moment. */
  private static void awaitFailure(HttpApi login) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (login.get("").status() == 200 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
