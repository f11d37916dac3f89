package io.kbsserver.clients;

import io.kbsserver.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Python SDK, as the build has generated it. */
final class PythonSdk {

  private static final Path SCRIPTS = Path.of("src", "test", "clients").toAbsolutePath();
  private static final Path GENERATED =
      Path.of("..", "..", "api", "sdk", "target", "python").toAbsolutePath().normalize();
  private static final Path FOLDER = Path.of("target", "python");

  private PythonSdk() {}

  /** Why it cannot run here; nothing where it can. */
  static Optional<String> obstacle() throws IOException {
    Files.createDirectories(FOLDER);
    return python(Map.of(), "-c", "import dateutil, urllib3; from pydantic import field_validator")
            .succeeded()
        ? Optional.empty()
        : Optional.of("there is no python3 here with python-dateutil, pydantic 2 and urllib3");
  }

  /** Runs a script that uses it. */
  static Program run(String script, Map<String, String> environment) {
    return python(environment, SCRIPTS.resolve(script).toString());
  }

  private static Program python(Map<String, String> environment, String... arguments) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("PYTHONPATH", GENERATED.toString());
    List<String> command = new ArrayList<>(List.of("python3", "-B"));
    command.addAll(List.of(arguments));
    return Program.run(FOLDER, variables, Duration.ofMinutes(1), command);
  }
}
