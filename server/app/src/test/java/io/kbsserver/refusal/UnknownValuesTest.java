package io.kbsserver.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values that name nothing are collected once, however often the request's work is tried. */
class UnknownValuesTest {

  private final UnknownValues unknown = new UnknownValues(true);

  @Test
  void whatAFailedTryFoundIsForgotten() {
    unknown.add("colour", "Nobody knows colour.");
    assertThrows(
        IllegalStateException.class,
        () ->
            unknown.during(
                () -> {
                  unknown.add("agent", "agent names no agent.");
                  throw new IllegalStateException("deadlock");
                }));
    assertEquals(Set.of("colour"), unknown.ignored());
  }

  @Test
  void whatTheLastTryFoundCounts() {
    unknown.add("colour", "Nobody knows colour.");
    String done =
        unknown.during(
            () -> {
              unknown.add("status", "status cannot be set to this value.");
              return "done";
            });
    assertEquals("done", done);
    assertEquals(List.of("colour", "status"), List.copyOf(unknown.ignored()));
  }
}
