package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.json;

import io.kbsserver.access.Role;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Parameter;
import io.kbsserver.contract.Schema;
import io.kbsserver.spec.Testimony;
import io.micronaut.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gives each parameter and each field of the contract, one at a time, each value that is named for
 * it, those at its bounds and those just beyond, and what is of another type. What comes of it is
 * judged by the watch over the contract, and kept for the mutants of the contract
 * (docs/contract-mutation.md).
 */
class EveryValueDrill {

  private static final List<HttpMethod> WITH_A_BODY =
      List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);
  private static final int LONG = 100_000;
  private static final int LONGEST_LIST = 5_000;

  private static TestServer server;
  private static HttpApi manager;
  private static HttpApi administrator;
  private static NamedThings things;
  private static Map<String, List<String>> known;
  private static int count;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    manager = server.user(Role.SUPPORT_MANAGER).api();
    administrator = server.user(Role.ADMINISTRATOR).api();
    String email = TestServer.unique("every.value") + "@example.org";
    String customer = String.valueOf(server.customer(email, null, null));
    things = NamedThings.of(server, email);
    String agent = String.valueOf(things.agent().id());
    String company = String.valueOf(server.company("Somebody Ltd"));
    known =
        Map.ofEntries(
            Map.entry("agent", List.of(agent, things.agent().login())),
            Map.entry("agent_id", List.of(agent)),
            Map.entry("agents", List.of(agent)),
            Map.entry("customer", List.of(customer, email)),
            Map.entry("customer_id", List.of(customer)),
            Map.entry("customer_email", List.of(email)),
            Map.entry("company", List.of(company)),
            Map.entry("company_id", List.of(company)),
            Map.entry("department", List.of(term("departments"))),
            Map.entry("post_category", List.of(term("ticket_categories"))),
            Map.entry("delete_category", List.of(term("ticket_categories"))),
            Map.entry("ticket_tag", List.of(term("ticket_tag"))),
            Map.entry("url", List.of("https://receiver.invalid/x")));
  }

  private static String term(String taxonomy) {
    return String.valueOf(server.term(taxonomy, TestServer.unique("term")));
  }

  static Stream<Operation> operations() {
    return Contract.packaged().operations().stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyValueIsTakenOrRefused(Operation operation) {
    HttpApi api = send(manager, operation, "", Map.of()) < 400 ? manager : administrator;
    send(api, operation, "", Map.of());
    send(server.anonymous(), operation, "", Map.of());
    send(api, operation, "kbs-no-such-parameter=1", Map.of());
    for (Parameter parameter : operation.parameters()) {
      String name = encoded(parameter.name());
      for (String value : values(parameter.name(), parameter.schema())) {
        send(api, operation, name + "=" + encoded(value), Map.of());
      }
      send(api, operation, name + "[x]=1", Map.of());
    }
    anywhere(api, operation);
    if (operation.body().properties().isEmpty() || !WITH_A_BODY.contains(operation.method())) {
      return;
    }
    for (String field : operation.body().required()) {
      Map<String, Object> without = new LinkedHashMap<>(OperationRequest.body(operation));
      without.remove(field);
      whole(sender(api, operation), operation, "", without);
    }
    operation
        .body()
        .properties()
        .forEach(
            (name, schema) -> {
              values(name, schema).forEach(value -> send(api, operation, "", Map.of(name, value)));
              send(api, operation, "", Collections.singletonMap(name, null));
              send(api, operation, "", Map.of(name, Map.of("x", 1)));
              send(api, operation, "", Map.of(name, List.of(Map.of("x", 1))));
            });
    send(api, operation, "", Map.of("kbs-no-such-field", 1));
    formats(api, operation);
  }

  /** At the words that its path may have, and at what is none of them, and no number. */
  private static void anywhere(HttpApi api, Operation operation) {
    if (!operation.path().contains("{")) {
      return;
    }
    String address = address(sender(api, operation), operation);
    if (operation.path().contains("{taxonomy}")) {
      List<String> words = new ArrayList<>(operation.words().get("taxonomy"));
      words.add(Testimony.NOTHING);
      words.forEach(word -> empty(api, operation, address.replace("ticket_tag", word)));
    }
    empty(api, operation, address.replaceFirst("\\d+(?!.*\\d)", Testimony.NOTHING));
  }

  private static void empty(HttpApi api, Operation operation, String address) {
    api.send(operation.method().name(), address, null, null);
  }

  private static void formats(HttpApi api, Operation operation) {
    StringBuilder form = new StringBuilder();
    StringBuilder parts = new StringBuilder();
    OperationRequest.body(operation)
        .forEach(
            (name, value) -> {
              if (value instanceof List<?>) {
                return;
              }
              form.append(form.isEmpty() ? "" : "&").append(name).append("=");
              form.append(encoded(String.valueOf(value)));
              parts.append("--B\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n");
              parts.append(value).append("\r\n");
            });
    String method = operation.method().name();
    HttpApi own = sender(api, operation);
    own.send(method, address(own, operation), "application/x-www-form-urlencoded", form.toString());
    own.send(
        method, address(own, operation), "multipart/form-data; boundary=B", parts + "--B--\r\n");
    own.send(method, address(own, operation), "text/plain", "x");
  }

  private static List<String> values(String name, Schema schema) {
    List<String> values = new ArrayList<>(known.getOrDefault(name, List.of()));
    values.addAll(List.of(Testimony.NOTHING, "7", "true", "false", "2026-01-02T03:04:05", "-5"));
    if (schema.values() != null) {
      values.addAll(schema.values());
    }
    around(values, schema.minimum());
    around(values, schema.maximum());
    if (schema.maxLength() != null && schema.maxLength() < LONG) {
      for (int length : List.of(schema.maxLength(), schema.maxLength() + 1)) {
        values.add(unlike("m".repeat(length)));
        if (name.contains("email")) {
          values.add(email(length));
        }
        if (name.equals("url")) {
          values.add(unlike("https://receiver.invalid/" + "m".repeat(Math.max(0, length - 25))));
        }
      }
    }
    if (schema.items() != null) {
      values.addAll(values(name, schema.items()));
    }
    if (schema.maxItems() != null) {
      for (String value : List.copyOf(values)) {
        if (!value.contains(",") && value.length() * schema.maxItems() < LONGEST_LIST) {
          values.add(String.join(",", Collections.nCopies(schema.maxItems(), value)));
          values.add(String.join(",", Collections.nCopies(schema.maxItems() + 1, value)));
        }
      }
      values.add(numbers(schema.maxItems()));
      values.add(numbers(schema.maxItems() + 1));
    }
    return values.stream().distinct().toList();
  }

  /** The same with another end each time: some names are given once only. */
  private static String unlike(String text) {
    String end = String.valueOf(100_000 + count++);
    return text.length() < 2 * end.length()
        ? text
        : text.substring(0, text.length() - end.length()) + end;
  }

  private static void around(List<String> values, Long bound) {
    if (bound != null) {
      LongStream.rangeClosed(bound - 1, bound + 1).forEach(v -> values.add(String.valueOf(v)));
    }
  }

  private static String numbers(int size) {
    return String.join(",", IntStream.rangeClosed(1, size).mapToObj(String::valueOf).toList());
  }

  /** An address of this length whose parts are as long as they may be. */
  private static String email(int length) {
    String domain = ("d".repeat(60) + ".").repeat(length / 61 + 1);
    return "every@" + domain.substring(0, length - 10) + ".org";
  }

  private static int send(HttpApi of, Operation operation, String query, Map<String, ?> more) {
    HttpApi api = sender(of, operation);
    if (operation.isTakenAsFile() || !WITH_A_BODY.contains(operation.method())) {
      String path = OperationRequest.withQuery(operation, address(api, operation));
      String all = query.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + query;
      return operation.isTakenAsFile()
          ? OperationRequest.sendTo(api, operation, all).status()
          : api.send(operation.method().name(), all, null, null).status();
    }
    Map<String, Object> body = new LinkedHashMap<>(OperationRequest.body(operation));
    body.putAll(more);
    return whole(api, operation, query.isEmpty() ? "" : "?" + query, body);
  }

  private static int whole(HttpApi api, Operation operation, String query, Map<String, ?> body) {
    String path = address(api, operation) + query;
    return api.send(operation.method().name(), path, HttpApi.JSON, json(body)).status();
  }

  /** A user has some webhooks and passwords at most, and their own only. */
  private static HttpApi sender(HttpApi api, Operation operation) {
    boolean own = operation.path().contains("/webhooks") || operation.path().contains("-passwords");
    return own && api == manager ? server.user(Role.SUPPORT_MANAGER).api() : api;
  }

  private static String address(HttpApi api, Operation operation) {
    if (operation.path().contains("{webhookId}")) {
      Answer made = OperationRequest.newWebhook(api);
      String id = made.status() < 300 ? String.valueOf(made.id()) : "1";
      return "/wp-json" + operation.path().replace("{webhookId}", id);
    }
    return things.address(operation, "me", () -> password(api));
  }

  private static String password(HttpApi api) {
    Map<String, String> name = Map.of("name", TestServer.unique("program"));
    Answer made =
        api.send("POST", "/wp-json/wp/v2/users/me/application-passwords", HttpApi.JSON, json(name));
    return made.status() < 300 ? made.text("uuid") : "none";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
