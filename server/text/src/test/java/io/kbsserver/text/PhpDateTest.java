package io.kbsserver.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PHP 8.2 writes of the same moments; names of months in German are those of WordPress. */
class PhpDateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F j, Y | en | March 1, 2026",
        "j. F Y | de | 1. März 2026",
        "d/m/Y | en | 01/03/2026",
        "g:i a | en | 12:05 am",
        "G:i \\U\\h\\r | de | 0:05 Uhr",
        "h:i:s A | en | 12:05:09 AM",
        "l, jS n y | en | Sunday, 1st 3 26",
        "D N w z W o t L | en | Sun 7 0 59 09 2026 31 0",
        "c | en | 2026-03-01T00:05:09+01:00",
        "r | de | Sun, 01 Mar 2026 00:05:09 +0100",
        "U O P T e Z | en | 1772319909 +0100 +01:00 CET Europe/Berlin 3600",
        "x \\\\ Q | en | x \\ Q"
      })
  void itIsWrittenAsPhpDoes(String format, Locale language, String expected) {
    ZonedDateTime moment = ZonedDateTime.of(2026, 3, 1, 0, 5, 9, 0, ZoneId.of("Europe/Berlin"));
    assertEquals(expected, PhpDate.of(moment, format, language));
  }

  @ParameterizedTest
  @CsvSource({"1,st", "2,nd", "3,rd", "4,th", "11,th", "12,th", "13,th", "21,st", "22,nd", "30,th"})
  void daysHaveTheirEndings(int day, String ending) {
    ZonedDateTime moment = ZonedDateTime.of(2026, 1, day, 13, 0, 0, 0, ZoneId.of("UTC"));
    assertEquals(ending + " 1 pm", PhpDate.of(moment, "S g a", Locale.ENGLISH));
  }
}
