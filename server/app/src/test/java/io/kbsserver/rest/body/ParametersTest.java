package io.kbsserver.rest.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.kbsserver.contract.Schema;
import io.kbsserver.contract.Schema.Several;
import io.kbsserver.contract.Schema.Type;
import io.kbsserver.refusal.UnknownValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name that is given more than once. */
class ParametersTest {

  private static final Parameters REPEATED =
      new Parameters(
          Map.of("a", "3", "b", "x"), Map.of("a", List.of("1,2", "2", "3")), Set.of("file"));

  private static Optional<Schema> schema(Several several) {
    return Optional.of(
        new Schema(
            Type.ANY, null, null, null, null, null, null, null, several, false, false, false,
            null));
  }

  private final UnknownValues strict = new UnknownValues(false);
  private final UnknownValues lenient = new UnknownValues(true);

  @ParameterizedTest
  @CsvSource({"LIST, '[1, 2, 3]'", "COMMA, '1,2,2,3'"})
  void strictlyItMeansAListWhereOneIsTaken(Several several, String value) {
    Parameters settled = REPEATED.settled(name -> schema(several), strict);
    assertEquals(value, settled.values().get("a").toString());
    assertEquals("x", settled.values().get("b"));
    assertEquals(Set.of("file"), settled.files());
    assertEquals(Map.of(), settled.repeated());
    assertEquals(Set.of(), strict.ignored());
  }

  @Test
  void elsewhereItIsOneTooMany() {
    assertEquals("3", REPEATED.settled(name -> schema(null), strict).values().get("a"));
    assertEquals(
        "a is given more than once.", strict.faults().get("a").message(), "no list is taken");
    UnknownValues unknown = new UnknownValues(false);
    REPEATED.settled(name -> Optional.empty(), unknown);
    assertEquals(Set.of("a"), unknown.faults().keySet(), "nobody takes it");
  }

  @Test
  void lenientlyTheLastOneCounts() {
    Parameters settled = REPEATED.settled(name -> schema(Several.LIST), lenient);
    assertEquals("3", settled.values().get("a"));
    assertEquals(Set.of("a"), lenient.ignored());
  }

  @Test
  void whatCannotBeAListIsOneTooMany() {
    Parameters maps = new Parameters(Map.of("a", "2"), Map.of("a", List.of()), Set.of());
    assertEquals("2", maps.settled(name -> schema(Several.LIST), strict).values().get("a"));
    assertEquals(Set.of("a"), strict.ignored());
  }

  @Test
  void namesThatComeOnceStayAsTheyAre() {
    Parameters once = Parameters.of(Map.of("a", "1"));
    assertSame(once, once.settled(name -> schema(Several.LIST), strict));
  }
}
