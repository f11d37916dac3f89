package io.kbsserver.rest.parameters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micronaut.http.HttpRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a request wants values to be handled that name nothing. */
class HandlingPreferenceTest {

  private static Optional<Boolean> lenient(String prefer) {
    return HandlingPreference.of(HttpRequest.GET("/").header("Prefer", prefer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "handling=lenient | true",
        "handling=strict | false",
        "HANDLING = Lenient | true",
        "handling=\"lenient\" | true",
        "wait=5, handling=lenient | true",
        "wait=5; handling=strict ; x | false"
      })
  void aRequestMaySaySo(String prefer, boolean lenient) {
    assertEquals(Optional.of(lenient), lenient(prefer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "handling", "handling=loose", "mishandling=lenient", "handling=strictly"})
  void whatIsNoSuchPreferenceSaysNothing(String prefer) {
    assertEquals(Optional.empty(), lenient(prefer));
  }

  @Test
  void aRequestNeedNotSay() {
    assertEquals(Optional.empty(), HandlingPreference.of(HttpRequest.GET("/")));
  }
}
