package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.contract.ContractFile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where the contract says that one may go on from an answer, the server goes along. */
class LinksOfContractTest {

  private static final String ROOT = "/wp-json";
  private static final JsonNode CONTRACT =
      ContractFile.read(new String(ContractFile.packaged(), StandardCharsets.UTF_8));

  private static HttpApi manager;
  private static long customer;
  private static long company;

  @BeforeAll
  static void makeTheSite() {
    TestServer server = TestServer.fresh();
    manager = server.user("administrator").api();
    company = server.company("Links Ltd");
    customer =
        manager
            .post("", ticket(TestServer.unique("links") + "@example.org"))
            .assertOk()
            .json()
            .at("/ticket_data/customer")
            .asLong();
  }

  @Test
  void everyLinkLeadsSomewhere() {
    Set<String> followed = new TreeSet<>();
    String email = TestServer.unique("links") + "@example.org";
    Answer created = manager.post("", ticket(email)).assertOk();
    String path = TICKETS + "/" + created.id();
    follow("createTicket", Map.of(), created, followed);
    follow("getTicket", Map.of(), read(path), followed);
    follow("updateTicket", Map.of(), send("POST", path, "{\"status\":\"hold\"}"), followed);
    String replies = ROOT + "/kbs/v1/replies";
    Answer reply =
        send("POST", replies + "/ticket/" + created.id(), "{\"reply_content\":\"Look.\"}");
    follow("createReply", Map.of(), reply, followed);
    follow("getReply", Map.of(), read(replies + "/" + reply.id()), followed);
    follow(
        "createTicketNote",
        Map.of(),
        send("POST", path + "/notes", "{\"note_content\":\"Looked.\"}"),
        followed);
    Answer file =
        manager
            .with("Content-Disposition", "attachment; filename=\"a.txt\"")
            .send("POST", ROOT + "/wp/v2/media?post=" + created.id(), "text/plain", "A text");
    follow("uploadMedia", Map.of(), file, followed);
    follow("getMedia", Map.of(), read(ROOT + "/wp/v2/media/" + file.id()), followed);
    follow("listChanges", Map.of(), read(ROOT + "/kbs/v1/changes"), followed);
    follow("getCustomer", Map.of(), read(ROOT + "/kbs/v1/customers/" + customer), followed);
    follow("getCompany", Map.of(), read(ROOT + "/kbs/v1/companies/" + company), followed);
    Answer agents = read(ROOT + "/kbs/v1/agents");
    long agent = agents.json().at("/0/id").asLong();
    follow("getAgent", Map.of(), read(ROOT + "/kbs/v1/agents/" + agent), followed);
    String webhooks = ROOT + "/kbs/v1/webhooks";
    String hook = "{\"url\":\"https://hooks.example.com/\"}";
    Answer webhook = send("POST", webhooks, hook);
    follow("getWebhook", Map.of(), read(webhooks + "/" + webhook.id()), followed);
    follow("createWebhook", Map.of(), send("POST", webhooks, hook), followed);
    follow("getCurrentUser", Map.of(), read(ROOT + "/wp/v2/users/me"), followed);
    Answer password =
        send(
            "POST",
            ROOT + "/wp/v2/users/me/application-passwords",
            "{\"name\":\"" + TestServer.unique("links") + "\"}");
    follow("createApplicationPassword", Map.of("userId", "me"), password, followed);
    Map<String, String> tags = Map.of("taxonomy", "ticket_tag");
    String terms = ROOT + "/wp/v2/ticket_tag";
    Answer term = send("POST", terms, "{\"name\":\"" + TestServer.unique("links") + "\"}");
    follow("getTerm", tags, read(terms + "/" + term.id()), followed);
    Answer other = send("POST", terms, "{\"name\":\"" + TestServer.unique("links") + "\"}");
    follow("createTerm", tags, other, followed);
    assertEquals(operationsWithLinks(), followed);
  }

  /** Goes on from an answer by each of its links, by those that delete something last. */
  private static void follow(
      String from, Map<String, String> path, Answer answer, Set<String> followed) {
    JsonNode operation = operation(from).operation();
    JsonNode response = resolved(operation.path("responses").path(String.valueOf(answer.status())));
    List<JsonNode> links = new ArrayList<>();
    response.path("links").forEach(link -> links.add(resolved(link)));
    assertTrue(!links.isEmpty(), () -> from + " leads nowhere: " + answer);
    links.sort((one, two) -> Boolean.compare(isDelete(one), isDelete(two)));
    for (JsonNode link : links) {
      Target target = operation(link.path("operationId").asText());
      Answer next = target.call(link.path("parameters"), path, answer.json());
      assertTrue(
          next.status() < 300 || next.status() == 400 && target.needsBody(),
          () -> from + " leads to " + link + ": " + next);
    }
    followed.add(from);
  }

  private static boolean isDelete(JsonNode link) {
    return operation(link.path("operationId").asText()).method().equals("delete");
  }

  /** Where a link leads to. */
  private record Target(String path, String method, JsonNode operation) {

    /** Whether it asks for more than its link can say: then it says so, of what it knows. */
    boolean needsBody() {
      return operation.has("requestBody");
    }

    Answer call(JsonNode parameters, Map<String, String> ofRequest, JsonNode answer) {
      String address = ROOT + path;
      List<String> query = new ArrayList<>();
      for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
        String expression = parameter.getValue().asText();
        String value =
            expression.startsWith("$response.body#")
                ? answer.at(expression.substring("$response.body#".length())).asText()
                : ofRequest.get(expression.substring("$request.path.".length()));
        assertTrue(value != null && !value.isEmpty(), expression);
        String variable = "{" + parameter.getKey() + "}";
        if (address.contains(variable)) {
          address = address.replace(variable, value);
        } else {
          query.add(parameter.getKey() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
      }
      for (JsonNode parameter : operation.path("parameters")) {
        if (resolved(parameter).path("name").asText().equals("force")) {
          query.add("force=true");
        }
      }
      String asked = query.isEmpty() ? address : address + "?" + String.join("&", query);
      return method.equals("post")
          ? manager.send("POST", asked, JSON, "{}")
          : manager.send(method.toUpperCase(Locale.ROOT), asked, null, null);
    }
  }

  private static Target operation(String id) {
    for (Map.Entry<String, JsonNode> path : CONTRACT.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> entry : path.getValue().properties()) {
        if (entry.getValue().path("operationId").asText().equals(id)) {
          return new Target(path.getKey(), entry.getKey(), entry.getValue());
        }
      }
    }
    throw new AssertionError("There is no operation " + id);
  }

  /** PUT and PATCH mean what POST means, and answer as it does. */
  private static Set<String> operationsWithLinks() {
    Set<String> found = new TreeSet<>();
    for (JsonNode path : CONTRACT.path("paths")) {
      for (String method : List.of("get", "post", "delete")) {
        for (JsonNode response : path.path(method).path("responses")) {
          if (!resolved(response).path("links").isEmpty()) {
            found.add(path.path(method).path("operationId").asText());
          }
        }
      }
    }
    return found;
  }

  private static JsonNode resolved(JsonNode node) {
    return node.path("$ref").isTextual()
        ? CONTRACT.at(node.path("$ref").asText().substring(1))
        : node;
  }

  private static Answer read(String path) {
    return manager.send("GET", path, null, null).assertOk();
  }

  private static Answer send(String method, String path, String body) {
    return manager.send(method, path, JSON, body);
  }
}
