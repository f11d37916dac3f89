package io.kbsserver.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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

  @Test
  void strictlyTheyAreRefusedAndLenientlyIgnored() {
    unknown.add("agent", "agent names no agent.");
    unknown.refuseIfStrict();
    assertEquals(Map.of(), unknown.faults());
    assertEquals(true, unknown.lenient());
    UnknownValues strict = new UnknownValues(false);
    strict.refuseIfStrict();
    strict.add("agent", "agent names no agent.");
    strict.add("agent", "The first one counts.");
    InvalidParameters refused = assertThrows(InvalidParameters.class, strict::refuseIfStrict);
    assertEquals("agent names no agent.", refused.faults().get("agent").message());
    assertEquals(false, strict.lenient());
  }

  @Test
  void aHundredAreNamedAndLongNamesAreCut() {
    UnknownValues strict = new UnknownValues(false);
    String longest = "\uD83D\uDE00".repeat(200);
    strict.add(longest + "a", longest + "b");
    assertEquals(
        Map.of(longest + "…", new Fault("rest_invalid_param", longest + "…")), strict.faults());
    UnknownValues fitting = new UnknownValues(false);
    fitting.add(longest, longest);
    assertEquals(Set.of(longest), fitting.faults().keySet());
    IntStream.range(0, 100).forEach(i -> strict.add("a" + i, "x"));
    assertEquals(100, strict.faults().size());
    assertEquals(101, strict.ignored().size());
  }
}
