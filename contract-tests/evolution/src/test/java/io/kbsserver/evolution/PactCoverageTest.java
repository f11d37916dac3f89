package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Some consumer of ours relies on every answer that the contract describes, so that verifying the
 * pacts reaches them all. {@code target/pact-coverage.txt} lists who.
 */
class PactCoverageTest {

  private static final Path REPORT = Path.of("target", "pact-coverage.txt");
  private static final Edition WORKING = Edition.read(Edition.WORKING);

  @Test
  void everyAnswerHasAConsumer() throws IOException {
    PactCoverage coverage = coverage(WORKING);
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
    assertEquals(List.of("getNamespace 410"), coverage(changed).missing());
    int answers = coverage(WORKING).consumers().size();
    String head = "%d of %d answers have a consumer".formatted(answers, answers + 1);
    assertTrue(coverage(changed).table().startsWith(head));
  }

  private static PactCoverage coverage(Edition contract) {
    return PactCoverage.of(contract.expectations(), PactFile.ours());
  }
}
