package io.kbsserver.generators;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
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

  /** Of a JVM that ends before the second compiler pays off. */
  List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** What the generator calls the language. */
  String name();

  /** The test that runs it, where the language is here. */
  DynamicTest test(Executable run);

  /** Compiles the client, where that is done, and runs the script. */
  void run(Path client, Map<String, String> environment) throws IOException;

  /** Where it is generated. */
  default Path folder() {
    return TARGET.resolve(name());
  }

  /**
   * Generates all of them with default options: one run of the generator, since it takes longer to
   * begin than to make a client.
   */
  static void generate(List<GeneratedClient> clients) throws IOException {
    Path view = TARGET.resolve("openapi-generators.yaml");
    try (InputStream file =
        GeneratedClient.class.getResourceAsStream("/openapi/kbs-v1-generators.yaml")) {
      Files.copy(file, view, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(QUICK);
    command.addAll(List.of("-jar", TARGET.resolve("openapi-generator.jar").toString()));
    command.addAll(List.of("batch", "--threads", "1", "--fail-fast"));
    for (GeneratedClient client : clients) {
      Path options = TARGET.resolve(client.name() + ".yaml");
      Files.writeString(
          options,
          """
          generatorName: '%s'
          inputSpec: '%s'
          outputDir: '%s'
          """
              .formatted(client.name(), view, client.folder()));
      command.add(options.toString());
    }
    program(TARGET, Map.of(), command);
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
