package io.kbsserver.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.compatibility.RecordedSite;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Clients of the plugin work when nothing but the address of the site has changed, and so do the
 * SDKs.
 */
class ClientsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CURL = Path.of("target", "curl");
  private static final Map<String, String> PASSWORDS = new TreeMap<>();

  private static RecordedSite site;

  @BeforeAll
  static void open() throws IOException, SQLException {
    try (InputStream users = ClientsTest.class.getResourceAsStream("/wordpress/users.json")) {
      for (JsonNode user : JSON.readTree(users)) {
        PASSWORDS.put(user.get("login").asText(), user.get("application_password").asText());
      }
    }
    site = RecordedSite.open();
  }

  @AfterAll
  static void close() throws IOException, SQLException {
    if (site != null) {
      site.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> scripts() throws IOException {
    Optional<String> obstacle = NodeClients.install();
    return NodeClients.scripts().stream()
        .map(
            script ->
                Chromium.isNeededBy(script)
                    ? test(
                        Requirement.BROWSER,
                        script,
                        obstacle.or(Chromium::obstacle),
                        () -> runScript(script))
                    : test(Requirement.NODE, script, obstacle, () -> runScript(script)));
  }

  @TestFactory
  Stream<DynamicTest> pythonScripts() throws IOException {
    Optional<String> obstacle = PythonSdk.obstacle();
    return Stream.of("sdk_test.py")
        .map(script -> test(Requirement.PYTHON, script, obstacle, () -> runScript(script)));
  }

  /** The examples of the documentation, and which value stands where in the answer. */
  @TestFactory
  Stream<DynamicTest> documentedExamples() throws IOException {
    Files.createDirectories(CURL);
    Optional<String> obstacle =
        curl("curl --version").succeeded()
            ? Optional.empty()
            : Optional.of("there is no curl here");
    String tickets = "curl https://example.com/wp-json/kbs/v1/tickets";
    return Stream.of(
            new Example(tickets, "/0/id", "351"),
            new Example(tickets + "/<id>", "/id", "99"),
            new Example(tickets + "/<number>", "/id", "99"),
            new Example(
                "curl -X POST https://example.com/wp-json/kbs/v1/tickets/<id>"
                    + " -d '{\"status\":\"closed\"}'",
                "/status",
                "closed"))
        .map(
            example ->
                test(Requirement.CURL, example.command(), obstacle, () -> runExample(example)));
  }

  private record Example(String command, String pointer, String value) {}

  private static DynamicTest test(
      Requirement requirement, String name, Optional<String> obstacle, Executable run) {
    return requirement.test(
        name,
        obstacle,
        () -> {
          site.restore();
          site.copy(234, "A report.");
          run.execute();
        });
  }

  private static void runScript(String script) throws IOException {
    Map<String, String> environment =
        Map.of(
            "KBS_SITE_URL",
            site.address(),
            "KBS_APPLICATION_PASSWORDS",
            JSON.writeValueAsString(PASSWORDS),
            "KBS_CHROMIUM",
            Chromium.program().orElse(""),
            "FORCE_COLOR",
            "0");
    Program client =
        script.endsWith(".py")
            ? PythonSdk.run(script, environment)
            : NodeClients.run(script, environment);
    assertTrue(client.succeeded(), client::output);
  }

  private static void runExample(Example example) throws IOException {
    // The examples leave out who asks; curl reads that from a file of its own.
    Files.writeString(
        CURL.resolve(".curlrc"),
        """
        fail-with-body
        noproxy = "*"
        silent
        show-error
        user = "manager:%s"
        """
            .formatted(PASSWORDS.get("manager")));
    String command =
        example
            .command()
            .replace("https://example.com", site.address())
            .replace("<id>", "99")
            .replace("<number>", "KBS1003DE");
    Program curl = curl(command);
    assertTrue(curl.succeeded(), curl::output);
    JsonNode value = JSON.readTree(curl.output()).at(example.pointer());
    assertEquals(example.value(), value.asText(), curl::output);
  }

  private static Program curl(String command) {
    return Program.run(
        CURL,
        Map.of("CURL_HOME", CURL.toAbsolutePath().toString()),
        Duration.ofMinutes(1),
        List.of("sh", "-c", command));
  }
}
