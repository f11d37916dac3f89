package io.kbsserver.rest.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as WordPress reads them. */
class ScalarsTest {

  @Test
  void whatIsEmptyMeansNotGiven() {
    for (Object empty : Arrays.asList(null, "", "0", 0, 0.0, false, List.of(), Map.of())) {
      assertTrue(Scalars.isEmpty(empty), () -> "" + empty);
    }
    for (Object value : List.of(" ", "00", 1, -0.5, true, List.of(0), Map.of("a", 0))) {
      assertFalse(Scalars.isEmpty(value), value::toString);
    }
  }

  @Test
  void listsAndObjectsAreNoScalars() {
    assertTrue(Scalars.isCompound(List.of()));
    assertTrue(Scalars.isCompound(Map.of()));
    assertFalse(Scalars.isCompound("a"));
    assertFalse(Scalars.isCompound(null));
  }

  @ParameterizedTest
  @CsvSource({
    "1.50, 1.5",
    "1e3, 1000",
    "1e20, 100000000000000000000",
    "1e21, 1E+21",
    "1e-20, 0.00000000000000000001",
    "1e-21, 1E-21",
    "10e10000, 1E+10001",
    "10e10001, 1.0E+10002",
    "1e-10001, 1E-10001"
  })
  void aNumberIsWrittenWithoutWhatDoesNotCount(BigDecimal number, String text) {
    assertEquals(text, Scalars.text(number));
  }

  @Test
  void truthIsOneAndTheRestIsNothing() {
    assertEquals("1", Scalars.text(true));
    assertEquals("", Scalars.text(false));
    assertEquals("", Scalars.text(null));
    assertEquals("7", Scalars.text(7));
  }

  @Test
  void aTextIsTakenApartAtCommasAndSpaces() {
    assertEquals(List.of("a", "b", "c"), Scalars.items(" a, b,,c\n"));
    assertEquals(List.of("7"), Scalars.items(7));
    assertEquals(List.of(), Scalars.items(""));
    assertEquals(List.of("a, b"), Scalars.items(List.of("a, b")));
  }
}
