package io.kbsserver.testing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RequirementTest {

  private static final Optional<String> OBSTACLE = Optional.of("there is no node here");

  @Test
  void whatIsThereStopsNothing() {
    assertDoesNotThrow(() -> Requirement.NODE.check(Optional.empty(), "node"));
  }

  @Test
  void whatIsMissingIsSkippedWithTheReason() {
    Exception skipped =
        assertThrows(TestAbortedException.class, () -> Requirement.NODE.check(OBSTACLE, "browser"));
    assertEquals("there is no node here", skipped.getMessage());
  }

  @Test
  void whatIsMissingAndRequiredFails() {
    Error failure =
        assertThrows(
            AssertionFailedError.class, () -> Requirement.NODE.check(OBSTACLE, "browser, node"));
    assertEquals("-Dkbs.require names node, and there is no node here", failure.getMessage());
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    Exception failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> Requirement.NODE.check(Optional.empty(), "nodejs"));
    assertEquals(
        "-Dkbs.require names nodejs; there are [browser, curl, go, nginx, node, php, python, ruby, systemd]",
        failure.getMessage());
  }
}
