package io.kbsserver.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The pact files in {@code contract-tests/pacts} say what the consumers say. {@code -Dpacts.write}
 * puts what the tests have just written there, to be reviewed and committed.
 *
 * <p>Runs after all other classes (see {@code junit-platform.properties}), and says something only
 * where they ran.
 */
@Order(Integer.MAX_VALUE)
class CommittedPactsTest {

  private static final String HINT =
      "%s is not what the consumers say. Run ./mvnw -pl contract-tests/consumers -am test"
          + " -Dpacts.write, and review and commit what has changed.";

  @Test
  void whatTheConsumersSayIsCommitted() throws IOException {
    boolean mavenRanAll =
        System.getProperty("surefire.test.class.path") != null
            && System.getProperty("test") == null;
    assumeTrue(mavenRanAll, "Only the whole suite writes all pacts");
    if (System.getProperty("pacts.write") != null) {
      write();
    }
    assertEquals(names(Pacts.WRITTEN), names(Pacts.COMMITTED), "The consumers");
    for (Path written : Pacts.in(Pacts.WRITTEN)) {
      Path committed = Pacts.COMMITTED.resolve(written.getFileName());
      assertEquals(
          Files.readString(committed).strip(),
          Files.readString(written).strip(),
          HINT.formatted(committed));
    }
  }

  private static void write() throws IOException {
    Files.createDirectories(Pacts.COMMITTED);
    for (Path old : Pacts.in(Pacts.COMMITTED)) {
      Files.delete(old);
    }
    for (Path written : Pacts.in(Pacts.WRITTEN)) {
      Files.copy(
          written,
          Pacts.COMMITTED.resolve(written.getFileName()),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static List<String> names(Path folder) {
    return Pacts.in(folder).stream().map(file -> file.getFileName().toString()).toList();
  }
}
