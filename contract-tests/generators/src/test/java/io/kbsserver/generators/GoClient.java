package io.kbsserver.generators;

import io.kbsserver.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Needs nothing but the compiler. */
record GoClient() implements GeneratedClient {

  @Override
  public String name() {
    return "go";
  }

  @Override
  public DynamicTest test(Executable run) {
    return Requirement.GO.test(
        name(),
        GeneratedClient.succeeds("go", "version")
            ? Optional.empty()
            : Optional.of("there is no go here"),
        run);
  }

  @Override
  public void run(Path client, Map<String, String> environment) throws IOException {
    Path script = Files.createDirectories(client.resolve("cmd")).resolve("main.go");
    Files.copy(
        SOURCE.resolve("go").resolve("main.go"), script, StandardCopyOption.REPLACE_EXISTING);
    // It asks for the Go of the day that it was generated on, and needs nothing of it.
    Path module = client.resolve("go.mod");
    Files.writeString(module, Files.readString(module).replaceFirst("(?m)^go .*$", "go 1.19"));
    Map<String, String> offline = new HashMap<>(environment);
    offline.putAll(Map.of("GOPROXY", "off", "GOTOOLCHAIN", "local", "GOFLAGS", "-mod=mod"));
    GeneratedClient.program(client, offline, List.of("go", "vet", ".", "./cmd"));
    GeneratedClient.program(client, offline, List.of("go", "run", "./cmd"));
  }
}
