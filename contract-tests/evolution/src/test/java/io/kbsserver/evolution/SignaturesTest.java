package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.api.TicketsApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The generated code is what it was when somebody last looked at it. */
class SignaturesTest {

  private static final Path FILE = Path.of("src", "test", "resources", "signatures.txt");

  @Test
  void theGeneratedCodeIsAsPinned() throws IOException {
    assertEquals("", Pin.finding(FILE, Signatures.of(TicketsApi.class)));
  }

  @Test
  void anotherSignatureOfTheSameContractIsTheGenerators() {
    Pin pin = new Pin("a", List.of("class A", "  String a"));
    String finding = pin.finding(new Pin("a", List.of("class A", "  Long a"))).orElseThrow();
    assertTrue(finding.startsWith("The contract has not changed, but the code"), finding);
    assertTrue(finding.contains("-   String a\n+   Long a"), finding);
  }

  @Test
  void anotherSignatureOfAnotherContractIsToBeReviewed() {
    Pin pin = new Pin("a", List.of("class A"));
    String finding = pin.finding(new Pin("b", List.of("class A", "class B"))).orElseThrow();
    assertTrue(finding.startsWith("The contract has changed, and so has the code"), finding);
    assertTrue(finding.contains("-Dpins.write"), finding);
  }

  @Test
  void anotherContractWithTheSameSignaturesIsFine() {
    Pin pin = new Pin("a", List.of("class A"));
    assertEquals(Optional.empty(), pin.finding(new Pin("b", List.of("class A"))));
  }
}
