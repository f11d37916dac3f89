package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Some consumer of ours relies on every answer that the contract describes, so that verifying the
 * pacts reaches them all; some consumer sends all that can be sent, and reads all that is answered:
 * headers by group of operations, properties with a value but for {@link #NEVER_WITH_A_VALUE what
 * never has one}. {@code target/pact-coverage.txt} and {@code target/pact-coverage-parts.txt} list
 * who.
 */
class PactCoverageTest {

  private static final Path REPORT = Path.of("target", "pact-coverage.txt");
  private static final Path PARTS = Path.of("target", "pact-coverage-parts.txt");

  /** The consumer who stands for nobody. */
  private static final String NOBODY = "contract-coverage";

  /** What every pact knows only as empty, since it always is. */
  private static final Set<String> NEVER_WITH_A_VALUE =
      Set.of(
          "property MediaFile.media_details",
          "property MediaFile.meta",
          "property MediaFile.missing_image_sizes",
          "property Term.meta",
          "property User.meta");

  private static final Edition WORKING = Edition.read(Edition.WORKING);

  @Test
  void everyAnswerHasAConsumer() throws IOException {
    PactCoverage coverage = answers(WORKING);
    Files.writeString(REPORT, coverage.table());
    assertEquals(
        "",
        String.join("\n", coverage.missing()),
        "In no pact of contract-tests/pacts or message-pacts (see contract-tests/consumers)");
  }

  @Test
  void anAnswerThatNobodyReliesOnIsMissing() {
    Edition changed =
        Edit.of(WORKING, Edit.add("/paths/~1kbs~1v1/get/responses/410", "description: Gone."));
    assertEquals(List.of("getNamespace 410"), answers(changed).missing());
    int answers = answers(WORKING).consumers().size();
    String head = "%d of %d answers have a consumer".formatted(answers, answers + 1);
    assertTrue(answers(changed).table().startsWith(head));
  }

  @Test
  void everythingIsSentAndReadBySomeConsumer() throws IOException {
    PactCoverage coverage = parts(WORKING);
    Files.writeString(
        PARTS, "%d only by %s%n%s".formatted(coverage.only(NOBODY), NOBODY, coverage.table()));
    assertEquals(
        "",
        String.join("\n", missing(coverage)),
        "In no pact of contract-tests/pacts or message-pacts: add it to a consumer who would use it,"
            + " or to contract-coverage.json of contract-tests/consumers");
    assertEquals(
        NEVER_WITH_A_VALUE,
        coverage.missing().stream()
            .filter(NEVER_WITH_A_VALUE::contains)
            .collect(Collectors.toSet()),
        "What has a value by now need not be among those that have none");
  }

  @Test
  void whatNobodySendsOrReadsIsMissing() {
    Edition changed =
        Edit.of(
            WORKING,
            Edit.append(
                "/paths/~1kbs~1v1~1agents/get/parameters",
                "{name: team, in: query, description: Of a team., schema: {type: string}}"),
            Edit.add("/components/schemas/Agent/properties/team", "type: string"),
            Edit.add(
                "/paths/~1kbs~1v1~1agents/get/responses/200/headers/X-Team",
                "schema: {type: string}"),
            Edit.add("/components/schemas/TicketUpdate/properties/team", "type: string"),
            Edit.add(
                "/components/requestBodies/TicketCreate/content/application~1xml",
                "schema: {type: object}"));
    assertEquals(
        List.of(
            "createTicket: request as application/xml",
            "updateTicket: field team",
            "putTicket: field team",
            "patchTicket: field team",
            "listAgents: parameter team (query)",
            "Agents: header X-Team",
            "property Agent.team"),
        missing(parts(changed)));
  }

  private static List<String> missing(PactCoverage parts) {
    return parts.missing().stream().filter(part -> !NEVER_WITH_A_VALUE.contains(part)).toList();
  }

  private static PactCoverage answers(Edition contract) {
    return PactCoverage.ofAnswers(contract.expectations(), PactFile.ours());
  }

  private static PactCoverage parts(Edition contract) {
    return PactCoverage.ofParts(contract.expectations(), PactFile.ours());
  }
}
