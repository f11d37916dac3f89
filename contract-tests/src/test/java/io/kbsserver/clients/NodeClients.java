package io.kbsserver.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The scripts in {@code src/test/clients}. */
final class NodeClients {

  private static final NodePackages PACKAGES = new NodePackages("clients", "18.15");

  private NodeClients() {}

  /** The names of all scripts. */
  static List<String> scripts() throws IOException {
    try (Stream<Path> files = Files.list(PACKAGES.source())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".test.js"))
          .sorted()
          .toList();
    }
  }

  /** Installs what the scripts need; see {@link NodePackages#install()}. */
  static Optional<String> install() throws IOException {
    return PACKAGES.install();
  }

  /** Runs one script. */
  static Program run(String script, Map<String, String> environment) {
    return PACKAGES.run(environment, List.of("node", "--test-reporter=spec", script));
  }
}
