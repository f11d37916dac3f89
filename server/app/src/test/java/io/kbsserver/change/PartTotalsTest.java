package io.kbsserver.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartTotalsTest {

  private static final long SIZE = PartTotals.SIZE;

  @Test
  void whatIsCountedAgainTakesThePlaceOfWhatWas() {
    PartTotals totals = PartTotals.of(Map.of(0L, 3, 2L, 5)).orElseThrow();
    assertEquals(8, totals.sum());
    assertEquals(11, totals.with(Map.of(2L, 0, 4L, 8)).orElseThrow().sum());
    assertEquals(8, totals.sum());
  }

  @Test
  void idsAtTheEdgeAreOfThePartThatTheyBegin() {
    assertEquals(0, PartTotals.part(SIZE - 1));
    assertEquals(1, PartTotals.part(SIZE));
  }

  @Test
  void whereTheyAreTellsHowFarOneHasToLook() {
    PartTotals totals = PartTotals.of(Map.of(2L, 10, 3L, 0, 4L, 10, 5L, 0, 6L, 4)).orElseThrow();
    assertEquals(SIZE, totals.idsWith(4, true));
    assertEquals(3 * SIZE, totals.idsWith(5, true));
    assertEquals(SIZE, totals.idsWith(10, false));
    assertEquals(3 * SIZE, totals.idsWith(11, false));
    assertEquals(Long.MAX_VALUE, totals.idsWith(25, true));
    assertEquals(Long.MAX_VALUE, totals.idsWith(25));
    assertEquals(5 * SIZE / 2, totals.idsWith(12));
  }

  /** As where the table begins before, and goes on behind, what is wanted. */
  @Test
  void oneLooksFromTheEndOfTheTable() {
    PartTotals totals = PartTotals.of(Map.of(1L, 0, 3L, 10, 9L, 0)).orElseThrow();
    assertEquals(7 * SIZE, totals.idsWith(1, true));
    assertEquals(3 * SIZE, totals.idsWith(1, false));
    assertEquals(9 * SIZE, totals.idsWith(10));
    PartTotals grown = totals.with(Map.of(12L, 0)).orElseThrow();
    assertEquals(10 * SIZE, grown.idsWith(1, true));
    assertEquals(3 * SIZE, grown.idsWith(1, false));
  }

  @Test
  void idsThatAreTooFarApartAreNotWorthIt() {
    assertEquals(Optional.empty(), PartTotals.of(Map.of(1L << 40, 1)));
    assertEquals(Optional.empty(), PartTotals.of(Map.of(10_000L, 1)));
    Map<Long, Integer> dense = new HashMap<>();
    for (long part = 9_000; part < 10_000; part++) {
      dense.put(part, 1);
    }
    assertTrue(PartTotals.of(dense).isPresent());
  }
}
