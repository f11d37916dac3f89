package io.kbsserver.generators;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.NodePackages;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Compiled by the compiler that npm brings; runs on Node.js. */
record TypeScriptClient() implements GeneratedClient {

  private static final NodePackages PACKAGES = new NodePackages("typescript", "18.15");

  @Override
  public String name() {
    return "typescript-fetch";
  }

  @Override
  public DynamicTest test(Executable run) {
    try {
      return Requirement.NODE.test(name(), PACKAGES.install(), run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void run(Path client, Map<String, String> environment) {
    succeeds(Map.of(), "node_modules/typescript/lib/tsc.js", "--project", "tsconfig.json");
    succeeds(environment, "compiled/typescript/client.js");
  }

  private static void succeeds(Map<String, String> environment, String... script) {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(script));
    Program program = PACKAGES.run(environment, command);
    assertTrue(program.succeeded(), program::output);
  }
}
