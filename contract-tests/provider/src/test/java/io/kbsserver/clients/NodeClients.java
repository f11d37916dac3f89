package io.kbsserver.clients;

import io.kbsserver.testing.NodePackages;
import io.kbsserver.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The scripts in {@code src/test/clients}. */
final class NodeClients {

  private static final NodePackages PACKAGES = new NodePackages("clients", "18.15");
  private static final Pattern SCRIPT = Pattern.compile("(.+\\.test)\\.[jt]s");

  private NodeClients() {}

  /** The names of all scripts. */
  static List<String> scripts() throws IOException {
    try (Stream<Path> files = Files.list(PACKAGES.source())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> SCRIPT.matcher(name).matches())
          .sorted()
          .toList();
    }
  }

  /** Installs what the scripts need; see {@link NodePackages#install()}. */
  static Optional<String> install() throws IOException {
    return PACKAGES.install();
  }

  /**
   * Runs one script, in TypeScript after it was compiled against the SDK.
   *
   * @return the program that ended it: the compiler, where that finds faults
   */
  static Program run(String script, Map<String, String> environment) throws IOException {
    if (script.endsWith(".js")) {
      return test(script, environment);
    }
    Program sdk = TypeScriptSdk.install(PACKAGES);
    if (!sdk.succeeded()) {
      return sdk;
    }
    Program compiler = TypeScriptSdk.compile(PACKAGES, "--project", "tsconfig.json");
    return compiler.succeeded()
        ? test("compiled/" + SCRIPT.matcher(script).replaceFirst("$1.js"), environment)
        : compiler;
  }

  private static Program test(String script, Map<String, String> environment) {
    return PACKAGES.run(environment, List.of("node", "--test-reporter=spec", script));
  }
}
