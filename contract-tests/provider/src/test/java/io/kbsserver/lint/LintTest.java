package io.kbsserver.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** The linters find nothing in the contract, with the rules in {@code src/test/lint}. */
class LintTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  private static Optional<String> obstacle = Optional.empty();

  /** A linter, how it is told its rules, and how its findings begin. */
  private enum Linter {
    SPECTRAL("spectral", "@stoplight/spectral-cli/dist/index.js", "--ruleset", "code"),
    REDOCLY("redocly", "@redocly/cli/bin/cli.js", "--config", "ruleId");

    private final String rules;
    private final List<String> command;
    private final Pattern finding;

    Linter(String name, String program, String option, String key) {
      this.rules = name + ".yaml";
      this.command = List.of("node", "node_modules/" + program, "lint", "--format=json", option);
      this.finding = Pattern.compile("\"" + key + "\": ?\"([^\"]+)\"");
    }

    /** The rules that a contract breaks. */
    Set<String> findings(String otherRules, Path contract) {
      List<String> all = new ArrayList<>(command);
      all.add(otherRules);
      all.add(contract.toAbsolutePath().toString());
      Program program = Judges.PACKAGES.run(Judges.ENVIRONMENT, all);
      Set<String> findings = new TreeSet<>();
      finding.matcher(program.output()).results().forEach(hit -> findings.add(hit.group(1)));
      assertTrue(program.succeeded() || !findings.isEmpty(), program::output);
      return findings;
    }

    /** The rules that are switched off, or say less than they did. */
    Set<String> exceptions() throws IOException {
      Set<String> exceptions = new TreeSet<>();
      ruleset().path("rules").fieldNames().forEachRemaining(exceptions::add);
      return exceptions;
    }

    ObjectNode ruleset() throws IOException {
      return (ObjectNode) YAML.readTree(Judges.PACKAGES.source().resolve(rules).toFile());
    }
  }

  @BeforeAll
  static void install() throws IOException {
    obstacle = Judges.PACKAGES.install();
  }

  @TestFactory
  Stream<DynamicTest> theContractIsFreeOfFindings() {
    return tests(
        linter ->
            assertEquals(Set.of(), linter.findings(linter.rules, Judges.CONTRACT), linter::name));
  }

  @TestFactory
  Stream<DynamicTest> everyExceptionIsNeeded() {
    return tests(
        linter -> {
          Set<String> idle = linter.exceptions();
          if (idle.isEmpty()) {
            return;
          }
          ObjectNode whole = linter.ruleset();
          whole.remove("rules");
          String file = "whole-" + linter.rules;
          YAML.writeValue(Judges.PACKAGES.target().resolve(file).toFile(), whole);
          idle.removeAll(linter.findings(file, Judges.CONTRACT));
          assertEquals(
              Set.of(), idle, () -> "Nothing breaks these: strike them out of " + linter.rules);
        });
  }

  @TestFactory
  Stream<DynamicTest> aContractThatIsWrongIsFound() throws IOException {
    Path wrong = Judges.PACKAGES.target().resolve("wrong.yaml");
    Files.createDirectories(Judges.PACKAGES.target());
    Files.writeString(
        wrong, Files.readString(Judges.CONTRACT).replace("      operationId: listTickets\n", ""));
    return tests(
        linter -> {
          Set<String> findings = linter.findings(linter.rules, wrong);
          assertEquals(1, findings.size(), findings::toString);
        });
  }

  private interface Check {
    void of(Linter linter) throws IOException;
  }

  private static Stream<DynamicTest> tests(Check check) {
    return Stream.of(Linter.values()).map(linter -> test(linter.name(), () -> check.of(linter)));
  }

  private static DynamicTest test(String name, Executable run) {
    return Requirement.NODE.test(name, obstacle, run);
  }
}
