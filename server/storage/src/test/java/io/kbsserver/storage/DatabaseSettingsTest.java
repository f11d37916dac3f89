package io.kbsserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {
  @Test
  void nothingSetMeansTheBuiltInDatabase() {
    DatabaseSettings settings =
        DatabaseSettings.fromEnvironment(Map.of("KBS_DATABASE_URL", " ", "XDG_DATA_HOME", "/x"));
    assertNull(settings.url());
    assertTrue(settings.dataFolder().isAbsolute());
    assertTrue(settings.dataFolder().endsWith("kbs-server"));
  }

  @Test
  void theDataFolderMayBeRelative() {
    DatabaseSettings settings =
        DatabaseSettings.fromEnvironment(Map.of("KBS_DATA_DIR", "somewhere/../data"));
    assertEquals(Path.of("data").toAbsolutePath(), settings.dataFolder());
  }

  @Test
  void aUserWithoutAServerIsAMistake() {
    StartupFailure failure =
        assertThrows(
            StartupFailure.class,
            () -> DatabaseSettings.fromEnvironment(Map.of("KBS_DATABASE_USER", "kbs")));
    assertTrue(failure.getMessage().contains("KBS_DATABASE_URL is not"));
  }

  @Test
  void neverShowsThePassword() {
    DatabaseSettings settings =
        DatabaseSettings.fromEnvironment(
            Map.of(
                "KBS_DATABASE_URL",
                "jdbc:mysql://u:hunter2@h/kbs?password=hunter2",
                "KBS_DATABASE_PASSWORD",
                "hunter2"));
    assertEquals("hunter2", settings.password());
    assertFalse(settings.toString().contains("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://h/kbs",
        "jdbc:postgresql://u:hunter2@h/kbs",
        "jdbc:mysql:///kbs?password=hunter2",
        "jdbc:mysql://h:3306",
        "jdbc:mysql://u:hunter2@h:3306/",
        "jdbc:mysql://h/?password=hunter2",
        "jdbc:mysql://u:hunter2?x@h/kbs",
        "jdbc:mysql://u:x?hunter2@h/kbs",
        "jdbc:mysql://h/?password=x@hunter2",
        "h"
      })
  void aMalformedUrlIsNamedWithoutItsSecrets(String url) {
    StartupFailure failure = assertThrows(StartupFailure.class, () -> ConnectionUrl.parse(url));
    assertTrue(failure.getMessage().startsWith("KBS_DATABASE_URL "), failure.getMessage());
    assertFalse(failure.getMessage().contains("hunter2"), failure.getMessage());
  }

  @Test
  void takesMariaDbUrlsAndLetsTheUrlDecide() {
    ConnectionUrl url = ConnectionUrl.parse("jdbc:mariadb://h:3307/kbs?connectTimeout=5&useSSL");
    assertTrue(url.jdbc().startsWith("jdbc:mysql://h:3307/kbs?"), url.jdbc());
    assertTrue(url.jdbc().contains("connectTimeout=5&"), url.jdbc());
    assertFalse(url.jdbc().contains("connectTimeout=10000"), url.jdbc());
    assertEquals("h:3307", url.server());
  }

  @Test
  void whatMayTakeAnyTimeHasNoTimeout() {
    ConnectionUrl url = ConnectionUrl.parse("jdbc:mysql://h/kbs?socketTimeout=5&connectTimeout=6");
    String unhurried = url.unhurried().jdbc();
    assertTrue(unhurried.contains("socketTimeout=0"), unhurried);
    assertFalse(unhurried.contains("socketTimeout=5"), unhurried);
    assertTrue(unhurried.contains("connectTimeout=6"), unhurried);
  }
}
