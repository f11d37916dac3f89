package io.kbsserver.rest.parameters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kbsserver.testing.LongInput;
import io.micronaut.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Moments, and the preference that a header states, are read or not there. */
class MomentFuzzTest {

  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
  private static final List<ZoneId> ZONES =
      Stream.of(
              "UTC",
              "Europe/Berlin",
              "Australia/Lord_Howe",
              "America/Sao_Paulo",
              "+05:30",
              "-12:00")
          .map(ZoneId::of)
          .toList();

  @FuzzTest(maxDuration = "2m")
  void aMomentIsOneThatTheClockShows(byte[] written) {
    String text = new String(written, StandardCharsets.UTF_8);
    if (!WordPressDateTime.isValid(text)) {
      return;
    }
    for (ZoneId zone : ZONES) {
      LocalDateTime moment = WordPressDateTime.atSite(text, zone);
      String again = moment.format(WRITTEN);
      assertTrue(WordPressDateTime.isValid(again), again);
      assertEquals(moment, WordPressDateTime.atSite(again, zone), text);
      if (text.endsWith("Z")) {
        String offset = text.substring(0, text.length() - 1) + "+00:00";
        assertEquals(moment, WordPressDateTime.atSite(offset, zone), text);
      }
    }
  }

  @FuzzTest(maxDuration = "2m")
  void aPreferenceIsStatedOrNot(byte[] header) {
    String text = new String(header, StandardCharsets.ISO_8859_1);
    Optional<Boolean> lenient = lenient(text);
    if (lenient.isPresent()) {
      String word = lenient.get() ? "lenient" : "strict";
      assertTrue(text.toLowerCase(Locale.ROOT).contains(word));
      assertEquals(lenient, lenient("handling=" + word + ", " + text));
    } else {
      assertFalse(text.equalsIgnoreCase("handling=lenient"));
    }
  }

  @FuzzTest(maxDuration = "2m")
  void longOnesTakeTheirTime(byte[] seed) {
    LongInput.takesItsTime(seed, this::aMomentIsOneThatTheClockShows);
    LongInput.takesItsTime(seed, this::aPreferenceIsStatedOrNot);
  }

  private static Optional<Boolean> lenient(String prefer) {
    return HandlingPreference.of(HttpRequest.GET("/").header("Prefer", prefer));
  }
}
