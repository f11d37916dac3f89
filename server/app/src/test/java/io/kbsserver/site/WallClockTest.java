package io.kbsserver.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PHP 8.2 makes of times that the clock of a zone skips or shows twice. */
class WallClockTest {

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin,        2023-03-26T01:59:59, 2023-03-26T01:59:59, 2023-03-26T00:59:59",
    "Europe/Berlin,        2023-03-26T02:00:00, 2023-03-26T03:00:00, 2023-03-26T01:00:00",
    "Europe/Berlin,        2023-03-26T02:30:00, 2023-03-26T03:30:00, 2023-03-26T01:30:00",
    "Europe/Berlin,        2023-10-29T02:30:00, 2023-10-29T02:30:00, 2023-10-29T01:30:00",
    "Europe/Dublin,        2023-10-29T01:30:00, 2023-10-29T01:30:00, 2023-10-29T01:30:00",
    "America/New_York,     2023-03-12T02:30:00, 2023-03-12T03:30:00, 2023-03-12T07:30:00",
    "America/New_York,     2023-11-05T01:30:00, 2023-11-05T01:30:00, 2023-11-05T05:30:00",
    "America/Santiago,     2023-09-03T00:30:00, 2023-09-03T01:30:00, 2023-09-03T04:30:00",
    "America/Santiago,     2023-04-01T23:30:00, 2023-04-01T23:30:00, 2023-04-02T02:30:00",
    "Australia/Sydney,     2023-10-01T02:30:00, 2023-10-01T03:30:00, 2023-09-30T16:30:00",
    "Australia/Sydney,     2023-04-02T02:30:00, 2023-04-02T02:30:00, 2023-04-01T16:30:00",
    "Australia/Lord_Howe,  2023-10-01T02:15:00, 2023-10-01T02:45:00, 2023-09-30T15:45:00",
    "Australia/Lord_Howe,  2023-04-02T01:45:00, 2023-04-02T01:45:00, 2023-04-01T15:15:00",
    "Antarctica/Troll,     2023-03-26T01:30:00, 2023-03-26T03:30:00, 2023-03-26T01:30:00",
    "Africa/Casablanca,    2023-03-19T02:30:00, 2023-03-19T02:30:00, 2023-03-19T02:30:00",
    "Asia/Pyongyang,       2018-05-04T23:45:00, 2018-05-05T00:15:00, 2018-05-04T15:15:00",
    "Asia/Pyongyang,       2015-08-14T23:45:00, 2015-08-14T23:45:00, 2015-08-14T15:15:00",
    "Pacific/Apia,         2011-12-30T12:00:00, 2011-12-31T12:00:00, 2011-12-30T22:00:00",
    "America/Sao_Paulo,    2018-11-04T00:30:00, 2018-11-04T01:30:00, 2018-11-04T03:30:00",
    "+05:45,               2023-03-26T02:30:00, 2023-03-26T02:30:00, 2023-03-25T20:45:00"
  })
  void timesAreReadAsPhpReadsThem(String zone, String kept, String shown, String utc) {
    LocalDateTime local = LocalDateTime.parse(kept);
    assertEquals(LocalDateTime.parse(shown), WallClock.shown(local, ZoneId.of(zone)));
    assertEquals(LocalDateTime.parse(utc), WallClock.utc(local, ZoneId.of(zone)));
  }
}
