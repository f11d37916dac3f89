package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.spec.Exchange;
import io.kbsserver.spec.Testimony;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final String PACT =
      """
      {
        "provider": {"name": "things"},
        "consumer": {"name": "reader"},
        "interactions": [
          {
            "description": "the names",
            "request": {
              "method": "GET",
              "path": "/wp-json/things",
              "headers": {"Authorization": "Basic eDp5"},
              "query": "order=desc"
            },
            "response": {
              "status": 200,
              "headers": {"Content-Type": "application/json"},
              "body": [{"name": "Chair"}]
            }
          }
        ],
        "metadata": {"pactSpecification": {"version": "2.0.0"}}
      }
      """;

  private static final Set<String> ALL = Judged.JUDGES;

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
    return names(judged(exchanges, List.of(), judges), Judged.NOBODY);
  }

  private static List<String> names(List<Judged> judged, String by) {
    return judged.stream().filter(each -> each.by().equals(by)).map(Judged::name).toList();
  }

  private static List<Judged> judged(
      List<Exchange> exchanges, List<PactFile> pacts, Set<String> judges) {
    ContractMutation mutation =
        new ContractMutation(
            CONTRACT, new Testimony(CONTRACT, exchanges), pacts, List.of(), judges);
    return Stream.concat(
            MutantMaker.all(CONTRACT).stream().map(mutation::judge),
            mutation.ofAnswers(Set.of()).stream())
        .toList();
  }

  private static List<String> refusedByPact(String pact) {
    List<PactFile> pacts = List.of(PactFile.parse("reader.json", pact));
    return names(judged(EXCHANGES, pacts, Set.of(Judged.PACT)), Judged.PACT);
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

  @Test
  void whoeverContradictsAMutantIsAskedBeforeWhoNeverSawIt() {
    String retyped = "type /components/schemas/Thing/properties/id/type string";
    assertTrue(names(judged(EXCHANGES, List.of(), ALL), Judged.SERVER).contains(retyped));
    Set<String> unseen = Set.of(Judged.UNSEEN);
    assertTrue(names(judged(EXCHANGES, List.of(), unseen), Judged.UNSEEN).contains(retyped));
  }

  @Test
  void aPactNoticesWhatItsConsumerReliesOn() {
    assertEquals(
        Set.of(
            "listThings 200 /*/name dropped",
            "listThings 200 /*/name of another type",
            "listThings 200 /*/name renamed",
            "media type /paths/~1things/get/responses/200/content/application~1json dropped",
            "operation /paths/~1things/get dropped",
            "parameter /paths/~1things/get/parameters/0 order dropped",
            "property /components/schemas/Thing/properties/name dropped",
            "required /paths/~1things/get/parameters/1/required true",
            "status /paths/~1things/get/responses/200 dropped",
            "type /components/schemas/Thing/properties/name/type integer",
            "type /components/schemas/Thing/type string",
            "type /paths/~1things/get/parameters/0/schema/type boolean",
            "type /paths/~1things/get/responses/200/content/application~1json/schema/items string, and no reference",
            "type /paths/~1things/get/responses/200/content/application~1json/schema/type string",
            "value /paths/~1things/get/parameters/0/schema/enum/1 desc dropped"),
        Set.copyOf(refusedByPact(PACT)));
  }

  @Test
  void whatAPactHasAgainstTheContractAsItIsSpeaksAgainstNoMutant() {
    List<String> refused = refusedByPact(PACT.replace("\"name\": \"Ch", "\"colour\": \"Ch"));
    assertTrue(refused.contains("operation /paths/~1things/get dropped"), refused::toString);
    String other = "property /components/schemas/Thing/properties/name dropped";
    assertFalse(refused.contains(other), refused::toString);
  }

  @Test
  void noAnswerIsChangedThatTheContractDoesNotAllow() {
    List<Exchange> wrong = List.of(answered("", "[{\"id\":1}]"));
    var mutation =
        new ContractMutation(CONTRACT, new Testimony(CONTRACT, wrong), List.of(), List.of(), ALL);
    assertEquals(List.of(), List.copyOf(mutation.ofAnswers(Set.of())));
  }

  @Test
  void aRecordingNoticesTheFieldsThatItHas() {
    List<Exchange> recorded = List.of(answered("?order=asc", "[{\"name\":\"Chair\"}]"));
    ContractMutation mutation =
        new ContractMutation(
            CONTRACT,
            new Testimony(CONTRACT, EXCHANGES),
            List.of(),
            recorded,
            Set.of(Judged.RECORDING));
    List<String> refused = names(List.copyOf(mutation.ofAnswers(Set.of())), Judged.RECORDING);
    assertEquals(
        Set.of(
            "listThings 200 /*/name dropped",
            "listThings 200 /*/name of another type",
            "listThings 200 /*/name renamed"),
        Set.copyOf(refused));
  }

  /** The profile asks all judges that there are, and a run asks none that there is not. */
  @Test
  void judgesAreKnown() throws IOException {
    Matcher property =
        Pattern.compile("<mutation.judges>(.*)</mutation.judges>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertTrue(property.find());
    assertEquals(Judged.JUDGES, ContractMutation.judges(property.group(1)));
    assertThrows(IllegalArgumentException.class, () -> ContractMutation.judges("server,servers"));
  }

  @Test
  void eachMutantHasANameOfItsOwn() {
    List<String> names =
        MutantMaker.all(Edition.read(Edition.WORKING).tree()).stream().map(Mutant::name).toList();
    assertEquals(Set.copyOf(names).size(), names.size());
  }

  @Test
  void aRunFailsByTheScoreAndByWhatIsSaidOfTheContractAsItIs() {
    List<Judged> judged =
        List.of(
            new Judged("type", "a", Judged.SERVER, ""), new Judged("type", "b", Judged.NOBODY, ""));
    var report = new MutationReport(judged, Map.of("took x", 3, "took y", 1), 7, 1);
    assertEquals(List.of(), report.failures(50, 2));
    assertEquals(List.of("50.0 of a hundred are refused, and not 51.0"), report.failures(51, 2));
    assertEquals(
        List.of("2 kinds of things are said of the contract as it is, and not 1 at most"),
        report.failures(50, 1));
  }
}
