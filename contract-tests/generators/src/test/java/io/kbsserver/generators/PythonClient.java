package io.kbsserver.generators;

import io.kbsserver.testing.Requirement;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Loads every class of the client; needs what it asks for. */
record PythonClient() implements GeneratedClient {

  private static final String NEEDED =
      "import dateutil, typing_extensions, urllib3; from pydantic import field_validator";

  @Override
  public String name() {
    return "python";
  }

  @Override
  public DynamicTest test(Executable run) {
    return Requirement.PYTHON.test(
        name(),
        GeneratedClient.succeeds("python3", "-c", NEEDED)
            ? Optional.empty()
            : Optional.of(
                "there is no python3 here with python-dateutil, pydantic 2, typing-extensions and"
                    + " urllib3"),
        run);
  }

  @Override
  public void run(Path client, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("PYTHONPATH", client.toString());
    String script = SOURCE.resolve("python").resolve("client.py").toString();
    GeneratedClient.program(client, variables, List.of("python3", "-B", script));
  }
}
