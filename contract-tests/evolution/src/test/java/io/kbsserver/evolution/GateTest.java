package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract is one that may follow on its last release. */
class GateTest {

  @Test
  void theContractMayFollowOnItsLastRelease() {
    List<String> findings = Gate.ofThisBuild().findings(Edition.read(Edition.WORKING));
    assertTrue(findings.isEmpty(), () -> String.join("\n", findings));
  }
}
