package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static java.util.Collections.nCopies;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.rest.body.Sha256;
import io.micronaut.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several changes with one request, each as if it had come alone. */
class BatchTest {

  private static final String BATCH = "/wp-json/batch/v1";
  private static final String ALL_OR_NONE = "require-all-validate";
  private static final String NOT_ALLOWED = "rest_batch_not_allowed";
  private static final List<String> ROLES =
      List.of(
          "administrator", "support_manager", "support_agent", "support_customer", "subscriber");

  private static TestServer server;
  private static User manager;
  private static HttpApi api;
  private static NamedThings things;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    api = manager.api();
    things = NamedThings.of(server, "batched@example.org");
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static Map<String, Object> part(String method, String path, Object... body) {
    return fields("method", method, "path", path, "body", fields(body));
  }

  private static Answer batch(HttpApi by, String validation, List<?> parts) {
    return by.send("POST", BATCH, JSON, json(fields("validation", validation, "requests", parts)));
  }

  private static List<JsonNode> answers(HttpApi by, Object... parts) {
    Answer answer = batch(by, "normal", List.of(parts));
    assertEquals(207, answer.status(), answer::toString);
    assertFalse(answer.json().has("failed"), answer::toString);
    return parts(answer);
  }

  private static List<JsonNode> parts(Answer answer) {
    List<JsonNode> parts = new ArrayList<>();
    answer.json().get("responses").forEach(parts::add);
    return parts;
  }

  private static long newTicket() {
    return api.post("", ticket("batched@example.org")).assertOk().id();
  }

  private static String statusOf(long id) {
    return api.get("/" + id).assertOk().text("status");
  }

  private static void assertPart(int status, String code, JsonNode part) {
    assertEquals(status, part.get("status").asInt(), part::toString);
    assertEquals(code, part.at("/body/code").asText(), part::toString);
    assertEquals(status, part.at("/body/data/status").asInt(), part::toString);
  }

  // What is run

  @Test
  void allIsRunInItsOrder() {
    long id = newTicket();
    List<JsonNode> answers =
        answers(
            api,
            part("PATCH", "/kbs/v1/tickets/" + id + "?_fields=id,status", "status", "hold"),
            part(
                "POST",
                "/kbs/v1/replies/ticket/" + id,
                "reply_content",
                "Done",
                "close_ticket",
                true),
            part("PUT", "/KBS/v1/tickets/" + id + "/?_fields=status", "status", "open"),
            fields("path", "/wp/v2/ticket_tag", "body", Map.of("name", TestServer.unique("tag"))));
    assertEquals(json(Map.of("status", "hold", "id", id)).length(), withoutLinks(answers.get(0)));
    assertEquals("hold", answers.get(0).at("/body/status").asText());
    assertEquals("open", answers.get(2).at("/body/status").asText());
    assertEquals(
        List.of(200, 200, 200, 201), answers.stream().map(a -> a.get("status").asInt()).toList());
    assertTrue(answers.get(3).at("/headers/Location").asText().contains("/wp/v2/ticket_tag/"));
    assertEquals("open", statusOf(id));
    String tag = answers.get(3).at("/body/id").asText();
    List<JsonNode> deleted =
        answers(api, part("DELETE", "/wp/v2/ticket_tag/" + tag + "?force=true"));
    assertTrue(deleted.get(0).at("/body/deleted").asBoolean(), deleted::toString);
  }

  private static int withoutLinks(JsonNode answer) {
    ObjectNode body = answer.get("body").deepCopy();
    body.remove("_links");
    return body.toString().length();
  }

  @Test
  void aPartThatFailsHoldsUpNoOther() {
    long first = newTicket();
    long second = newTicket();
    List<JsonNode> answers =
        answers(
            api,
            part("PATCH", "/kbs/v1/tickets/" + first, "status", "closed"),
            part("PATCH", "/kbs/v1/tickets/999999999", "status", "closed"),
            part("PATCH", "/kbs/v1/tickets/" + second, "status", List.of()),
            part("PATCH", "/kbs/v1/tickets/" + second, "status", List.of("x")),
            part("PATCH", "/kbs/v1/tickets/" + second, "status", "closed"));
    assertPart(404, "rest_post_invalid_id", answers.get(1));
    assertPart(400, "rest_invalid_param", answers.get(3));
    assertEquals("closed", statusOf(first) + statusOf(second).replace("closed", ""));
  }

