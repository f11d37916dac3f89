package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SunsetsTest {

  private static final Edition FIRST = Edition.read(Edition.RELEASED.resolve("1.0.0.yaml"));
  private static final LocalDate DAY = LocalDate.of(2027, 1, 2);
  private static final String LIST = "/paths/~1kbs~1v1~1tickets/get";
  private static final String PUT = "/paths/~1kbs~1v1~1tickets~1{idOrNumber}/put";
  private static final String JSON = LIST + "/responses/200/content/application~1json";
  private static final String TEXT = "{type: string}";
  private static final String SCHEMAS = "/components/schemas";

  /** Something that may be deprecated, as JSON pointer and as people are told of it. */
  private record Part(String pointer, String name) {

    Edition deprecated(String sunset) {
      return Edit.of(
          FIRST,
          contract ->
              ((ObjectNode) contract.at(pointer))
                  .put("deprecated", true)
                  .put("x-deprecated-since", "2026-01-02")
                  .put("x-sunset", sunset));
    }

    Edition without() {
      int slash = pointer.lastIndexOf('/');
      String key = pointer.substring(slash + 1);
      return key.matches("\\d+")
          ? Edit.of(
              FIRST,
              contract ->
                  ((ArrayNode) contract.at(pointer.substring(0, slash)))
                      .remove(Integer.parseInt(key)))
          : Edit.of(FIRST, Edit.remove(pointer));
    }
  }

  @TestFactory
  Stream<DynamicTest> nothingGoesBeforeItsDay() {
    return Stream.of(
            new Part(PUT, "PUT /kbs/v1/tickets/{idOrNumber}: "),
            new Part(LIST + "/parameters/" + position("search"), "query parameter search "),
            new Part(LIST + "/responses/200/headers/X-WP-Total", "response 200, header X-WP-"),
            new Part(SCHEMAS + "/TicketCreate/properties/department", "request body, department "),
            new Part(SCHEMAS + "/TicketData/properties/key", "response 200[], ticket_data.key "))
        .map(part -> dynamicTest(part.name(), () -> check(part)));
  }

  private static void check(Part part) {
    Edition released = part.deprecated(DAY.toString());
    assertBroken("is gone, and release 1.0.0 does not call it", part, FIRST, part.without(), DAY);
    assertBroken(
        "is gone, and release 1.0.0 says: on 2027-01-02",
        part,
        released,
        part.without(),
        DAY.minusDays(1));
    assertEquals(List.of(), broken(released, part.without(), DAY));
    assertBroken(
        "goes on 2027-01-01, and release 1.0.0 says: on 2027-01-02",
        part,
        released,
        part.deprecated("2027-01-01"),
        DAY);
    assertEquals(List.of(), broken(released, part.deprecated("2027-01-03"), DAY));
    assertEquals(List.of(), broken(released, FIRST, DAY), "It may stay after all");
    assertBroken(
        "goes on 2027-01-02, which has come, and release 1.0.0 does not",
        part,
        FIRST,
        released,
        DAY);
    assertEquals(List.of(), broken(FIRST, released, DAY.minusDays(1)));
  }

  /** Nor where all of a kind go at once. */
  @Test
  void nothingGoesWithWhatHoldsIt() {
    assertGone("response 200, header X-WP-Total", Edit.remove(LIST + "/responses/200/headers"));
    assertGone("request body, department", Edit.remove(SCHEMAS + "/TicketCreate/properties"));
    assertGone("request body, status", Edit.remove(PUT + "/requestBody"));
    assertGone("response 200[], ticket_data.key", Edit.set(SCHEMAS + "/TicketData", TEXT));
    assertGone("response 200[], id", Edit.remove(JSON + "/schema"));
    assertGone("response 200[], id", Edit.set(JSON + "/schema", TEXT));
  }

  private static void assertGone(String place, Edit edit) {
    List<String> broken = broken(FIRST, Edit.of(FIRST, edit), DAY);
    assertTrue(
        broken.stream().anyMatch(line -> line.contains(place + " is gone, and")),
        () -> place + ": " + broken);
  }

  /** They are what clients may send on, and not what they are asked for. */
  @Test
  void parametersOfLinksAreNone() {
    String links = LIST + "/responses/200/links";
    Edition released =
        Edit.of(
            FIRST, Edit.add(links, "{next: {operationId: listTickets, parameters: {page: '1'}}}"));
    Edition changed = Edit.of(released, Edit.remove(links + "/next/parameters/page"));
    assertEquals(List.of(), broken(released, changed, DAY));
  }

  @Test
  void whatIsOverTakesItsPartsWithIt() {
    Edition released = new Part(LIST, "").deprecated(DAY.toString());
    Edition changed = Edit.of(released, Edit.remove(LIST + "/responses/200/headers/X-WP-Total"));
    assertEquals(List.of(), broken(released, changed, DAY));
    assertEquals(1, broken(released, changed, DAY.minusDays(1)).size());
  }

  /** Nobody sends the name of a variable, and in generated code it is told as such. */
  @Test
  void aVariableOfAPathMayBeCalledOtherwise() {
    Edition released = new Part(PUT, "").deprecated(DAY.toString());
    Edition changed =
        Edit.of(
            released,
            Edit.rename("/paths/~1kbs~1v1~1tickets~1{idOrNumber}", "/kbs/v1/tickets/{ticket}"),
            contract -> {
              ObjectNode item = (ObjectNode) contract.at("/paths/~1kbs~1v1~1tickets~1{ticket}");
              ((ObjectNode) item.path("parameters").get(0)).put("name", "ticket");
            });
    assertEquals(List.of(), broken(released, changed, DAY.minusDays(1)));
    assertEquals(List.of(), Gate.breaking(Gate.changes(released, changed)));
    assertEquals(
        List.of(
            "~ path parameter idOrNumber is called ticket (GET /kbs/v1/tickets/{idOrNumber}, PUT"
                + " /kbs/v1/tickets/{idOrNumber}, POST /kbs/v1/tickets/{idOrNumber}, OPTIONS"
                + " /kbs/v1/tickets/{idOrNumber}, PATCH /kbs/v1/tickets/{idOrNumber})"),
        Gate.renamed(Gate.changes(released, changed)));
    // What is lost below it is told all the same.
    Edition less =
        Edit.of(changed, Edit.remove("/paths/~1kbs~1v1~1tickets~1{ticket}/put/requestBody"));
    assertTrue(
        broken(FIRST, less, DAY).stream()
            .anyMatch(line -> line.startsWith("PUT /kbs/v1/tickets/{idOrNumber}: request body")));
    assertBroken(
        "is gone, and release 1.0.0 says: on 2027-01-02",
        new Part(PUT, "PUT /kbs/v1/tickets/{idOrNumber}: "),
        released,
        Edit.of(changed, Edit.remove("/paths/~1kbs~1v1~1tickets~1{ticket}/put")),
        DAY.minusDays(1));
  }

  /** Clients of an older release plan by what that says. */
  @Test
  void whatAReleaseTookBackIsNotNamedEarlier() {
    for (Part part :
        List.of(
            new Part(PUT, "PUT /kbs/v1/tickets/{idOrNumber}: "),
            new Part(SCHEMAS + "/TicketData/properties/key", "ticket_data.key "))) {
      Edition named = part.deprecated(DAY.toString());
      Edition takenBack = Edit.of(FIRST, Edit.set("/info/version", "1.2.0"));
      List<Edition> releases = List.of(named, takenBack);
      LocalDate before = DAY.minusMonths(6);
      List<String> earlier = broken(releases, part.deprecated("2027-01-01"), before);
      String moved = "goes on 2027-01-01, and release 1.0.0 says: on 2027-01-02";
      assertTrue(
          !earlier.isEmpty() && earlier.stream().allMatch(line -> line.contains(moved)),
          earlier::toString);
      assertEquals(List.of(), broken(releases, part.deprecated("2027-01-02"), before));
      assertEquals(List.of(), broken(releases, takenBack, before));
      // The last release does not call it deprecated, and its day does not count any more.
      List<String> gone = broken(releases, part.without(), DAY);
      assertTrue(
          !gone.isEmpty()
              && gone.stream().allMatch(line -> line.contains("release 1.2.0 does not")),
          gone::toString);
      // Where a release has named an earlier day all the same, the later one holds.
      List<Edition> sooner = List.of(named, takenBack, part.deprecated("2026-12-01"));
      List<String> early = broken(sooner, part.without(), DAY.minusDays(1));
      assertTrue(
          !early.isEmpty() && early.stream().allMatch(line -> line.contains("says: on 2027-01-02")),
          early::toString);
      assertEquals(List.of(), broken(sooner, part.without(), DAY));
      assertTrue(
          new Gate(releases, "- Contract 2.0.0", before)
                  .findings(
                      Edit.of(part.deprecated("2027-01-01"), Edit.set("/info/version", "2.0.0")))
                  .stream()
                  .anyMatch(finding -> finding.contains(moved)));
    }
  }

  /** A property goes where what describes it is reached by way of others. */
  @TestFactory
  Stream<DynamicTest> nothingGoesBehindOtherSchemas() {
    String cat = "{type: object, properties: {name: " + TEXT + ", purr: " + TEXT + "}}";
    String dog = "{type: object, properties: {name: " + TEXT + ", bark: " + TEXT + "}}";
    String without = "{type: object, properties: {name: " + TEXT + "}}";
    return Stream.of(
            new Behind("allOf", "{allOf: [{$ref: Cat}, %s]}".formatted(dog), without, ""),
            new Behind("oneOf", "{oneOf: [%s, {$ref: Cat}]}".formatted(dog), without, ""),
            new Behind("anyOf", "{anyOf: [{oneOf: [{$ref: Cat}]}]}", without, ""),
            new Behind("a list", "{type: array, items: {oneOf: [{$ref: Cat}]}}", without, "[]"),
            new Behind(
                "other fields", "{additionalProperties: {allOf: [{$ref: Cat}]}}", without, ", any"),
            new Behind(
                "an alternative that others have",
                "{oneOf: [{$ref: Cat}, %s]}".formatted(cat),
                without,
                ""))
        .map(behind -> dynamicTest(behind.name(), () -> check(behind, cat)));
  }

  private record Behind(String name, String schema, String without, String place) {}

  private static void check(Behind behind, String cat) {
    Edition released = answered(behind.schema(), cat);
    List<String> broken = broken(released, answered(behind.schema(), behind.without()), DAY);
    assertEquals(1, broken.size(), broken::toString);
    assertTrue(broken.get(0).contains("response 200" + behind.place()), broken::toString);
    assertTrue(broken.get(0).contains("purr is gone, and release 1.0.0"), broken::toString);
    assertEquals(List.of(), broken(released, released, DAY));
    String marked = "{type: string, deprecated: true, x-sunset: '2027-01-02'}";
    Edition marking = answered(behind.schema(), cat.replace("purr: " + TEXT, "purr: " + marked));
    Edition left = answered(behind.schema(), behind.without());
    if (!behind.name().startsWith("an alternative")) {
      assertEquals(List.of(), broken(marking, left, DAY));
      assertEquals(1, broken(marking, left, DAY.minusDays(1)).size());
    }
  }

  /** Wherever it stands now, it is there. */
  @Test
  void nothingIsGoneThatStandsElsewhere() {
    String fields = "properties: {name: " + TEXT + ", purr: " + TEXT + "}";
    String name = "{properties: {name: " + TEXT + "}}";
    String purr = "{properties: {purr: " + TEXT + "}}";
    List<String> ways =
        List.of(
            "{type: object, " + fields + "}",
            "{$ref: Cat}",
            "{allOf: [{$ref: Cat}]}",
            "{allOf: [%s, %s]}".formatted(name, purr),
            "{properties: {name: %s}, oneOf: [%s]}".formatted(TEXT, purr),
            "{anyOf: [%s, {allOf: [%s]}]}".formatted(name, purr));
    for (String before : ways) {
      for (String now : ways) {
        String cat = "{type: object, " + fields + "}";
        assertEquals(
            List.of(),
            broken(answered(before, cat), answered(now, cat), DAY),
            before + " is now " + now);
      }
    }
  }

  /** Whatever they are called, and in whatever order they stand. */
  @Test
  void alternativesAreFoundAgainByWhatTheyAre() {
    String small = "{type: object, properties: {id: " + TEXT + "}}";
    String big = "{type: object, properties: {id: " + TEXT + ", more: " + TEXT + "}}";
    Edition released =
        Edit.of(
            answered("{oneOf: [{$ref: Cat}, {$ref: Big}]}", small),
            Edit.add(SCHEMAS + "/Big", big));
    Edition renamed =
        Edit.of(
            answered("{oneOf: [{$ref: Large}, {$ref: Cat}]}", small),
            Edit.add(SCHEMAS + "/Large", big.replace("more: ", "most: " + TEXT + ", more: ")));
    assertEquals(List.of(), broken(released, renamed, DAY));
    Edition less = Edit.of(renamed, Edit.remove(SCHEMAS + "/Large/properties/more"));
    assertEquals(1, broken(released, less, DAY).size());
  }

  @Test
  void whatMayBeAnythingHasAllThatThereWas() {
    String any = "{type: object, additionalProperties: %s}";
    Edition released = answered(any.formatted("{$ref: Cat}"), "{properties: {id: " + TEXT + "}}");
    for (String anything : List.of("true", "{}")) {
      assertEquals(List.of(), broken(released, answered(any.formatted(anything), "{}"), DAY));
    }
    assertEquals(1, broken(released, answered(any.formatted("false"), "{}"), DAY).size());
  }

  @Test
  void headersHaveTheSameNameInWhateverCase() {
    assertEquals(
        List.of(),
        broken(
            FIRST,
            Edit.of(
                FIRST,
                contract -> {
                  ObjectNode headers = (ObjectNode) contract.at(LIST + "/responses/200/headers");
                  headers.set("x-wp-total", headers.remove("X-WP-Total"));
                }),
            DAY));
  }

  /** What has itself within is compared as far as both go. */
  @Test
  void nothingGoesInWhatComesAgain() {
    String tree = "{properties: {name: %s, kid: {allOf: [{$ref: %s}]}}}";
    Edition released = answered("{$ref: Cat}", tree.formatted(TEXT, "Cat"));
    assertEquals(List.of(), broken(released, released, DAY));
    Edition other =
        Edit.of(
            answered("{$ref: Cat}", tree.formatted(TEXT, "Kitten")),
            Edit.add(SCHEMAS + "/Kitten", referring("{properties: {kid: {$ref: Cat}}}")));
    List<String> broken = broken(released, other, DAY);
    assertEquals(1, broken.size(), broken::toString);
    assertTrue(broken.get(0).contains("response 200, kid.name is gone, and"), broken::toString);
  }

  /** The first release with an answer of this schema, and with the schema Cat. */
  private static Edition answered(String schema, String cat) {
    return Edit.of(
        FIRST,
        Edit.add(SCHEMAS + "/Cat", referring(cat)),
        Edit.set(JSON + "/schema", referring(schema)));
  }

  private static String referring(String yaml) {
    return yaml.replaceAll("\\$ref: (\\w+)", "\\$ref: '#/components/schemas/$1'");
  }

  @Test
  void theGateKeepsTheDayInAnyVersion() {
    Part put = new Part(PUT, "");
    Edition released = put.deprecated(DAY.toString());
    Edition changed = Edit.of(put.without(), Edit.set("/info/version", "2.0.0"));
    List<String> findings = gate(released, DAY.minusDays(1)).findings(changed);
    assertEquals(1, findings.size(), findings::toString);
    assertTrue(findings.get(0).startsWith("Nothing goes before"), findings::toString);
    assertTrue(
        findings.get(0).contains("- is gone, and release 1.0.0 says: on 2027-01-02 (PUT /kbs"),
        findings::toString);
    assertEquals(List.of(), gate(released, DAY).findings(changed));
    // Who has planned for the day breaks when it comes earlier.
    String moved =
        String.join("\n", Gate.breaking(Gate.changes(released, put.deprecated("2026-12-31"))));
    assertTrue(moved.contains("has the x-sunset \"2026-12-31\", had \"2027-01-02\""), moved);
    assertEquals(List.of(), Gate.breaking(Gate.changes(released, put.deprecated("2027-01-03"))));
  }

  private static Gate gate(Edition released, LocalDate today) {
    return new Gate(List.of(released), "- Contract 2.0.0", today);
  }

  private static void assertBroken(
      String what, Part part, Edition released, Edition working, LocalDate today) {
    List<String> broken = broken(released, working, today);
    assertTrue(
        !broken.isEmpty() && broken.stream().allMatch(line -> line.contains(what)),
        () -> broken + what);
    assertTrue(broken.stream().anyMatch(line -> line.contains(part.name())), broken::toString);
  }

  private static List<String> broken(Edition released, Edition working, LocalDate today) {
    return broken(List.of(released), working, today);
  }

  private static List<String> broken(List<Edition> releases, Edition working, LocalDate today) {
    return Sunsets.broken(releases, working, today).stream()
        .map(change -> "%s: %s %s".formatted(change.operation(), change.place(), change.what()))
        .toList();
  }

  private static int position(String parameter) {
    JsonNode parameters = FIRST.tree().at(LIST + "/parameters");
    int position = 0;
    while (!parameters.get(position).path("name").asText().equals(parameter)) {
      position++;
    }
    return position;
  }
}
