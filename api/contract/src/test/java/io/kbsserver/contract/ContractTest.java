package io.kbsserver.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContractTest {

  private static final String LIST = "/kbs/v1/things";

  /** A contract with whatever our marks can say. */
  private static final String THINGS =
      """
      servers: [{url: /wp-json}]
      paths:
        /kbs/v1/things:
          get:
            operationId: listThings
            security: []
            parameters:
              - $ref: '#/components/parameters/Size'
              - {name: Prefer, in: header, schema: {type: string}}
            responses:
              '200':
                headers: {X-Total: {example: 3}, X-Other: {}}
                content: {application/json: {examples: {one: {value: [1]}, none: {value: []}}}}
              '404':
                content: {application/json: {examples: {nothing: {value: {}}}}}
          options: {operationId: describeThings, security: []}
        /kbs/v1/parts/{id}:
          x-wordpress-routes: [{route: '/kbs/v1/parts/(?P<id>\\d+)'}]
          parameters: [{name: id, in: path, schema: {type: integer}}]
          get: {operationId: getPart, security: [{login: []}, {}]}
        /kbs/v1/things/{idOrName}:
          x-kbs-setting: things
          x-wordpress-routes:
            - {route: '/kbs/v1/things/(?P<id>\\d+)'}
            - {route: '/kbs/v1/things/(?P<name>[a-z]+)', methods: [GET]}
          get: {operationId: getThing}
          post:
            operationId: updateThing
            x-kbs-caller: agent
            deprecated: true
            x-deprecated-since: 2026-01-02
            x-sunset: 2027-01-02
            requestBody:
              content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
      components:
        parameters:
          Size: {name: size, in: query, schema: {type: integer, default: 10, maximum: 20}}
        schemas:
          Thing:
            properties:
              tags: {x-kbs-several: comma}
              colour: {type: string, enum: [red, blue], deprecated: true,
                x-deprecated-since: 2025-01-02, x-sunset: 2026-01-02}
      """;

  private final Contract contract = read(THINGS);

  private static Contract read(String yaml) {
    return new Contract(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private Operation operation(String id) {
    return contract.operation(id).orElseThrow();
  }

  @Test
  void anOperationIsFoundByItsNameAndByItsPath() {
    Operation update = operation("updateThing");
    assertEquals("/kbs/v1/things/{idOrName}", update.path());
    assertEquals(update, contract.operation(update.path(), HttpMethod.POST).orElseThrow());
    assertTrue(contract.operation(update.path(), HttpMethod.PUT).isEmpty());
    assertTrue(contract.operation("describeThing").isEmpty());
    assertEquals("things", update.setting());
    assertTrue(update.changesObject());
    assertFalse(operation("getThing").changesObject());
    assertEquals(Set.of("id"), operation("getPart").numbers());
    assertEquals(Set.of(), update.numbers());
    assertEquals("/wp-json", contract.root());
  }

  @Test
  void theMarkSaysWhoMayCall() {
    assertEquals(Callers.ANYONE, operation("listThings").callers());
    assertEquals(Callers.LOGIN, operation("getThing").callers());
    assertEquals(Callers.AGENT, operation("updateThing").callers());
    assertEquals(Callers.ANYONE, operation("getPart").callers());
    String unknown = THINGS.replace("x-kbs-caller: agent", "x-kbs-caller: everybody");
    assertThrows(
        IllegalArgumentException.class, () -> read(unknown), "nobody is let in by mistake");
  }

  @Test
  void aLoginMakesADifferenceWhereItIsOneOfTheWays() {
    assertFalse(operation("listThings").takesLogin());
    assertTrue(operation("getPart").takesLogin());
    assertTrue(operation("getThing").takesLogin());
  }

  @Test
  void anAnswerHasTheFirstExampleOfItsStatus() {
    assertEquals("one", operation("listThings").example(200).orElseThrow().name());
    assertTrue(operation("listThings").example(401).isEmpty());
  }

  @Test
  void parametersAndBodiesHaveTheirSchemas() {
    Parameter size = operation("listThings").parameters().get(0);
    assertEquals(1, operation("listThings").parameters().size(), "headers are no query");
    assertEquals(10L, size.defaultValue());
    assertEquals(20L, size.schema().maximum());
    BodySchema thing = operation("updateThing").body();
    assertEquals(thing, contract.body("Thing"));
    assertEquals(Schema.Several.COMMA, thing.properties().get("tags").several());
    assertEquals(List.of("red", "blue"), thing.properties().get("colour").values());
  }

  @Test
  void examplesComeInTheOrderOfTheFile() {
    List<Example> examples = operation("listThings").examples();
    assertEquals(
        List.of("200 one", "200 none", "404 nothing"),
        examples.stream().map(example -> example.status() + " " + example.name()).toList());
    assertEquals("{X-Total=3}", examples.get(0).headers().toString());
    assertEquals("[1]", examples.get(0).body().toString());
  }

  @Test
  void aPathMayStandForSeveralRoutes() {
    List<Route> routes = contract.routes();
    assertEquals(
        List.of("[GET]", "[GET]", "[GET, POST]", "[GET]"),
        routes.stream()
            .map(route -> route.operations().stream().map(Operation::method).toList())
            .map(Object::toString)
            .toList());
    assertTrue(routes.get(0).isFixed());
    assertEquals(LIST, routes.get(0).name());
    assertTrue(routes.get(2).meets(List.of("12")));
    assertFalse(routes.get(2).meets(List.of("1-2")));
    assertTrue(routes.get(3).meets(List.of("Name")), "case makes no difference");
  }

  @Test
  void aPathOfObjectsSaysByWhichRouteClientsKnowIt() {
    String without = THINGS.replace("[{route: '/kbs/v1/parts/(?P<id>\\d+)'}]", "[]");
    Exception refusal = assertThrows(IllegalArgumentException.class, () -> read(without));
    assertEquals("/kbs/v1/parts/{id} needs x-wordpress-routes", refusal.getMessage());
  }

  @Test
  void theEarliestDeprecationCounts() {
    Operation update = operation("updateThing");
    assertEquals(update.deprecation(), update.deprecationOf(Set.of("tags")).orElseThrow());
    Deprecation both = update.deprecationOf(Set.of("colour")).orElseThrow();
    assertEquals("2025-01-02T00:00:00Z", both.since().toString());
    assertEquals("2026-01-02T00:00:00Z", both.sunset().toString());
    assertFalse(operation("getThing").isDeprecatedInPart());
  }

  @Test
  void thePackagedFileIsRead() {
    assertTrue(Contract.packaged().operation("listTickets").isPresent());
  }
}