  @Test
  void noneIsRunUnlessAllAreValid() {
    long id = newTicket();
    String path = "/kbs/v1/tickets/" + id;
    long before = server.number("SELECT COUNT(*) FROM ticket");
    Answer answer =
        batch(
            api,
            ALL_OR_NONE,
            List.of(
                part("PATCH", path, "status", "closed"),
                part("PATCH", path, "status", List.of("x")),
                part("POST", "/kbs/v1/tickets", "ticket_title", "Incomplete"),
                part("POST", "/kbs/v1/nothing"),
                part("POST", "/wp/v2/ticket_tag"),
                part("PATCH", path + "?_fields=x&y=z"),
                part("PATCH", "/kbs/v1/tickets/999999999", "status", "closed")));
    assertEquals(207, answer.status(), answer::toString);
    assertEquals("validation", answer.text("failed"));
    List<JsonNode> parts = parts(answer);
    assertTrue(parts.get(0).isNull() && parts.get(6).isNull(), answer::toString);
    assertPart(400, "rest_invalid_param", parts.get(1));
    assertPart(400, "required_fields", parts.get(2));
    assertPart(404, "rest_no_route", parts.get(3));
    assertPart(400, "rest_missing_callback_param", parts.get(4));
    assertPart(400, "rest_invalid_param", parts.get(5));
    assertEquals("new", statusOf(id));
    assertEquals(before, server.number("SELECT COUNT(*) FROM ticket"));
    Answer run =
        batch(
            api,
            ALL_OR_NONE,
            List.of(
                part("PATCH", path, "status", "closed"),
                part("PATCH", "/kbs/v1/tickets/999999999", "status", "closed")));
    assertFalse(run.json().has("failed"), run::toString);
    assertPart(404, "rest_post_invalid_id", parts(run).get(1));
    assertEquals("closed", statusOf(id));
  }

  @Test
  void whatIsIgnoredIsNamedForEachPart() {
    long id = newTicket();
    Map<String, Object> lenient = part("PATCH", "/kbs/v1/tickets/" + id, "status", "nonsense");
    lenient.put("headers", Map.of("prefer", List.of("handling=lenient"), "X-Unknown", "1"));
    List<JsonNode> answers =
        answers(api, lenient, part("PATCH", "/kbs/v1/tickets/" + id, "status", "nonsense"));
    assertEquals("status", answers.get(0).at("/headers/Kbs-Ignored-Parameters").asText());
    assertEquals("handling=lenient", answers.get(0).at("/headers/Preference-Applied").asText());
    assertPart(400, "rest_invalid_param", answers.get(1));
  }

  @Test
  void valuesComeThroughAsTheyAre() {
    String title = "Über 1.10 — \"x\" \\ " + TestServer.unique("t");
    List<JsonNode> answers =
        answers(
            api,
            fields(
                "path", "/kbs/v1/tickets", "body", ticket("b@example.org", "ticket_title", title)),
            fields(
                "path",
                "/kbs/v1/tickets",
                "body",
                ticket(
                    "b@example.org",
                    "ticket_title",
                    new java.math.BigDecimal("12345678901234567890.10"))));
    assertEquals(title, answers.get(0).at("/body/title/raw").asText(answers.toString()));
    assertEquals(
        "12345678901234567890.1", answers.get(1).at("/body/title/raw").asText(answers.toString()));
  }

  @Test
  void whatIsEmbeddedIsThePartsOwnAndItsEnvelopeThatOfTheBatch() {
    long id = newTicket();
    List<JsonNode> answers =
        answers(
            api,
            part("PATCH", "/kbs/v1/tickets/" + id + "?_envelope&_fields=id"),
            part("PATCH", "/kbs/v1/tickets/" + id + "?_embed=customer"));
    assertEquals(id, answers.get(0).at("/body/id").asLong(), answers::toString);
    assertTrue(answers.get(1).at("/body/_embedded/customer/0/id").isNumber(), answers::toString);
  }

