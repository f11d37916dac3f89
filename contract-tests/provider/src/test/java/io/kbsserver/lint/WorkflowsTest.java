package io.kbsserver.lint;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.access.Role;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Redocly goes through the workflows in {@code src/test/workflows} on a real server ({@code
 * respect}), holding each answer against the contract, and holds the traffic that it has recorded
 * against it once more ({@code drift}).
 */
class WorkflowsTest {

  private static final Path WORKFLOWS = Path.of("src", "test", "workflows", "kbs.arazzo.yaml");
  private static final String CONTRACT = "../../../../../api/contract/src/main/openapi/kbs-v1.yaml";
  private static final String TRAFFIC = "traffic.har";

  private static Optional<String> obstacle = Optional.empty();
  private static String address = "";
  private static String input = "";

  @BeforeAll
  static void prepare() throws IOException {
    obstacle = Judges.PACKAGES.install();
    if (obstacle.isPresent()) {
      return;
    }
    TestServer site = TestServer.fresh();
    address = "http://127.0.0.1:" + site.port() + "/wp-json";
    UserAccounts accounts = site.bean(UserAccounts.class);
    String agent = "workflows-agent@example.org";
    accounts.add("workflows-agent", agent, "An agent", Role.SUPPORT_AGENT);
    accounts.add("workflows", "workflows@example.org", "A manager", Role.SUPPORT_MANAGER);
    String password = accounts.addPassword("workflows", "workflows").password();
    Map<String, String> inputs =
        Map.of("username", "workflows", "password", password, "agent", agent);
    input = new ObjectMapper().writeValueAsString(inputs);
  }

  @TestFactory
  DynamicTest theyGoThroughAndAnswersAreAsTheContractSays() {
    return test(
        "all",
        () -> {
          Program respect = respect(WORKFLOWS);
          assertTrue(respect.succeeded(), respect::output);
          Program drift = drift(Judges.CONTRACT);
          assertTrue(drift.succeeded(), drift::output);
          assertTrue(drift.output().contains("Findings: total=0 "), drift::output);
        });
  }

  @TestFactory
  DynamicTest anExpectationThatIsNotMetIsFound() {
    return test(
        "assign",
        () -> {
          Path wrong = changed(WORKFLOWS, "status == 'hold'", "status == 'open'");
          assertFound(respect(wrong, "--workflow", "assign"), "✗ success criteria check");
        });
  }

  @TestFactory
  DynamicTest anAnswerThatTheContractDoesNotAllowIsFound() {
    return test(
        "create",
        () -> {
          Path other =
              changed(
                  Judges.CONTRACT, "description: How many replies the ticket has.", "maximum: -1");
          Path workflows = changed(WORKFLOWS, CONTRACT, other.toString());
          assertFound(respect(workflows, "--workflow", "create"), "✗ schema check");
          assertFound(drift(other), "must be <= -1");
        });
  }

  /** A copy in which something stands in the place of something else. */
  private static Path changed(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    String changed = text.replace(from, to);
    assertNotEquals(text, changed, from);
    Path copy = Judges.PACKAGES.target().resolve("changed-" + file.getFileName());
    // It stands elsewhere than what it was copied from.
    Files.writeString(copy, changed.replace(CONTRACT, Judges.CONTRACT.toString()));
    return copy.toAbsolutePath();
  }

  private static void assertFound(Program judge, String finding) {
    assertFalse(judge.succeeded(), judge::output);
    assertTrue(judge.output().contains(finding), judge::output);
  }

  private static Program respect(Path workflows, String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(workflows.toAbsolutePath().toString(), "--har-output", TRAFFIC));
    arguments.addAll(List.of("--server", "kbs=" + address, "--input", input));
    arguments.addAll(List.of(options));
    return redocly("respect", arguments);
  }

  private static Program drift(Path contract) {
    // What is left out is that a stranger sends no login, which is sent on purpose.
    String rules = "undocumented-endpoint,schema-consistency";
    return redocly(
        "drift",
        List.of(TRAFFIC, "--api", contract.toString(), "--server", address, "--rules", rules));
  }

  private static Program redocly(String command, List<String> arguments) {
    List<String> all =
        new ArrayList<>(List.of("node", "node_modules/@redocly/cli/bin/cli.js", command));
    all.addAll(arguments);
    return Judges.PACKAGES.run(Judges.ENVIRONMENT, all);
  }

  private static DynamicTest test(String name, Executable run) {
    return Requirement.NODE.test(name, obstacle, run);
  }
}
