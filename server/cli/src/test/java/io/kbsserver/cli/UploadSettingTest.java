package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadSettingTest {

  @ParameterizedTest
  @CsvSource({"0,0", "17,17", "3KB,3072", "64MB,67108864", "' 2GB ',2147483648"})
  void aSizeIsInBytesOrHasAUnit(String text, long bytes) {
    assertEquals(bytes, UploadSetting.MAX_REQUEST_SIZE.read(text));
    assertEquals(bytes, UploadSetting.MAX_FILE_SIZE.read(text));
  }

  @ParameterizedTest
  @CsvSource({
    "MAX_REQUEST_SIZE,lots",
    "MAX_REQUEST_SIZE,-1",
    "MAX_FILE_SIZE,12XB",
    "MAX_FILE_SIZE,1.5MB",
    "MAX_FILE_SIZE,9999999999",
    "MAX_CONNECTIONS,0",
    "MAX_CONNECTIONS,many",
    "MAX_BODY_SIZE,-1",
    "MAX_FILES,-1",
    "MAX_FILES,few",
    "TEMP_DIR,/no/such/folder"
  })
  void whatCannotBeReadIsNamed(UploadSetting setting, String value) {
    Exception mistake =
        assertThrows(IllegalArgumentException.class, () -> setting.read(value), setting::variable);
    assertTrue(mistake.getMessage().endsWith(": " + value), mistake::getMessage);
  }

  @Test
  void aFolderIsOne(@TempDir Path folder) {
    assertEquals(folder.toString(), UploadSetting.TEMP_DIR.read(folder.toString()));
  }

  @Test
  void aMistakeIsToldBeforeTheServerStarts() {
    CommandLineRun run = CommandLineRun.of(Map.of("KBS_MAX_FILES", "few"), "serve");
    assertEquals(1, run.exitCode());
    assertEquals("kbs-server: KBS_MAX_FILES is no whole number: few\n", run.err());
  }
}