  @Test
  void anEnvelopeHidesNoRefusal() {
    long id = newTicket();
    Map<String, Object> valid = part("PATCH", "/kbs/v1/tickets/" + id, "status", "closed");
    for (String refused : List.of("/kbs/v1/nothing?_envelope", "/kbs/v1/tickets?_envelope")) {
      Answer answer = batch(api, ALL_OR_NONE, List.of(valid, part("POST", refused)));
      assertEquals("validation", answer.json().path("failed").asText(), answer::toString);
      assertTrue(answer.json().at("/responses/0").isNull(), answer::toString);
    }
    assertEquals("new", api.get("/" + id).assertOk().text("status"));
  }

  @Test
  void answersTakeNoMoreRoomThanABody() {
    Map<String, Object> large = ticket("b@example.org", "ticket_content", "x".repeat(1_000_000));
    String path = "/kbs/v1/tickets/" + api.post("", large).assertOk().id();
    List<Integer> statuses =
        answers(api, nCopies(25, part("PATCH", path)).toArray()).stream()
            .map(part -> part.get("status").asInt())
            .toList();
    assertEquals(List.of(200, 200), statuses.subList(0, 2));
    assertEquals(nCopies(15, 503), statuses.subList(10, 25));
    List<JsonNode> trimmed =
        answers(api, nCopies(25, part("PATCH", path + "?_fields=id")).toArray());
    trimmed.forEach(part -> assertEquals(200, part.get("status").asInt(), part::toString));
  }

  @Test
  void aBatchWithAKeyIsCarriedOutOnce() {
    long id = newTicket();
    String name = TestServer.unique("once");
    String path = "/kbs/v1/replies/ticket/" + id;
    List<Map<String, Object>> parts =
        List.of(
            part("POST", path, "reply_content", "One"),
            part("POST", path, "reply_content", ""),
            part("POST", "/wp/v2/users/me/application-passwords", "name", name),
            part("POST", path, "reply_content", "Two"));
    HttpApi keyed = api.with("Idempotency-Key", name);
    List<JsonNode> first = parts(batch(keyed, "normal", parts));
    List<JsonNode> again = parts(batch(keyed, "normal", parts));
    assertEquals(2, server.number("SELECT COUNT(*) FROM reply WHERE ticket_id = ?", id));
    for (int i : List.of(0, 1, 3)) {
      assertEquals(first.get(i).get("body"), again.get(i).get("body"));
      assertEquals(first.get(i).get("status"), again.get(i).get("status"));
      assertEquals("true", again.get(i).at("/headers/Idempotency-Replayed").asText());
      assertFalse(first.get(i).get("headers").has("Idempotency-Replayed"));
    }
    assertEquals(201, first.get(2).get("status").asInt());
    assertPart(409, "idempotency_answer_not_kept", again.get(2));
    batch(keyed, "normal", parts.subList(0, 1)).assertError(422, "idempotency_key_reused");
    batch(keyed, ALL_OR_NONE, parts).assertError(422, "idempotency_key_reused");
    assertEquals(2, server.number("SELECT COUNT(*) FROM reply WHERE ticket_id = ?", id));
  }

  @Test
  void aBatchThatWasCutOffGoesOn() {
    long id = newTicket();
    String path = "/kbs/v1/replies/ticket/" + id;
    String key = TestServer.unique("cut");
    HttpApi keyed = api.with("Idempotency-Key", key);
    List<Map<String, Object>> parts =
        List.of(
            part("POST", path, "reply_content", "One"), part("POST", path, "reply_content", "Two"));
    List<JsonNode> first = parts(batch(keyed, "normal", parts));
    // As it is where a server was killed between the two.
    server.sql("DELETE FROM reply WHERE id = ?", first.get(1).at("/body/id").asLong());
    server.sql(
        "DELETE FROM kept_answer WHERE id = SHA2(?, 256)",
        manager.id() + ":part-" + Sha256.hex("1:" + key));
    List<JsonNode> again = parts(batch(keyed, "normal", parts));
    assertEquals(first.get(0).get("body"), again.get(0).get("body"));
    assertEquals(200, again.get(1).get("status").asInt(), again::toString);
    assertFalse(again.get(1).get("headers").has("Idempotency-Replayed"));
    assertEquals(2, server.number("SELECT COUNT(*) FROM reply WHERE ticket_id = ?", id));
  }

