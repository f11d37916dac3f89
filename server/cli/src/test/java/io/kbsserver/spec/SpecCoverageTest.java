package io.kbsserver.spec;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The tests reach all that the contract describes. {@code target/spec-coverage.txt} lists it.
 *
 * <p>Runs by itself after all other classes (see {@code pom.xml}), and says something only where
 * they ran.
 */
class SpecCoverageTest {

  private static final Path REPORT = Path.of("target", "spec-coverage.txt");

  /** What no test can reach, and why. An entry that is reached, or is nothing, fails. */
  private static final Map<String, String> EXCEPTIONS = Map.of();

  @Test
  void everythingInTheContractIsReached() throws IOException {
    String folder = System.getProperty(SpecWatch.REACHED);
    assumeTrue(folder != null, "Only the whole suite can reach everything");
    SpecCoverage coverage = SpecWatch.coverage(Path.of(folder));
    List<String> findings = new ArrayList<>();
    for (String item : coverage.missing()) {
      if (!EXCEPTIONS.containsKey(item)) {
        findings.add("No test reaches " + item);
      }
    }
    for (String item : EXCEPTIONS.keySet()) {
      if (!coverage.missing().contains(item)) {
        findings.add("Needs no exception: " + item);
      }
    }
    Files.writeString(REPORT, report(coverage));
    assertTrue(findings.isEmpty(), () -> String.join("\n", findings));
  }

  private static String report(SpecCoverage coverage) {
    StringBuilder report = new StringBuilder();
    int all = coverage.all().size();
    report.append("%d of %d reached%n".formatted(all - coverage.missing().size(), all));
    for (String item : coverage.all()) {
      String mark = coverage.reached().contains(item) ? "[x] " : "[ ] ";
      String reason = EXCEPTIONS.getOrDefault(item, "");
      report.append(mark + item + (reason.isEmpty() ? "" : " (" + reason + ")") + "\n");
    }
    return report.toString();
  }
}
