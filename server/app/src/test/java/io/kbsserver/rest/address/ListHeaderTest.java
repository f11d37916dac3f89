package io.kbsserver.rest.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that are lists of values, which may be quoted. */
class ListHeaderTest {

  @Test
  void separatorsWithinQuotesSeparateNothing() {
    assertEquals(List.of("a", "b"), ListHeader.split("a , b", ','));
    assertEquals(List.of("\"a,b\"", "c"), ListHeader.split("\"a,b\",c", ','));
    assertEquals(List.of("\"a\\\",b\"", "c"), ListHeader.split("\"a\\\",b\",c", ','));
    assertEquals(List.of("a\\", "b"), ListHeader.split("a\\,b", ','));
    assertEquals(List.of("a,b", "c"), ListHeader.split("a,b;c", ';'));
    assertEquals(List.of("", ""), ListHeader.split(",", ','));
  }

  @Test
  void theFirstElementIsTheFirstThatIsNotEmpty() {
    assertEquals(Optional.of("a"), ListHeader.first(List.of(" , a", "b")));
    assertEquals(Optional.of("b"), ListHeader.first(List.of("", "b")));
    assertEquals(Optional.empty(), ListHeader.first(List.of(",")));
    assertEquals(Optional.empty(), ListHeader.first(List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a | a",
        "\"a\" | a",
        "\" a \" | a",
        "\"a\\\"b\" | a\"b",
        "\"a\\\\\" | a\\",
        "\"\" | ~~"
      })
  void quotesAndWhatEscapesInThemAreTakenAway(String value, String plain) {
    assertEquals(Optional.of(plain), ListHeader.unquoted(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a", "a\"", "\"a\"b", "\"", "\"a\\", "\"a\\\""})
  void quotesThatAreNotClosedAtTheEndTellNothing(String value) {
    assertEquals(Optional.empty(), ListHeader.unquoted(value));
  }
}
