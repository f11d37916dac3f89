package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSettingTest {

  @ParameterizedTest
  @CsvSource({"100ms,0.100", "5s,5", "' 20s ',20", "2500ms,2.500"})
  void aTimeHasAUnit(String text, String seconds) {
    assertEquals(seconds, RequestSetting.QUERY_TIMEOUT.read(text));
  }

  @ParameterizedTest
  @CsvSource({
    "QUERY_TIMEOUT,5",
    "QUERY_TIMEOUT,0s",
    "QUERY_TIMEOUT,99ms",
    "QUERY_TIMEOUT,21s",
    "QUERY_TIMEOUT,for ever",
    "MAX_TEXT_LENGTH,0",
    "MAX_TEXT_LENGTH,1MB",
    "MAX_TEXT_LENGTH,1048577"
  })
  void whatCannotBeReadIsNamed(RequestSetting setting, String value) {
    Exception mistake =
        assertThrows(IllegalArgumentException.class, () -> setting.read(value), setting::variable);
    assertTrue(mistake.getMessage().endsWith(": " + value), mistake::getMessage);
  }

  @Test
  void aMistakeIsToldBeforeTheServerStarts() {
    CommandLineRun run = CommandLineRun.of(Map.of("KBS_QUERY_TIMEOUT", "soon"), "serve");
    assertEquals(1, run.exitCode());
    assertEquals("kbs-server: KBS_QUERY_TIMEOUT is no time from 100ms to 20s: soon\n", run.err());
  }
}