  // What is sent

  @ParameterizedTest
  @ValueSource(
      strings = {
        BATCH,
        "/wp-json/batch/v1/",
        "/?rest_route=/batch/v1",
        "/index.php?rest_route=/BATCH/v1"
      })
  void aBatchIsSentAsEverythingElse(String address) {
    long id = newTicket();
    String form =
        "requests[0][path]=/kbs/v1/tickets/"
            + id
            + "&requests[0][body][status]=closed&requests[0][method]=PATCH";
    assertEquals(207, api.send("POST", address, FORM, form).status());
    assertEquals("closed", statusOf(id));
  }

  @Test
  void itTakesWhatEveryRouteTakes() {
    String part =
        "--B\r\nContent-Disposition: form-data; name=\"requests[0][path]\"\r\n\r\n"
            + "/kbs/v1/tickets/"
            + newTicket()
            + "\r\n--B\r\nContent-Disposition: form-data; name=\"requests[0][body][status]\"\r\n\r\n"
            + "closed\r\n--B--\r\n";
    Answer parts =
        api.send("POST", BATCH + "?_fields=failed", "multipart/form-data; boundary=B", part);
    assertEquals(207, parts.status(), parts::toString);
    assertFalse(parts.json().has("responses"), parts::toString);
    Answer described = api.preferring("lenient").send("OPTIONS", BATCH + "?colour=red", null, null);
    assertEquals("colour", described.assertOk().header("Kbs-Ignored-Parameters"));
  }

