package io.kbsserver.pact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kbsserver.clients.NodePackages;
import io.kbsserver.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The server does what the consumers in {@code src/test/pact-js} expect, whose pacts are written by
 * another library than ours.
 */
class JavaScriptPactsTest {

  private static final NodePackages PACKAGES = new NodePackages("pact-js", "20");
  private static final Path PACTS = PACKAGES.target().resolve("pacts");
  private static final List<String> CONSUMERS = List.of("chat-bot", "wallboard");

  private static Optional<String> obstacle = Optional.empty();

  @BeforeAll
  static void install() throws IOException {
    obstacle = PACKAGES.install();
    if (obstacle.isEmpty() && !hasNativePart()) {
      obstacle = Optional.of("Pact has no native part for this machine");
    }
    obstacle.ifPresent(why -> System.out.println("No pacts of JavaScript, since " + why));
  }

  /** Comes as a package of its own for each platform, where there is one. */
  private static boolean hasNativePart() throws IOException {
    Path packages = PACKAGES.target().resolve("node_modules/@pact-foundation");
    try (Stream<Path> folders = Files.list(packages)) {
      return folders.anyMatch(folder -> folder.getFileName().toString().startsWith("pact-core-"));
    }
  }

  @Test
  void theServerDoesWhatTheyExpect() throws IOException {
    assumeTrue(obstacle.isEmpty(), () -> "No pacts of JavaScript, since " + obstacle.orElse(""));
    // The library adds to what is there.
    Files.createDirectories(PACTS);
    for (String consumer : CONSUMERS) {
      Files.deleteIfExists(pact(consumer));
    }
    for (String consumer : CONSUMERS) {
      Program script =
          PACKAGES.run(
              Map.of("PACT_DO_NOT_TRACK", "true", "FORCE_COLOR", "0"),
              List.of("node", "--test-reporter=spec", consumer + ".test.js"));
      assertTrue(script.succeeded(), script::output);
      assertTrue(Files.exists(pact(consumer)), script::output);
    }
    assertEquals(new Launched(7, List.of()), verify(PACTS));
  }

  @Test
  void aFolderWithoutPactsFails() throws IOException {
    Path empty = PACKAGES.target().resolve("nothing");
    Files.createDirectories(empty);
    Launched verification = verify(empty);
    assertEquals(1, verification.failures().size(), verification::toString);
    String message = verification.failures().get(0);
    assertTrue(message.contains("No Pact files were found"), message);
    assertTrue(message.contains(empty.toAbsolutePath().toString()), message);
  }

  private static Path pact(String consumer) {
    return PACTS.resolve(consumer + "-kbs-server.json");
  }

  private static Launched verify(Path folder) {
    return Launched.run(
        FolderPactsTest.class, Map.of("pact.folder", folder.toAbsolutePath().toString()));
  }
}
