package io.kbsserver.clients;

import io.kbsserver.testing.NodePackages;
import io.kbsserver.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The TypeScript SDK, as the build has generated it. */
final class TypeScriptSdk {

  private static final String MANIFEST = "package.json";
  private static final Path GENERATED =
      Path.of("..", "..", "api", "sdk", "target", "typescript").toAbsolutePath().normalize();
  private static final Path PACKAGE = Path.of("node_modules", "kbs-client");

  private TypeScriptSdk() {}

  /**
   * Compiles it to where a package manager would put it.
   *
   * @return the compiler, which says what is wrong where it has not succeeded
   */
  static Program install(NodePackages packages) throws IOException {
    Path target = packages.target().resolve(PACKAGE);
    delete(target);
    String output = PACKAGE.resolve("dist").toString();
    Program compiler = compile(packages, "--project", GENERATED.toString(), "--outDir", output);
    if (compiler.succeeded()) {
      Files.copy(GENERATED.resolve(MANIFEST), target.resolve(MANIFEST));
    }
    return compiler;
  }

  /** Runs the compiler of the packages. */
  static Program compile(NodePackages packages, String... arguments) {
    List<String> command = new ArrayList<>(List.of("node", "node_modules/typescript/lib/tsc.js"));
    command.addAll(List.of(arguments));
    return packages.run(Map.of(), command);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
