package io.kbsserver.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A question that somebody asks who changes the contract, and no test of the build, which is why
 * Maven runs it by its name only. {@code -Dcontract=} names a file that is not the working one.
 */
class CanIChange {

  @Test
  void withoutBreakingSomebody() {
    String asked = System.getProperty("contract");
    Path file = asked == null ? Contract.WORKING : Contract.asked(asked);
    assertTrue(Files.isReadable(file), () -> "There is no file " + file);
    Consequences consequences =
        Consequences.of(Contract.read(file), PactFile.all(), Gate.ofThisBuild());
    System.out.println(consequences.text());
    assertEquals(List.of(), consequences.victims(), "Consumers that break (see above)");
  }
}
