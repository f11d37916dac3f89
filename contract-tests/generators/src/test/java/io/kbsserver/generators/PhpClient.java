package io.kbsserver.generators;

import io.kbsserver.testing.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Loads every class of the client; needs Guzzle on PHP's include path. */
record PhpClient() implements GeneratedClient {

  private static final String NEEDED =
      "require 'GuzzleHttp/autoload.php';"
          + " exit(extension_loaded('curl') && extension_loaded('mbstring') ? 0 : 1);";

  @Override
  public String name() {
    return "php";
  }

  @Override
  public DynamicTest test(Executable run) {
    return Requirement.PHP.test(
        name(),
        GeneratedClient.succeeds("php", "-r", NEEDED)
            ? Optional.empty()
            : Optional.of("there is no php here with curl, mbstring and Guzzle"),
        run);
  }

  @Override
  public void run(Path client, Map<String, String> environment) {
    String script = SOURCE.resolve("php").resolve("client.php").toString();
    GeneratedClient.program(
        client,
        environment,
        List.of("php", "-d", "display_errors=stderr", script, client.toString()));
  }
}
