package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.kbsserver.access.Role;
import io.kbsserver.contract.BodySchema;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Schema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each field of a body is as long as the contract says, and null where the contract says so. */
class BodyFieldsTest {

  private static final String TOO_LONG = "rest_too_long";

  private static TestServer server;
  private static NamedThings things;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    things = NamedThings.of(server, TestServer.unique("fields") + "@example.org");
  }

  static Stream<Operation> operations() {
    return Contract.packaged().operations().stream()
        .filter(operation -> !operation.isTakenAsFile())
        .filter(operation -> !operation.body().properties().isEmpty());
  }

  /** A request that nothing is wrong with, but for what one field of it says. */
  private record Sender(HttpApi api, Operation operation, String address) {

    static Sender of(Operation operation) {
      HttpApi api = server.user(Role.ADMINISTRATOR).api();
      String path = operation.path();
      String address =
          path.contains("{webhookId}")
              ? "/wp-json" + path.replace("{webhookId}", "" + OperationRequest.newWebhook(api).id())
              : things.address(operation, "me", () -> password(api));
      return new Sender(api, operation, address);
    }

    private static String password(HttpApi api) {
      String address = "/wp-json/wp/v2/users/me/application-passwords";
      return api.send("POST", address, JSON, json(Map.of("name", "To be renamed"))).text("uuid");
    }

    Answer saying(String name, Object value) {
      Map<String, Object> body = new LinkedHashMap<>(OperationRequest.body(operation));
      body.put(name, value);
      return send(body);
    }

    Answer without(String name) {
      Map<String, Object> body = new LinkedHashMap<>(OperationRequest.body(operation));
      body.remove(name);
      return send(body);
    }

    private Answer send(Map<String, Object> body) {
      return api.send(operation.method().name(), address, JSON, json(body));
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aTextIsAsLongAsTheContractSays(Operation operation) {
    Sender sender = Sender.of(operation);
    operation
        .body()
        .properties()
        .forEach(
            (name, schema) -> {
              if (schema.maxLength() == null) {
                return;
              }
              String longest = "m".repeat(schema.maxLength());
              assertNotEquals(TOO_LONG, code(sender.saying(name, longest), name), name);
              Answer longer = sender.saying(name, longest + "m").assertNames(name);
              assertEquals(TOO_LONG, code(longer, name), longer::toString);
            });
  }

  private static String code(Answer answer, String name) {
    return answer.json().at("/data/details").path(name).path("code").asText();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void nullIsAsGoodAsNothingWhereTheContractSaysSo(Operation operation) {
    Sender sender = Sender.of(operation);
    BodySchema body = operation.body();
    body.properties()
        .forEach(
            (name, schema) -> {
              Answer answer = sender.saying(name, null);
              if (body.required().contains(name) || !schema.nullable()) {
                answer.assertNames(name);
              } else {
                assertEquals(sender.without(name).status(), answer.status(), answer::toString);
              }
              if (schema.type() == Schema.Type.ARRAY) {
                sender.saying(name, Collections.singletonList(null)).assertNames(name);
              }
            });
  }

  @Test
  void andNowhereInAPartOfABatch() {
    Operation batch = Contract.packaged().operation("runBatch").orElseThrow();
    Sender sender = Sender.of(batch);
    Schema part = batch.body().properties().get("requests").items();
    for (String name : part.object().properties().keySet()) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("path", "/wp/v2/ticket_tag");
      told.put("body", Map.of("name", TestServer.unique("tag")));
      told.put(name, null);
      sender.saying("requests", List.of(told)).assertNames("requests");
    }
  }
}
