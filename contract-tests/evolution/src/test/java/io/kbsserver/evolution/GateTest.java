package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract is one that may follow on its last release. */
class GateTest {

  @Test
  void theContractMayFollowOnItsLastRelease() throws IOException {
    String changelog = Files.readString(Path.of("..", "..", "CHANGELOG.md"));
    Gate gate = new Gate(Contract.releases(Contract.RELEASED), changelog);
    List<String> findings = gate.findings(Contract.read(Contract.WORKING));
    assertTrue(findings.isEmpty(), () -> String.join("\n", findings));
  }
}
