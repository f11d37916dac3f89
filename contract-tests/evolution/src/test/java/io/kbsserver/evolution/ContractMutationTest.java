package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.spec.Exchange;
import io.kbsserver.spec.Testimony;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Mutants of a small contract are noticed by those who can, and by nobody where nobody can. */
class ContractMutationTest {

  private static final JsonNode CONTRACT =
      Edition.parse(
              """
              openapi: 3.0.3
              info: {title: Things, version: 1.0.0}
              servers: [{url: /wp-json}]
              security: [{applicationPassword: []}]
              paths:
                /things:
                  get:
                    operationId: listThings
                    parameters:
                      - {name: order, in: query, schema: {type: string, enum: [asc, desc], default: asc}}
                      - {name: page, in: query, schema: {type: integer, minimum: 1}}
                    responses:
                      '200':
                        description: Things.
                        headers: {X-WP-Total: {schema: {type: integer}}}
                        content:
                          application/json:
                            schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}
                            example: [{id: 7, name: Chair}]
                      '400':
                        description: Refused.
                        content:
                          application/json:
                            schema: {$ref: '#/components/schemas/Error'}
                      '401':
                        description: Nobody.
                        content:
                          application/json:
                            schema: {$ref: '#/components/schemas/Error'}
              components:
                securitySchemes: {applicationPassword: {type: http, scheme: basic}}
                schemas:
                  Thing:
                    type: object
                    required: [id, name]
                    properties:
                      id: {type: integer}
                      name: {type: string, nullable: true}
                  Error:
                    type: object
                    required: [code, data]
                    properties:
                      code: {type: string}
                      data:
                        type: object
                        required: [params]
                        properties:
                          params: {type: object, additionalProperties: {type: string}}
              x-kbs-error-codes:
                rest_invalid_param: {status: [400]}
                rest_not_logged_in: {status: [401]}
              """)
          .tree();

  private static final String ASCENDING = "[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":null}]";
  private static final String DESCENDING = "[{\"id\":2,\"name\":null},{\"id\":1,\"name\":\"a\"}]";

  private static final List<Exchange> EXCHANGES =
      List.of(
          answered("", ASCENDING),
          answered("?order=asc", ASCENDING),
          answered("?order=desc", DESCENDING),
          answered("?page=1", ASCENDING),
          exchange("", 401, Map.of(), "{\"code\":\"rest_not_logged_in\",\"data\":{\"params\":{}}}"),
          refused("page", "0"),
          refused("page", Testimony.NOTHING),
          refused("order", Testimony.NOTHING));

  private static final Set<String> ALL = Set.of(Judged.SERVER, Judged.UNSEEN, Judged.PACT);

  private static Exchange answered(String query, String body) {
    return exchange(query, 200, Map.of("X-WP-Total", List.of("2")), body);
  }

  private static Exchange refused(String parameter, String value) {
    String body =
        "{\"code\":\"rest_invalid_param\",\"data\":{\"params\":{\"%s\":\"No.\"}}}"
            .formatted(parameter);
    return exchange("?" + parameter + "=" + value, 400, Map.of(), body);
  }

  private static Exchange exchange(
      String query, int status, Map<String, List<String>> headers, String body) {
    Map<String, List<String>> all =
        Stream.concat(
                headers.entrySet().stream(),
                Stream.of(Map.entry("Content-Type", List.of("application/json"))))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new Exchange(
        "GET",
        "/wp-json/things" + query,
        status == 401 ? Map.of() : Map.of("Authorization", List.of("Basic eDp5")),
        null,
        status,
        all,
        body);
  }

  private static List<String> survivors(List<Exchange> exchanges, Set<String> judges) {
    ContractMutation mutation =
        new ContractMutation(CONTRACT, new Testimony(CONTRACT, exchanges), List.of(), judges);
    return Stream.concat(
            MutantMaker.all(CONTRACT).stream().map(mutation::judge),
            mutation.ofAnswers(Set.of()).stream())
        .filter(Judged::survives)
        .map(Judged::name)
        .toList();
  }

  @Test
  void nothingIsSaidOfTheContractAsItIs() {
    assertEquals(Map.of(), new Testimony(CONTRACT, EXCHANGES).discrepancies());
    JsonNode mutant = MutantMaker.all(CONTRACT).get(0).of(CONTRACT);
    assertTrue(new Testimony(mutant, EXCHANGES).discrepancies().size() > 0);
  }

  @Test
  void eachMutantIsNoticed() {
    assertEquals(List.of(), survivors(EXCHANGES, ALL));
  }

  @Test
  void whatNoExchangeShowsIsNoticedByNobody() {
    List<Exchange> without = EXCHANGES.subList(0, EXCHANGES.size() - 1);
    assertEquals(
        List.of("value /paths/~1things/get/parameters/0/schema/enum one more"),
        survivors(without, ALL));
  }

  @Test
  void eachJudgeNoticesWhatNoOtherDoes() {
    int all = MutantMaker.all(CONTRACT).size();
    int server = survivors(EXCHANGES, Set.of(Judged.SERVER)).size();
    int unseen = survivors(EXCHANGES, Set.of(Judged.UNSEEN)).size();
    assertTrue(server > 0 && server < all, () -> server + " of " + all);
    assertTrue(unseen > server, () -> unseen + " and " + server);
  }
}
