package io.kbsserver.rest.parameters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PHP 8.2 makes of the same texts, in the same zone. */
class WordPressDateTimeTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "2023-02-29T00:00:00, 2023-03-01T00:00:00",
    "2023-02-30T12:00:00, 2023-03-02T12:00:00",
    "2023-02-31 12:00:00, 2023-03-03T12:00:00",
    "2023-04-31T00:00:00, 2023-05-01T00:00:00",
    "2024-02-30T00:00:00, 2024-03-01T00:00:00",
    "2023-00-10T00:00:00, 2022-12-10T00:00:00",
    "2023-06-00T00:00:00, 2023-05-31T00:00:00",
    "2023-00-00T00:00:00, 2022-11-30T00:00:00",
    "2023-06-00 10:00:00Z, 2023-05-31T12:00:00",
    "2023-06-30T24:00:00, 2023-07-01T00:00:00",
    "2023-06-30T24:30:15, 2023-07-01T00:30:15",
    "2023-06-30T23:59:60, 2023-07-01T00:00:00",
    "2023-06-30T23:59:60Z, 2023-07-01T02:00:00",
    "2023-06-30T24:00:00+02:00, 2023-07-01T00:00:00",
    "2023-03-26T02:30:00, 2023-03-26T03:30:00",
    "2023-10-29T02:30:00, 2023-10-29T02:30:00",
    "2023-06-30T00:00:00+24:00, 2023-06-29T02:00:00",
    "2023-06-30T00:00:00-24:59, 2023-07-01T02:59:00",
    "2023-06-30T00:00:00+18:30, 2023-06-29T07:30:00",
    "2023-06-30T00:00:00-00:00, 2023-06-30T02:00:00",
    "2023-06-30T00:00:00+03, 2023-06-29T23:00:00",
    "2023-06-30T00:00:00.1234567890123, 2023-06-30T00:00:00",
    "2023-06-30 00:00:00.5+02:00, 2023-06-30T00:00:00",
    "2023-06-30t00:00:00+02:00, 2023-06-30T00:00:00",
    // What no database can compare with is as early or as late as can be.
    "0000-00-00T00:00:00, 0001-01-01T00:00:00",
    "9999-12-31T24:00:00, 9999-12-31T23:59:59"
  })
  void whatLiesOutsideTheCalendarIsCountedOn(String text, LocalDateTime moment) {
    assertTrue(WordPressDateTime.isValid(text));
    assertEquals(moment, WordPressDateTime.atSite(text, BERLIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-13-01T00:00:00",
        "2023-06-32T00:00:00",
        "2023-06-30T25:00:00",
        "2023-06-30T23:60:00",
        "2023-06-30T23:59:61",
        "2023-06-30T00:00:00+25:00",
        "2023-06-30T00:00:00+0200",
        "2023-06-30T00:00:00+02:",
        "2023-06-30T00:00:00+99:99",
        "2023-06-30T00:00:00+02:60",
        "2023-06-30T00:00:00.",
        "2023-06-30T00:00:00z",
        "٢٠٢٣-06-30T00:00:00",
        "2023-06-30T00:00:00\n"
      })
  void whatPhpDoesNotReadIsRefused(String text) {
    assertFalse(WordPressDateTime.isValid(text));
  }
}