  @Test
  void onlyPostIsThere() {
    for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
      api.send(method, BATCH, null, null).assertError(404, "rest_no_route");
    }
    Answer described = api.send("OPTIONS", BATCH, null, null).assertOk();
    assertEquals("POST", described.header("Allow"));
    assertEquals("", described.text("namespace"));
    JsonNode arguments = described.json().at("/endpoints/0/args");
    assertEquals(25, arguments.at("/requests/maxItems").asInt(), described::toString);
    assertEquals(
        "[\"POST\",\"PUT\",\"PATCH\",\"DELETE\"]",
        arguments.at("/requests/items/properties/method/enum").toString());
    assertEquals(
        "[\"require-all-validate\",\"normal\"]", arguments.at("/validation/enum").toString());
    assertEquals("normal", arguments.at("/validation/default").asText());
    JsonNode index = api.send("GET", "/wp-json/", null, null).assertOk().json();
    assertEquals("[\"POST\"]", index.at("/routes/~1batch~1v1/methods").toString());
    assertFalse(index.get("namespaces").toString().contains("batch"));
    Answer tickets = api.send("OPTIONS", TICKETS, null, null).assertOk();
    assertFalse(tickets.json().at("/endpoints/0").has("allow_batch"), tickets::toString);
    assertTrue(tickets.json().at("/endpoints/1/allow_batch/v1").asBoolean(), tickets::toString);
    Answer media = api.send("OPTIONS", "/wp-json/wp/v2/media", null, null).assertOk();
    assertFalse(media.json().toString().contains("allow_batch"), media::toString);
    assertFalse(described.json().toString().contains("allow_batch"), described::toString);
    api.send("OPTIONS", BATCH, JSON, "{").assertError(400, "rest_invalid_json");
    server
        .anonymous()
        .with("X-WP-Nonce", "x")
        .send("OPTIONS", BATCH, null, null)
        .assertError(403, "rest_cookie_invalid_nonce");
  }

  @Test
  void thereAreNoMoreThanTwentyFiveParts() {
    Map<String, Object> part = part("PATCH", "/kbs/v1/tickets/999999999");
    assertEquals(25, parts(batch(api, "normal", nCopies(25, part))).size());
    batch(api, "normal", nCopies(26, part)).assertNames("requests");
    assertEquals(0, parts(batch(api, "normal", List.of())).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | rest_missing_callback_param",
        "{\"requests\": null} | rest_missing_callback_param",
        "{\"requests\": {\"a\": 1}} | rest_invalid_param",
        "{\"requests\": \"x\"} | rest_invalid_param",
        "{\"requests\": 7} | rest_invalid_param",
        "{\"requests\": [7]} | rest_invalid_param",
        "{\"requests\": [[]]} | rest_invalid_param",
        "{\"requests\": [{}]} | rest_invalid_param",
        "{\"requests\": [{\"path\": null}]} | rest_invalid_param",
        "{\"requests\": [{\"path\": [\"/\"]}]} | rest_invalid_param",
        "{\"requests\": [{\"path\": \"/\", \"method\": \"GET\"}]} | rest_invalid_param",
        "{\"requests\": [{\"path\": \"/\", \"method\": \"post\"}]} | rest_invalid_param",
        "{\"requests\": [{\"path\": \"/\", \"body\": \"x\"}]} | rest_invalid_param",
        "{\"requests\": [{\"path\": \"/\", \"body\": [1]}]} | rest_invalid_param",
        "{\"requests\": [{\"path\": \"/\", \"headers\": 1}]} | rest_invalid_param",
        "{\"requests\": [{\"path\": \"/\", \"other\": 1}]} | rest_invalid_param",
      })
  void whatIsNoBatchIsRefusedAsAWhole(String body, String code) {
    api.send("POST", BATCH, JSON, body).assertError(400, code);
    api.send("POST", BATCH, JSON, body).assertNames("requests");
  }

  @Test
  void anUnknownKindOfValidationIsRefused() {
    batch(api, "some", List.of()).assertNames("validation");
    api.send("POST", BATCH, JSON, "{\"requests\": [], \"more\": 1}").assertNames("more");
    Answer lenient =
        api.preferring("lenient").send("POST", BATCH, JSON, "{\"requests\": [], \"more\": 1}");
    assertEquals("more", lenient.header("Kbs-Ignored-Parameters"), lenient::toString);
    api.send("POST", BATCH, JSON, "{").assertError(400, "rest_invalid_json");
    api.send("POST", BATCH, "text/xml", "<x/>").assertError(415, "rest_unsupported_media_type");
    server
        .anonymous()
        .with("X-WP-Nonce", "x")
        .send("POST", BATCH, JSON, "{\"requests\": []}")
        .assertError(403, "rest_cookie_invalid_nonce");
    String large = json(fields("requests", List.of(), "x", "y".repeat(9_000)));
    server.anonymous().send("POST", BATCH, JSON, large).assertError(413, "rest_content_too_large");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/batch/v1 | POST | rest_batch_not_allowed | 400",
        "/wp/v2/media?post=1 | POST | rest_batch_not_allowed | 400",
        "/kbs/v1/tickets?_method=GET | POST | rest_batch_not_allowed | 400",
        "/kbs/v1/tickets | DELETE | rest_no_route | 404",
        "/kbs/v1/tickets/1/none | POST | rest_no_route | 404",
        "kbs/v1/tickets | POST | rest_no_route | 404",
        "/../openapi.yaml | POST | rest_no_route | 404",
        "/?rest_route=/kbs/v1/tickets | POST | rest_no_route | 404",
        "//kbs/v1/tickets | POST | rest_no_route | 404",
        "http://localhost/kbs/v1/nothing | POST | rest_no_route | 404",
        "/kbs/v1/tickets?_jsonp=x | POST | rest_callback_disabled | 400",
      })
  void whatCanBeNoPartIsSaidInItsPlace(String path, String method, String code, int status) {
    for (String validation : List.of("normal", ALL_OR_NONE)) {
      Answer answer = batch(api, validation, List.of(part(method, path)));
      assertEquals(validation.equals(ALL_OR_NONE), answer.json().has("failed"), answer::toString);
      assertPart(status, code, parts(answer).get(0));
    }
  }

  @Test
  void whatIsNoAddressIsRefusedInItsPlace() {
    assertPart(400, "parse_path_failed", answers(api, part("POST", "/kbs/v1/ti\tckets")).get(0));
    batch(api, "normal", List.of(part("POST", "/" + "x".repeat(8_192)))).assertNames("requests");
  }

  // Who sends it

  @Test
  void aPartIsOfWhoeverSendsTheBatch() {
    User customer = server.user("support_customer");
    long id = newTicket();
    Map<String, Object> part = part("PATCH", "/kbs/v1/tickets/" + id, "status", "closed");
    part.put(
        "headers", Map.of("authorization", HttpApi.basic(manager.login(), manager.password())));
    assertPart(400, "rest_invalid_param", answers(customer.api(), part).get(0));
    assertPart(400, "rest_invalid_param", answers(server.anonymous(), part).get(0));
    assertEquals("new", statusOf(id));
    assertEquals(200, answers(api, part).get(0).get("status").asInt());
    part.put(
        "headers",
        Map.of(
            "X-Forwarded-Host",
            "evil.example",
            "Host",
            "evil.example",
            "X-HTTP-Method-Override",
            "GET",
            "Content-Type",
            "multipart/form-data"));
    JsonNode answer = answers(api, part).get(0);
    assertFalse(answer.toString().contains("evil.example"), answer::toString);
    assertEquals(id, answer.at("/body/id").asLong(), answer::toString);
    part.put("headers", Map.of("Prefer", "a\r\nb: c"));
    assertPart(400, "rest_invalid_param", answers(api, part).get(0));
    part.put("headers", Map.of("Prefer", Map.of("a", "b")));
    assertPart(400, "rest_invalid_type", answers(api, part).get(0));
  }

  @Test
  void whoeverRevokesTheLoginCannotGoOn() {
    User user = server.user("support_manager");
    Map<String, Object> tag =
        fields("path", "/wp/v2/ticket_tag", "body", fields("name", TestServer.unique("t")));
    List<JsonNode> answers =
        answers(user.api(), part("DELETE", "/wp/v2/users/me/application-passwords"), tag);
    assertEquals(200, answers.get(0).get("status").asInt());
    assertPart(401, "rest_not_logged_in", answers.get(1));
  }

  @Test
  void aWrongPasswordIsWrongOnce() {
    User user = server.user("support_manager");
    HttpApi wrong = server.anonymous().authorized(HttpApi.basic(user.login(), "wrong"));
    for (int i = 0; i < 3; i++) {
      answers(wrong, nCopies(25, part("PATCH", "/kbs/v1/tickets/1")).toArray())
          .forEach(part -> assertPart(401, "rest_forbidden_context", part));
    }
  }

  @TestFactory
  Stream<DynamicTest> eachPartIsAnsweredAsIfItHadComeAlone() {
    return Stream.concat(ROLES.stream(), Stream.of("nobody"))
        .flatMap(
            role ->
                Contract.packaged().operations().stream()
                    .filter(Operation::isPartOfBatches)
                    .map(operation -> dynamic(role, operation)));
  }

  private static DynamicTest dynamic(String role, Operation operation) {
    return DynamicTest.dynamicTest(
        operation.id() + ", " + role,
        () -> {
          HttpApi by = role.equals("nobody") ? server.anonymous() : server.user(role).api();
          Answer alone =
              OperationRequest.sendTo(
                  by, operation, things.address(operation, "me", () -> password(by)));
          HttpApi again =
              role.equals("nobody") || operation.id().equals("deleteApplicationPasswords")
                  ? (role.equals("nobody") ? by : server.user(role).api())
                  : by;
          String address = things.address(operation, "me", () -> password(again));
          Map<String, Object> part =
              fields(
                  "method",
                  operation.method().name(),
                  "path",
                  OperationRequest.withQuery(operation, address).substring("/wp-json".length()),
                  "body",
                  operation.method() == HttpMethod.DELETE
                      ? Map.of()
                      : OperationRequest.body(operation));
          JsonNode answer = answers(again, part).get(0);
          assertEquals(alone.status(), answer.get("status").asInt(), answer::toString);
          assertEquals(alone.text("code"), answer.at("/body/code").asText());
          assertEquals(fieldsOf(alone.json()), fieldsOf(answer.get("body")));
          assertEquals(alone.header("Allow"), answer.at("/headers/Allow").asText());
        });
  }

  private static String password(HttpApi by) {
    Answer made =
        by.send(
            "POST",
            "/wp-json/wp/v2/users/me/application-passwords",
            JSON,
            json(Map.of("name", TestServer.unique("p"))));
    return made.status() == 201 ? made.text("uuid") : "f7a7eea5-89cf-4d7a-b846-f54165774ea3";
  }

  private static List<String> fieldsOf(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
