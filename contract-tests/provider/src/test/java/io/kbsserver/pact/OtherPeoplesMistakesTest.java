package io.kbsserver.pact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What one consumer's pact gets wrong is told of that pact, and of no other. */
class OtherPeoplesMistakesTest {

  private static final Path FOLDER = Path.of("target", "mistaken-pacts");
  private static final String CAREFUL =
      "{\"name\": \"a ticket exists\", \"params\": {\"status\": \"closed\"}}";
  private static final List<String> MISTAKES =
      List.of(
          "{\"name\": \"a ticket is on fire\"}",
          "{\"name\": \"a user is logged in\", \"params\": {\"email\": \"nobody\"}}",
          "{\"name\": \"tickets exist\", \"params\": {\"count\": \"many\"}}",
          "{\"name\": \"tickets exist\", \"params\": {\"count\": 1000000000}}",
          "{\"name\": \"tickets exist\", \"params\": {\"cuont\": 3}}",
          "{\"name\": \"departments are switched off\", \"params\": {\"on\": false}}",
          "{\"name\": \"a ticket exists\", \"params\": {\"agent\": \"nobody@example.com\"}}",
          "{\"name\": \"a ticket exists\", \"params\": {\"status\": \"lost\"}}",
          "{\"name\": \"a company exists\", \"params\": {\"contact\": \"nobody@example.com\"}}",
          "{\"name\": \"an article exists\", \"params\": {\"author\": \"nobody@example.com\"}}",
          "{\"name\": \"the site has a setting\"}",
          "{\"name\": \"the site has a setting\", \"params\": {\"name\": \"a\", \"value\": 1}}",
          "{\"name\": \"the site has a setting\","
              + " \"params\": {\"name\": \"sequential_start\", \"value\": \"x\"}}",
          "{\"name\": \"the database is damaged\"}, {\"name\": \"the database is damaged\"}",
          "{\"name\": \"the database does not answer\"}, {\"name\": \"a ticket exists\"}");

  /** What a consumer hopes for, and says so. */
  private static final String PENDING =
      """
      {"consumer": {"name": "d-hopeful"}, "provider": {"name": "kbs-server"},
       "interactions": [
         {"type": "Synchronous/HTTP", "description": "tomorrow", "pending": true,
          "request": {"method": "GET", "path": "/wp-json/kbs/v1/tomorrow"},
          "response": {"status": 200}},
         {"type": "Synchronous/HTTP", "description": "a state of tomorrow", "pending": true,
          "providerStates": [{"name": "a ticket is on fire"}],
          "request": {"method": "GET", "path": "/wp-json/kbs/v1"}, "response": {"status": 200}},
         {"type": "Synchronous/HTTP", "description": "a parameter of tomorrow", "pending": true,
          "providerStates": [{"name": "tickets exist", "params": {"cuont": 3}}],
          "request": {"method": "GET", "path": "/wp-json/kbs/v1"}, "response": {"status": 200}},
         {"type": "Synchronous/HTTP", "description": "a value of tomorrow", "pending": true,
          "providerStates": [{"name": "tickets exist", "params": {"count": "many"}}],
          "request": {"method": "GET", "path": "/wp-json/kbs/v1"}, "response": {"status": 200}}],
       "metadata": {"pactSpecification": {"version": "4.0"}}}""";

  @Test
  void theyAreTheirs() throws IOException {
    Files.createDirectories(FOLDER);
    write(FOLDER, "b-careless", MISTAKES);
    write(FOLDER, "a-careful", List.of(CAREFUL));
    write(FOLDER, "c-careful", List.of(CAREFUL));
    Files.writeString(FOLDER.resolve("d-hopeful.json"), PENDING);
    Launched verification = verify(FOLDER);
    assertEquals(3, verification.succeeded(), "Without those of which a state is pending");
    assertEquals(MISTAKES.size(), verification.failures().size(), verification::toString);
    for (String failure : verification.failures()) {
      assertTrue(failure.startsWith("b-careless"), failure);
    }
    String failures = verification.toString();
    assertTrue(
        failures.contains(
            "the state \"tickets exist\" with cuont, and it takes agent, agents, category,"),
        failures);
    assertTrue(failures.contains("switched off\" with on, and it takes nothing"), failures);
  }

  @Test
  void filesThatAreNoPactsStandForThemselves() throws IOException {
    Path folder = Files.createDirectories(FOLDER.resolveSibling("unreadable-pacts"));
    write(folder, "a-careful", List.of(CAREFUL));
    write(folder, "c-careful", List.of(CAREFUL));
    Files.writeString(folder.resolve("b-broken.json"), "{\"consumer\": {\"name\": ");
    Files.writeString(folder.resolve("b-list.json"), "[]");
    write(folder, "b-nameless", List.of("{\"params\": {}}"));
    Launched verification = verify(folder);
    assertEquals(2, verification.succeeded(), verification::toString);
    assertEquals(2, verification.failures().size(), verification::toString);
    assertTrue(verification.failures().get(0).startsWith("b-nameless"), verification::toString);
    for (String file : List.of("b-broken.json", "b-list.json")) {
      assertTrue(verification.failures().get(1).contains(file), verification::toString);
    }
  }

  private static Launched verify(Path folder) {
    return Launched.run(
        FolderPactsTest.class, Map.of("pact.folder", folder.toAbsolutePath().toString()));
  }

  private static void write(Path folder, String consumer, List<String> states) throws IOException {
    String interactions =
        states.stream()
            .map(
                state ->
                    """
                    {"description": "the index after %d", "providerStates": [%s],
                     "request": {"method": "GET", "path": "/wp-json/kbs/v1"},
                     "response": {"status": 200}}"""
                        .formatted(states.indexOf(state), state))
            .collect(Collectors.joining(","));
    Files.writeString(
        folder.resolve(consumer + ".json"),
        """
        {"consumer": {"name": "%s"}, "provider": {"name": "kbs-server"},
         "interactions": [%s],
         "metadata": {"pactSpecification": {"version": "3.0.0"}}}"""
            .formatted(consumer, interactions));
  }
}
