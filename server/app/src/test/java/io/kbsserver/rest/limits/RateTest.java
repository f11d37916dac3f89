package io.kbsserver.rest.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

  @ParameterizedTest
  @CsvSource({"600/1m,600,PT1M", "' 5/10s ',5,PT10S", "999999999/99999h,999999999,PT99999H"})
  void aRateIsANumberWithinATime(String text, long requests, Duration window) {
    assertEquals(new Rate(requests, window), Rate.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "600", "600/m", "0/1m", "-1/1m", "1/0s", "1.5/1m", "600/1d", "many"})
  void whatIsNoneIsNamed(String text) {
    Exception mistake = assertThrows(IllegalArgumentException.class, () -> Rate.parse(text));
    assertEquals("is no rate such as 600/1m: " + text, mistake.getMessage());
  }
}
