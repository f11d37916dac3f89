package io.kbsserver.generators;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** A client in some language that is generated from the view, and a script that uses it. */
interface GeneratedClient {

  Path TARGET = Path.of("target").toAbsolutePath();
  Path SOURCE = Path.of("src", "test").toAbsolutePath();
  Duration PATIENCE = Duration.ofMinutes(10);
  String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** What the generator calls the language. */
  String name();

  /** The test that runs it, where the language is here. */
  DynamicTest test(Executable run);

  /** Compiles the client, where that is done, and runs the script. */
  void run(Path client, Map<String, String> environment) throws IOException;

  /** Generates it with default options, and says where. */
  default Path generate() throws IOException {
    Path view = TARGET.resolve("openapi-generators.yaml");
    try (InputStream file =
        GeneratedClient.class.getResourceAsStream("/openapi/kbs-v1-generators.yaml")) {
      Files.copy(file, view, StandardCopyOption.REPLACE_EXISTING);
    }
    Path client = TARGET.resolve(name());
    String generator = TARGET.resolve("openapi-generator.jar").toString();
    program(
        TARGET,
        Map.of(),
        List.of(
            JAVA,
            "-jar",
            generator,
            "generate",
            "-g",
            name(),
            "-i",
            view.toString(),
            "-o",
            client.toString()));
    return client;
  }

  /** Runs a program, which has to end well. */
  static void program(Path folder, Map<String, String> environment, List<String> command) {
    Program program = Program.run(folder, environment, PATIENCE, command);
    assertTrue(program.succeeded(), () -> String.join(" ", command) + "\n" + program.output());
  }

  /** Whether a program is there and ends well. */
  static boolean succeeds(String... command) {
    return Program.run(TARGET, Map.of(), PATIENCE, List.of(command)).succeeded();
  }
}
