package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.kbsserver.spec.Expectations;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** The contract promises what consumers say that they rely on. */
class PactsTest {

  @TestFactory
  Stream<DynamicContainer> theContractPromisesWhatConsumersRelyOn() {
    Expectations contract = Edition.read(Edition.WORKING).expectations();
    return PactFile.all().stream()
        .map(
            pact ->
                dynamicContainer(
                    pact.name(),
                    pact.said()
                        .filter(said -> !said.isPending())
                        .map(
                            said ->
                                dynamicTest(
                                    said.interaction().getDescription(),
                                    () -> assertPromised(said.findings(contract))))));
  }

  private static void assertPromised(List<String> findings) {
    assertEquals("", String.join("\n", findings), "What the contract does not promise");
  }
}
