package io.kbsserver.http;

import static io.kbsserver.api.OperationId.GET_USER;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.api.OperationId;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.ContractFile;
import io.kbsserver.contract.Operation;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.link.Embeddable;
import io.kbsserver.rest.ChangedContract;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.users.UsersOfTheTest;
import io.micronaut.context.BeanContext;
import io.micronaut.http.HttpMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What links lead to is read by the room that it belongs to, once for a page. */
class EmbeddingTest {

  private static TestServer server;
  private static User manager;
  private static User customer;
  private static UsersOfTheTest users;
  private static String all;

  /** A contract with a route that tickets link to, and that a setting switches off. */
  @BeforeAll
  static void start() {
    JsonNode contract = ContractFile.read(ChangedContract.packaged());
    ObjectNode path = ((ObjectNode) contract.get("paths")).putObject(GET_USER.path());
    path.put("x-kbs-setting", "enable_departments");
    path.putArray("x-wordpress-routes").addObject().put("route", "/wp/v2/users/(?P<id>\\d+)");
    path.putObject("get").put("operationId", GET_USER.id()).put("x-kbs-caller", "agent");
    server =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_embedding"),
            Map.of(ChangedContract.TEXT, contract.toString(), UsersOfTheTest.ARE_THERE, "true"));
    users = server.bean(UsersOfTheTest.class);
    manager = server.user("support_manager");
    customer = server.user("support_customer");
    server.customer("one@example.org", customer.id(), null);
    long first = manager.api().post("", ticket("one@example.org", "agent_id", manager.id())).id();
    long second = manager.api().post("", ticket("one@example.org")).id();
    long third = manager.api().post("", ticket("two@example.org")).id();
    all = "?include=%d,%d,%d&orderby=include&order=asc".formatted(first, second, third);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void nobodyWasAskedYet() {
    users.asked.clear();
    users.unknown.clear();
    server.set("enable_departments", "1");
  }

  @Test
  void theRoomIsAskedOnceForAllThatAPageLinksTo() {
    JsonNode page = manager.api().get(all + "&_embed").assertOk().json();
    assertEquals(List.of(Set.of(manager.id(), customer.id())), users.asked);
    assertEquals("User " + manager.id(), page.at("/0/_embedded/agent/0/name").asText());
    assertEquals("User " + customer.id(), page.at("/0/_embedded/user/0/name").asText());
    assertEquals("User " + customer.id(), page.at("/1/_embedded/user/0/name").asText());
    assertTrue(page.at("/1/_embedded/agent").isMissingNode());
    assertTrue(page.at("/2/_embedded/user").isMissingNode());
  }

  @Test
  void onlyWhatIsWantedIsAskedFor() {
    manager.api().get(all + "&_embed=agent,customer").assertOk();
    assertEquals(List.of(Set.of(manager.id())), users.asked);
    manager.api().get(all).assertOk();
    manager.api().get(all + "&_embed&_fields=id").assertOk();
    manager.api().get(all + "&_embed=company").assertOk();
    assertEquals(1, users.asked.size());
  }

  /** As WordPress reads the parameter: "0" is nothing, and a list has relations only. */
  @Test
  void whatNamesNoRelationAsksForAllUnlessItIsInAList() {
    for (String all : List.of("_embed", "_embed=", "_embed=0", "_embed=1", "_embed=true")) {
      JsonNode first = manager.api().get(EmbeddingTest.all + "&" + all).assertOk().json().get(0);
      assertTrue(first.at("/_embedded/agent").isArray(), all);
    }
    for (String none : List.of("_embed%5B%5D=1", "_embed%5B%5D=true", "_embed=none")) {
      JsonNode first = manager.api().get(EmbeddingTest.all + "&" + none).assertOk().json().get(0);
      assertTrue(first.path("_embedded").isMissingNode(), none);
    }
  }

  @Test
  void whatTheRoomDoesNotHaveIsEmbeddedAsItsError() {
    users.unknown.add(customer.id());
    JsonNode first = manager.api().get(all + "&_embed").assertOk().json().get(0);
    assertEquals("User " + manager.id(), first.at("/_embedded/agent/0/name").asText());
    assertError(404, "rest_post_invalid_id", first.at("/_embedded/user/0"));
  }

  @Test
  void whoMayNotCallTheOperationGetsItsErrorAndTheRoomIsNotAsked() {
    JsonNode page = customer.api().get("?_embed=user").assertOk().json();
    assertEquals(2, page.size());
    page.forEach(item -> assertError(403, "rest_forbidden", item.at("/_embedded/user/0")));
    assertEquals(List.of(), users.asked);
  }

  @Test
  void whatIsSwitchedOffIsNoRoute() {
    server.set("enable_departments", "0");
    JsonNode first = manager.api().get(all + "&_embed").assertOk().json().get(0);
    assertError(404, "rest_no_route", first.at("/_embedded/user/0"));
    assertEquals(List.of(), users.asked);
  }

  /** A route that is there and is linked to as embeddable has a room that reads it. */
  @Test
  void everythingEmbeddableInTheContractIsReadBySomebody() {
    Contract contract = Contract.packaged();
    List<OperationId> read =
        TestServer.fresh().bean(BeanContext.class).getBeansOfType(Embeddable.class).stream()
            .map(Embeddable::operation)
            .toList();
    List<String> links =
        contract.operations().stream()
            .flatMap(operation -> operation.examples().stream())
            .flatMap(example -> example.body().findParents("embeddable").stream())
            .map(link -> link.get("href").asText().replaceFirst("^.*" + contract.root(), ""))
            .filter(path -> !path.contains("?"))
            .distinct()
            .toList();
    assertTrue(links.contains("/wp/v2/users/3"), links::toString);
    for (String link : links) {
      OperationId operation =
          Arrays.stream(OperationId.values())
              .filter(id -> contract.operation(id.id()).filter(EmbeddingTest::reads).isPresent())
              .filter(id -> link.matches(id.path().replaceAll("\\{[^}]*}", "[^/?]+")))
              .findFirst()
              .orElseThrow(() -> new AssertionError(link + " leads to no operation"));
      assertTrue(read.contains(operation), operation + " is read by no room");
    }
  }

  private static boolean reads(Operation operation) {
    return operation.method() == HttpMethod.GET;
  }

  private static void assertError(int status, String code, JsonNode error) {
    assertEquals(code, error.path("code").asText(), error::toString);
    assertEquals(status, error.at("/data/status").asInt());
  }
}
