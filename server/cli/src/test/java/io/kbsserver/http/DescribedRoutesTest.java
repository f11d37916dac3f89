package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.access.Role;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.micronaut.http.HttpMethod;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What OPTIONS tells of some routes and not of others, it tells of all of these. */
class DescribedRoutesTest {

  private static final Contract CONTRACT = Contract.packaged();

  private static HttpApi administrator;
  private static NamedThings things;

  @BeforeAll
  static void start() {
    TestServer server = TestServer.fresh();
    administrator = server.user(Role.ADMINISTRATOR).api();
    things = NamedThings.of(server, TestServer.unique("described") + "@example.org");
  }

  static Stream<Operation> descriptions() {
    return CONTRACT.operations().stream()
        .filter(operation -> operation.method() == HttpMethod.OPTIONS);
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void aRouteTellsAllThatThereIsOfIt(Operation operation) {
    String path = operation.path();
    String address = things.address(operation, "me", DescribedRoutesTest::password);
    JsonNode route = administrator.send("OPTIONS", address, null, null).assertOk().json();
    assertEquals(isOfObjects(path), route.has("schema"), route::toString);
    // A taxonomy is a word, and a route of its own.
    boolean fixed = !path.replace("{taxonomy}", "").contains("{");
    assertEquals(fixed, route.has("_links"), route::toString);
    for (JsonNode endpoint : route.get("endpoints")) {
      boolean inBatches =
          StreamSupport.stream(endpoint.get("methods").spliterator(), false)
              .map(method -> CONTRACT.operation(path, HttpMethod.parse(method.asText())))
              .anyMatch(does -> does.orElseThrow().isPartOfBatches());
      assertEquals(inBatches, endpoint.has("allow_batch"), route::toString);
    }
  }

  /** Whether something is read there that has a name in the contract, or a list of such. */
  private static boolean isOfObjects(String path) {
    return CONTRACT.operation(path, HttpMethod.GET).stream()
        .map(get -> get.source().at("/responses/200/content/application~1json/schema"))
        .anyMatch(schema -> schema.has("$ref") || schema.path("items").has("$ref"));
  }

  private static String password() {
    String address = "/wp-json/wp/v2/users/me/application-passwords";
    return administrator
        .send("POST", address, HttpApi.JSON, "{\"name\": \"To be described\"}")
        .text("uuid");
  }
}
