package io.kbsserver.mock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.kbsserver.contract.Contract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every example of the contract can be had from the mock, and is what the contract describes. The
 * examples are read here from the tree: the mock finds them by the {@code Operation}s of the
 * reader, and would be compared with itself.
 */
class MockServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CONTRACT =
      Path.of("../..", "api/contract/src/main/openapi/kbs-v1.yaml");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String ROOT = "/wp-json";
  private static final String TICKETS = ROOT + "/kbs/v1/tickets";
  private static final JsonNode TREE = Contract.packaged().tree();

  private static MockServer mock;
  private static OpenApiInteractionValidator validator;

  private record Operation(String path, String method, JsonNode node) {

    String address() {
      return ROOT
          + path.replace("{idOrNumber}", "KBS1010DE")
              .replace("{id}", "12")
              .replace("{fileId}", "345")
              .replace("{userId}", "me")
              .replace("{taxonomy}", "ticket_tag")
              .replace("{uuid}", "f7a7eea5-89cf-4d7a-b846-f54165774ea3")
              .replaceAll("\\{\\w+}", "17");
    }
  }

  @BeforeAll
  static void open() throws IOException {
    mock = MockServer.start("localhost", 0);
    validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(Files.readString(CONTRACT))
            .build();
  }

  @AfterAll
  static void close() {
    mock.close();
  }

  @TestFactory
  Stream<DynamicTest> examples() {
    return operations().stream()
        .flatMap(
            operation ->
                operation.node().path("responses").properties().stream()
                    .map(
                        response ->
                            dynamicTest(
                                operation.method()
                                    + " "
                                    + operation.path()
                                    + " "
                                    + response.getKey(),
                                () ->
                                    answers(
                                        operation,
                                        response.getKey(),
                                        resolved(response.getValue())))));
  }

  private static void answers(Operation operation, String status, JsonNode response)
      throws Exception {
    boolean json = response.path("content").has("application/json");
    JsonNode examples =
        response.at("/content/" + (json ? "application~1json" : "*~1*") + "/examples");
    assertEquals(response.has("content"), !examples.isEmpty(), "The contract has no example");
    for (Map.Entry<String, JsonNode> example : examples.properties()) {
      String preference = "code=" + status + ", example=" + example.getKey();
      HttpResponse<String> answer =
          send(operation.method(), operation.address(), "{}", "Prefer", preference);
      assertEquals(status, Integer.toString(answer.statusCode()));
      JsonNode expected = resolved(example.getValue()).path("value");
      assertEquals(
          expected,
          json ? JSON.readTree(answer.body()) : TextNode.valueOf(answer.body()),
          preference);
      assertEquals(List.of(), complaints(operation, answer), preference);
    }
    HttpResponse<String> any =
        send(operation.method(), operation.address(), "{}", "Prefer", "code=" + status);
    assertEquals(status, Integer.toString(any.statusCode()));
  }

  private static List<String> complaints(Operation operation, HttpResponse<String> answer) {
    SimpleResponse.Builder response =
        SimpleResponse.Builder.status(answer.statusCode()).withBody(answer.body());
    answer.headers().map().forEach((name, values) -> response.withHeader(name, values));
    return validator
        .validateResponse(operation.address(), Method.valueOf(operation.method()), response.build())
        .getMessages()
        .stream()
        .map(ValidationReport.Message::toString)
        .toList();
  }

  @Test
  void whatTheContractShowsIsAccepted() throws Exception {
    for (Operation operation : operations()) {
      JsonNode bodies =
          resolved(operation.node().path("requestBody")).at("/content/application~1json/examples");
      for (JsonNode body : bodies) {
        String text = body.path("value").toString();
        HttpResponse<String> answer = send(operation.method(), operation.address(), text);
        assertEquals(2, answer.statusCode() / 100, operation.address() + answer.body());
      }
      if (bodies.isEmpty()) {
        HttpResponse<String> answer = send(operation.method(), operation.address(), "");
        assertEquals(2, answer.statusCode() / 100, operation.address() + answer.body());
      }
    }
  }

  @Test
  void whatTheContractDoesNotAllowIsRefused() throws Exception {
    assertEquals(
        "{\"per_page\":\"per_page must be between 1 (inclusive) and 100 (inclusive)\"}",
        parameters("GET", TICKETS + "?per_page=500&status[]=open", "", "status"));
    assertEquals(
        "{\"order\":\"order is not one of asc and desc.\"}",
        parameters("GET", TICKETS + "?order=up&status[]=open", "", "status"));
    assertEquals(
        "{\"include\":\"include[1] is no id.\"}", parameters("GET", TICKETS + "?include=1,x", ""));
    assertEquals(
        "{\"department\":\"department is not of type integer.\"}",
        parameters("PUT", TICKETS + "/7", "{\"department\":\"sales\"}"));
    assertEquals(
        "{\"customer_email\":\"customer_email is required.\"}",
        parameters(
            "POST",
            TICKETS,
            "ticket_title=a&ticket_content=b&customer_first=c&customer_last=d&customer_email="));
    assertEquals(
        "{\"per_pge\":\"per_pge is no parameter of this operation.\"}",
        parameters("GET", TICKETS + "?per_pge=5&_locale=user&foo=", ""));
    assertEquals(
        "{\"titel\":\"titel is no parameter of this operation.\"}",
        parameters("PATCH", TICKETS + "/7", "{\"titel\":\"x\",\"status\":\"open\",\"id\":7}"));
    HttpResponse<String> lenient =
        send("GET", TICKETS + "?per_pge=5", "", "Prefer", "handling=lenient");
    assertEquals(200, lenient.statusCode(), lenient.body());
    HttpResponse<String> malformed = send("POST", TICKETS, "{\"status\":");
    assertEquals(400, malformed.statusCode());
    assertTrue(malformed.body().contains("rest_invalid_json"), malformed.body());
  }

  @Test
  void eachPartOfABatchIsAnswered() throws Exception {
    String batch =
        """
        {"requests": [
          {"method": "PATCH", "path": "/kbs/v1/tickets/12", "body": {"status": "closed"}},
          {"path": "/kbs/v1/tickets", "headers": {"Prefer": "code=403"}},
          {"path": "/wp/v2/ticket_tag"}]}""";
    HttpResponse<String> answer = send("POST", ROOT + "/batch/v1", batch, "Idempotency-Key", "one");
    assertEquals(207, answer.statusCode());
    List<Integer> statuses = new ArrayList<>();
    JSON.readTree(answer.body())
        .get("responses")
        .forEach(part -> statuses.add(part.get("status").asInt()));
    assertEquals(List.of(200, 403, 400), statuses, answer::body);
  }

  @Test
  void aLoginIsNeededWhereTheContractSaysSo() throws Exception {
    HttpResponse<String> stranger =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(base() + TICKETS)).build(), BodyHandlers.ofString());
    assertEquals(401, stranger.statusCode());
    HttpResponse<String> index =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(base() + ROOT)).build(), BodyHandlers.ofString());
    assertEquals(200, index.statusCode());
  }

  @Test
  void headIsGetWithoutABody() throws Exception {
    for (String address : List.of(TICKETS, TICKETS + "/7", ROOT, ROOT + "/kbs/v1/nothing")) {
      HttpResponse<String> get = send("GET", address, "");
      HttpResponse<String> head = send("HEAD", address, "");
      assertEquals(get.statusCode(), head.statusCode());
      assertEquals("", head.body());
      assertEquals(headers(get), headers(head));
      assertTrue(head.headers().firstValueAsLong("Content-Length").getAsLong() > 0);
    }
  }

  /** What a pager and a retry look at; what is only sometimes sent is not. */
  @Test
  void headersAreAnsweredAsTheContractShowsThem() throws Exception {
    HttpResponse<String> shown = send("GET", TICKETS, "", "Prefer", "example=onePage");
    assertEquals(Optional.of("1"), shown.headers().firstValue("X-WP-Total"));
    assertEquals(1, JSON.readTree(shown.body()).size());
    HttpResponse<String> list = send("GET", TICKETS, "");
    for (String sometimes : List.of("Kbs-Ignored-Parameters", "Preference-Applied", "RateLimit")) {
      assertEquals(Optional.empty(), list.headers().firstValue(sometimes));
    }
    String form =
        "ticket_title=a&ticket_content=b&customer_first=c&customer_last=d&customer_email=e@f.org";
    String made = send("POST", TICKETS, form).headers().firstValue("Location").orElseThrow();
    assertEquals(base() + TICKETS + "/123", made);
    assertEquals(123, JSON.readTree(send("GET", TICKETS + "/123", "").body()).get("id").asInt());
    for (String status : List.of("429", "503")) {
      HttpResponse<String> later = send("GET", TICKETS, "", "Prefer", "code=" + status);
      assertTrue(later.headers().firstValueAsLong("Retry-After").getAsLong() > 0);
    }
  }

  @Test
  void aListEndsWithItsLastPage() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    Set<String> numbers = new HashSet<>();
    Optional<String> next = Optional.of(TICKETS + "?status=open");
    while (next.isPresent()) {
      HttpResponse<String> page = send("GET", next.get(), "");
      assertEquals(Optional.of("25"), page.headers().firstValue("X-WP-Total"));
      assertEquals(Optional.of("3"), page.headers().firstValue("X-WP-TotalPages"));
      JsonNode tickets = JSON.readTree(page.body());
      sizes.add(tickets.size());
      for (JsonNode ticket : tickets) {
        ids.add(ticket.get("id").asLong());
        numbers.add(ticket.at("/ticket_data/number").asText() + ticket.at("/ticket_data/key"));
      }
      next = link(page, "next");
    }
    assertEquals(List.of(10, 10, 5), sizes);
    assertEquals(ids.stream().sorted(Comparator.reverseOrder()).distinct().toList(), ids);
    assertEquals(25, numbers.size());
    assertEquals(400, send("GET", TICKETS + "?page=4", "").statusCode());

    HttpResponse<String> descending = send("GET", TICKETS + "?order=desc&per_page=100", "");
    HttpResponse<String> ascending = send("GET", TICKETS + "?order=asc&per_page=100", "");
    assertEquals(
        ids(descending), ids(ascending).stream().sorted(Comparator.reverseOrder()).toList());
    assertEquals(List.of(99, 100), ids(ascending).subList(0, 2));
    HttpResponse<String> deliveries = send("GET", ROOT + "/kbs/v1/webhooks/5/deliveries", "");
    assertEquals(List.of(92, 91, 90), ids(deliveries).subList(0, 3));

    assertEquals(List.of(9, 7), ids(send("GET", TICKETS + "?include=7,9", "")));
    assertEquals(List.of(7, 9), ids(send("GET", TICKETS + "?include=9,7&order=asc", "")));
    assertEquals(List.of(7, 9), ids(send("GET", TICKETS + "?include=7,9&orderby=include", "")));
    assertEquals(20, ids(send("GET", ROOT + "/kbs/v1/customers?number=0", "")).size());
    assertEquals(20, ids(send("GET", ROOT + "/kbs/v1/customers", "")).size());
    assertEquals(List.of(99), ids(send("GET", TICKETS + "?offset=24", "")));
    HttpResponse<String> last = send("GET", TICKETS + "?per_page=24&page=2", "");
    assertEquals(List.of(99), ids(last));
    assertEquals(Optional.of(base() + TICKETS + "?per_page=24&page=1"), link(last, "prev"));
    HttpResponse<String> users = send("GET", ROOT + "/wp/v2/users?page=4", "");
    assertEquals(List.of(), ids(users));
    assertEquals(Optional.of("25"), users.headers().firstValue("X-WP-Total"));
  }

  @Test
  void whatIsAskedForIsAnswered() throws Exception {
    HttpResponse<String> seventh = send("GET", TICKETS + "/7", "");
    assertFalse(seventh.body().contains("123") || seventh.body().contains("example.com/wp-json"));
    JsonNode ticket = JSON.readTree(seventh.body());
    assertEquals(7, ticket.get("id").asInt());
    assertEquals(base() + TICKETS + "/7", ticket.at("/_links/self/0/href").asText());
    assertEquals(ticket.get("_links"), ticket.get("links"));
    String number = ticket.at("/ticket_data/number").asText();
    assertEquals(ticket, JSON.readTree(send("GET", TICKETS + "/" + number, "").body()));
    assertEquals(ticket, JSON.readTree(send("PATCH", TICKETS + "/7", "{}").body()));
    assertEquals(ticket, JSON.readTree(send("GET", TICKETS + "?include=7", "").body()).get(0));

    assertEquals(ticket, JSON.readTree(send("GET", TICKETS + "/007", "").body()));

    JsonNode reply =
        JSON.readTree(send("GET", ROOT + "/kbs/v1/replies/ticket/7", "").body()).get(0);
    assertEquals(7, reply.at("/ticket_data/ID").asInt());
    assertEquals(number, reply.at("/ticket_data/number").asText());
    assertEquals(ticket.at("/ticket_data/key"), reply.at("/ticket_data/key"));
    JsonNode term = JSON.readTree(send("GET", ROOT + "/wp/v2/ticket_departments/7", "").body());
    assertEquals("department", term.get("taxonomy").asText());
    assertEquals(
        base() + TICKETS + "?ticket_departments=7",
        term.at("/_links/wp:post_type/0/href").asText());
  }

  /** Where the ids of items and of what they belong to meet. */
  @Test
  void itemsBelongToWhatTheAddressNames() throws Exception {
    for (JsonNode reply : items(ROOT + "/kbs/v1/replies/ticket/240")) {
      assertEquals(240, reply.at("/ticket_data/ID").asInt(), reply::toString);
      assertEquals(base() + TICKETS + "/240", reply.at("/_links/ticket/0/href").asText());
    }
    for (String list : List.of("/17/notes", "/43/history")) {
      for (JsonNode item : items(TICKETS + list)) {
        String ticket = list.substring(1, 3);
        assertEquals(ticket, item.get("ticket").asText(), item::toString);
        assertEquals(ticket, item.path("object_id").asText(ticket), item::toString);
        assertEquals(base() + TICKETS + list, item.at("/_links/collection/0/href").asText());
      }
    }
    for (JsonNode delivery : items(ROOT + "/kbs/v1/webhooks/7/deliveries")) {
      String message = delivery.get("message_id").asText();
      assertEquals("msg_7_" + delivery.get("position"), message);
    }
    String passwords = ROOT + "/wp/v2/users/7/application-passwords";
    List<HttpResponse<String>> answers =
        List.of(
            send("GET", passwords, ""),
            send("POST", passwords, "{\"name\":\"x\"}"),
            send("GET", passwords + "/introspect", ""));
    for (HttpResponse<String> answer : answers) {
      assertTrue(answer.body().contains(passwords), answer.body());
      assertFalse(answer.body().contains("/users/3/"), answer.body());
    }
  }

  private static JsonNode items(String list) throws Exception {
    JsonNode items = JSON.readTree(send("GET", list, "").body());
    assertEquals(10, items.size());
    return items;
  }

  /** Nothing that is linked to says that it is something else, or is no answer of the contract. */
  @Test
  void linksLeadToWhatTheyName() throws Exception {
    int followed = 0;
    for (Operation operation : operations()) {
      if (!operation.method().equals("GET")) {
        continue;
      }
      HttpResponse<String> answer = send("GET", operation.address(), "");
      if (!answer.headers().firstValue("Content-Type").orElse("").contains("json")) {
        continue;
      }
      assertEquals(List.of(), complaints(operation, answer));
      JsonNode body = JSON.readTree(answer.body());
      for (JsonNode item : body.isArray() ? body : List.of(body)) {
        JsonNode self = item.at("/_links/self/0/href");
        if (self.isTextual()) {
          String path = URI.create(self.asText()).getRawPath();
          assertEquals(base() + path, self.asText());
          JsonNode there = JSON.readTree(send("GET", path, "").body());
          for (String name : List.of("id", "uuid", "taxonomy")) {
            assertEquals(item.path(name), there.path(name), self.asText());
          }
          followed++;
        }
        for (JsonNode relation : item.path("_links")) {
          String to = relation.at("/0/href").asText();
          if (to.startsWith(base())) {
            assertEquals(200, send("GET", to.substring(base().length()), "").statusCode(), to);
          }
        }
      }
    }
    assertTrue(followed > 100, () -> "Too few links");
  }

  @Test
  void whatIsLinkedCanBeEmbedded() throws Exception {
    HttpResponse<String> answer = send("GET", TICKETS + "/7?_embed=customer,replies", "");
    JsonNode embedded = JSON.readTree(answer.body()).get("_embedded");
    assertEquals(1, embedded.at("/customer/0/id").asInt());
    assertEquals(7, embedded.at("/replies/0/0/ticket_data/ID").asInt(), answer.body());
  }

  @Test
  void fieldsAndEnvelopeAreTheServers() throws Exception {
    HttpResponse<String> some = send("GET", TICKETS + "?_fields=id,title.raw&per_page=2", "");
    assertEquals(
        "[{'id':123,'title':{'raw':'Can`t open invoice'}},"
            + "{'id':122,'title':{'raw':'Can`t open invoice'}}]",
        some.body().replace('\'', '`').replace('"', '\''));
    JsonNode envelope =
        JSON.readTree(send("GET", TICKETS + "?_envelope=1&per_page=20&_fields=id", "").body());
    assertEquals(20, envelope.get("body").size());
    assertEquals(2, envelope.at("/headers/X-WP-TotalPages").asInt());
    assertTrue(envelope.at("/headers/Link").asText().endsWith("rel=\"next\""), envelope::toString);
    assertEquals(
        400,
        JSON.readTree(send("GET", TICKETS + "?_envelope=1&page=9", "").body())
            .get("status")
            .asInt());
  }

  /** As {@code WPAPI.discover()} does it: from the address of the site to its routes. */
  @Test
  void theRoutesAreFoundFromTheAddressOfTheSite() throws Exception {
    for (String method : List.of("HEAD", "GET")) {
      HttpResponse<String> home = send(method, "/", "");
      assertEquals(Optional.of(base() + ROOT + "/"), link(home, "https://api.w.org/"));
    }
    JsonNode index = JSON.readTree(send("GET", ROOT + "/", "").body());
    assertEquals(base(), index.get("url").asText());
    assertEquals("[\"kbs/v1\",\"wp/v2\"]", index.get("namespaces").toString());
    JsonNode tickets = index.at("/routes/~1kbs~1v1~1tickets");
    assertEquals("[\"GET\",\"POST\"]", tickets.get("methods").toString());
    assertTrue(tickets.at("/endpoints/0/args").has("per_page"), tickets::toString);
    assertEquals(index, JSON.readTree(send("GET", "/?rest_route=/", "").body()));
    assertEquals(
        send("GET", TICKETS + "/7", "").body(),
        send("GET", "/?rest_route=/kbs/v1/tickets/7", "").body());
    for (String object : List.of(TICKETS, TICKETS + "/7")) {
      HttpResponse<String> described = send("OPTIONS", object, "");
      assertEquals("ticket", JSON.readTree(described.body()).at("/schema/title").asText());
      assertTrue(described.headers().firstValue("Allow").orElse("").startsWith("GET, POST"));
    }
  }

  @Test
  void theContractAndTheReferenceAreThere() throws Exception {
    for (String page :
        List.of("/", "/docs", "/openapi.yaml", "/openapi.json", "/openapi-generators.json")) {
      HttpResponse<String> get = send("GET", page, "");
      assertEquals(200, get.statusCode(), page);
      assertEquals(headers(get), headers(send("HEAD", page, "")), page);
    }
    JsonNode contract = JSON.readTree(send("GET", "/openapi.json", "").body());
    assertEquals(base() + ROOT, contract.at("/servers/0/url").asText());
  }

  @Test
  void aReplyNamesTheTicketInWhoseListItStands() throws Exception {
    for (long ticket :
        new long[] {1, 7, 13, 14, 22, 99, 1_000_000, 1_000_001, 10_000_000_000_000_000L}) {
      String list = ROOT + "/kbs/v1/replies/ticket/" + ticket;
      JsonNode replies = JSON.readTree(send("GET", list + "?per_page=100", "").body());
      assertEquals(25, replies.size());
      JsonNode made = JSON.readTree(send("POST", list, "reply_content=x").body());
      assertEquals(replies.get(0).get("id"), made.get("id"));
      for (JsonNode reply : List.of(replies.get(0), replies.get(24))) {
        assertEquals(ticket, reply.at("/ticket_data/ID").asLong());
        HttpResponse<String> alone = send("GET", ROOT + "/kbs/v1/replies/" + reply.get("id"), "");
        assertEquals(reply, JSON.readTree(alone.body()));
      }
    }
    String last = ROOT + "/kbs/v1/replies/ticket/999999999999999999";
    assertEquals(200, send("GET", last, "").statusCode());
  }

  @Test
  void anAnswerHasATagOfItsOwn() throws Exception {
    Set<String> tags = new HashSet<>();
    for (String address : List.of("/7", "/8", "/7?_fields=id", "", "?page=2", "?include=7")) {
      HttpResponse<String> answer = send("GET", TICKETS + address, "");
      String tag = answer.headers().firstValue("ETag").orElseThrow();
      assertEquals(address.isEmpty() || address.startsWith("?"), tag.startsWith("W/"), address);
      assertTrue(tags.add(tag), address);
      assertEquals(
          304, send("GET", TICKETS + address, "", "If-None-Match", tag).statusCode(), address);
      assertEquals(
          Optional.of(tag), send("GET", TICKETS + address, "").headers().firstValue("ETag"));
    }
  }

  private static List<Integer> ids(HttpResponse<String> list) throws IOException {
    List<Integer> ids = new ArrayList<>();
    JSON.readTree(list.body()).forEach(item -> ids.add(item.get("id").asInt()));
    return ids;
  }

  /** Where a link of the headers leads to, as an address of its own. */
  private static Optional<String> link(HttpResponse<?> answer, String relation) {
    Pattern form = Pattern.compile("<([^>]+)>; rel=\"" + Pattern.quote(relation) + "\"");
    return answer.headers().allValues("Link").stream()
        .map(form::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  private static Map<String, List<String>> headers(HttpResponse<?> answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.remove("date");
    headers.remove("x-request-id");
    return headers;
  }

  @Test
  void whatDoesNotExistIsNamed() throws Exception {
    assertEquals(404, send("GET", ROOT + "/kbs/v1/nothing", "").statusCode());
    assertEquals(404, send("DELETE", TICKETS + "/7", "").statusCode());
    // No error, but there is nothing to describe: as the server says it.
    assertEquals("[]", send("OPTIONS", ROOT + "/kbs/v1/nothing", "").body());
    for (String ticket : List.of("KBS1DE", "FOO", "9999999999999999999", "0")) {
      HttpResponse<String> none = send("GET", TICKETS + "/" + ticket, "");
      assertEquals(404, none.statusCode(), ticket);
      assertTrue(none.body().contains("rest_post_invalid_id"), none::body);
    }
    assertEquals(404, send("GET", TICKETS + "/HH-1001", "").statusCode());
    HttpResponse<String> example = send("GET", TICKETS + "/7", "", "Prefer", "example=nothing");
    assertEquals(400, example.statusCode());
    assertTrue(example.body().contains("404 (ticket, route)"), example.body());
  }

  @Test
  void answersAsManyAsAsk() {
    List<Integer> statuses =
        Stream.generate(() -> TICKETS)
            .limit(200)
            .parallel()
            .map(
                address -> {
                  try {
                    return send("GET", address, "").statusCode();
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .distinct()
            .toList();
    assertEquals(List.of(200), statuses);
  }

  private static String parameters(String method, String address, String body, String... harmless)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, address, body);
    assertEquals(400, answer.statusCode(), answer.body());
    JsonNode named = JSON.readTree(answer.body()).at("/data/params");
    for (String name : harmless) {
      assertFalse(named.has(name), answer.body());
    }
    return named.toString();
  }

  private static HttpResponse<String> send(
      String method, String address, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base()).resolve(address.replace("[]", "%5B%5D")))
            .method(method, BodyPublishers.ofString(body))
            .header("Authorization", "Basic YW55OmxvZ2lu");
    if (!body.isEmpty()) {
      boolean json = body.startsWith("{");
      request.header(
          "Content-Type", json ? "application/json" : "application/x-www-form-urlencoded");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String base() {
    return "http://localhost:" + mock.port();
  }

  private static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    TREE.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        entry -> {
                          if (entry.getValue().has("operationId")) {
                            operations.add(
                                new Operation(
                                    path.getKey(),
                                    entry.getKey().toUpperCase(Locale.ROOT),
                                    entry.getValue()));
                          }
                        }));
    return operations;
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? TREE.at(node.get("$ref").asText().substring(1)) : node;
  }
}
