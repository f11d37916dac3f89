package io.kbsserver.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an id, exactly and to PHP. */
class WrittenIdTest {

  private static final String NINES = "9".repeat(400);

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "7,7,7,7",
        "007,7,7,7",
        "0,0,0,0",
        "-7,,-7,7",
        "+7,,7,7",
        " 7 ,,7,7",
        "7.0,,7,7",
        "7e0,,7,7",
        "7e1,,70,70",
        "7.5,,,7",
        ".5,,,0",
        "7abc,,,7",
        "7e0x,,,7",
        "'7,4',,,7",
        "a7,,,",
        "0x7,,,0",
        "7-,,,7",
        "-,,,",
        "'',,,",
        "\u0667,,,",
        "\uFF17,,,",
        "999999999999999999,999999999999999999,999999999999999999,999999999999999999",
        "9223372036854775807,9223372036854775807,9223372036854775807,9223372036854775807",
        "9223372036854775808,9223372036854775807,9223372036854775807,9223372036854775807",
        "-9223372036854775809,,-9223372036854775807,9223372036854775807"
      })
  void aTextIsAnIdANumberOrBeginsWithOne(String text, Long exact, Long integer, Long ofPhp) {
    assertEquals(Optional.ofNullable(exact), WrittenId.of(text).id());
    assertEquals(Optional.ofNullable(integer), WrittenNumber.integer(text));
    assertEquals(Optional.ofNullable(ofPhp), WrittenId.ofPhp(text));
  }

  @ParameterizedTest
  @CsvSource({
    "7,7,7",
    "7.0,7,7",
    "7.5,,7",
    "-7,,7",
    "1e400,9223372036854775807,9223372036854775807"
  })
  void aNumberIsAnIdWhereItIsWholeAndNotNegative(BigDecimal number, Long exact, Long ofPhp) {
    assertEquals(Optional.ofNullable(exact), WrittenId.exact(number));
    assertEquals(Optional.ofNullable(ofPhp), WrittenId.ofPhp(number));
  }

  @Test
  void aTextStaysAsItWasWritten() {
    assertEquals(new WrittenId("007", Optional.of(7L)), WrittenId.of("007"));
    assertEquals(new WrittenId("KBS7", Optional.empty()), WrittenId.of("KBS7"));
  }

  @Test
  void nothingElseIsAnId() {
    for (Object value : List.of(true, List.of(7), Map.of("id", 7))) {
      assertEquals(Optional.empty(), WrittenId.exact(value));
      assertEquals(Optional.empty(), WrittenId.ofPhp(value));
      assertEquals(Optional.empty(), WrittenNumber.integer(value));
    }
    assertEquals(Optional.empty(), WrittenId.exact(null));
    assertEquals(Optional.empty(), WrittenId.ofPhp(null));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingHasTheIdZero(boolean lenient) {
    assertEquals(Optional.empty(), WrittenId.ofSomething("0", lenient));
    assertEquals(Optional.of(7L), WrittenId.ofSomething("7", lenient));
    assertEquals(lenient, WrittenId.ofSomething("-7", lenient).isPresent());
  }

  @Test
  void aTextOfManyDigitsIsReadUpToALimit() {
    assertEquals(Optional.of(Long.MAX_VALUE), WrittenId.exact(NINES));
    assertEquals(Optional.of(Long.MAX_VALUE), WrittenId.ofPhp(NINES + "9"));
    assertEquals(Optional.empty(), WrittenId.exact(NINES + "9"));
    assertEquals(Optional.empty(), WrittenNumber.integer(NINES + "9"));
  }
}
