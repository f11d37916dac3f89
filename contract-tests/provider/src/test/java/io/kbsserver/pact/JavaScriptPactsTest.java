package io.kbsserver.pact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.NodePackages;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

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
  }

  /** Comes as a package of its own for each platform, where there is one. */
  private static boolean hasNativePart() throws IOException {
    Path packages = PACKAGES.target().resolve("node_modules/@pact-foundation");
    try (Stream<Path> folders = Files.list(packages)) {
      return folders.anyMatch(folder -> folder.getFileName().toString().startsWith("pact-core-"));
    }
  }

  @TestFactory
  DynamicTest theServerDoesWhatTheyExpect() {
    return Requirement.NODE.test(
        String.join(", ", CONSUMERS), obstacle, JavaScriptPactsTest::verifyAll);
  }

  private static void verifyAll() throws IOException {
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
