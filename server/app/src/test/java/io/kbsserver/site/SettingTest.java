package io.kbsserver.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingTest {

  @Test
  void whatIsDeclaredIsAllThereIs() throws IllegalAccessException {
    List<Field> declared =
        Arrays.stream(Setting.class.getFields())
            .filter(field -> field.getType() == Setting.class)
            .toList();
    assertEquals(declared.size(), Setting.ALL.size());
    for (Field field : declared) {
      Setting<?> setting = (Setting<?>) field.get(null);
      assertEquals(field.getName().toLowerCase(Locale.ROOT), setting.name());
      assertEquals(Optional.of(setting), Setting.named(setting.name()));
    }
  }

  @Test
  void aFreshSiteHasTheDefaults() {
    Site site = SiteSettings.in(Map.of());
    for (Setting<?> setting : Setting.ALL) {
      assertEquals(setting.shownStandard(), setting.shown(Map.of()), setting.name());
      assertTrue(setting.given(setting.shownStandard()).isPresent(), setting.name());
    }
    assertEquals(ZoneId.of("UTC"), site.get(Setting.TIME_ZONE));
    assertEquals(1, site.get(Setting.SEQUENTIAL_START));
  }

  @Test
  void aValueThatIsKeptIsInForce() {
    Site site =
        SiteSettings.in(
            Map.of(
                "banned_emails", "[\"a@example.com\",\"example.net\"]",
                "value_handling", "lenient",
                "disable_tickets", "1",
                "enable_departments", "",
                "sequential_start", "no number",
                "something_else", "x"));
    assertEquals(List.of("a@example.com", "example.net"), site.get(Setting.BANNED_EMAILS));
    assertEquals(true, site.get(Setting.VALUE_HANDLING));
    assertEquals(1, site.get(Setting.SEQUENTIAL_START));
    assertEquals(false, site.isOn("tickets"));
    assertEquals(false, site.isOn("enable_departments"));
    assertEquals(true, site.isOn(null));
  }

  @Test
  void aZoneThatNobodyKnowsIsNotGuessed() {
    assertThrows(
        IllegalStateException.class, () -> SiteSettings.in(Map.of("time_zone", "Mars/Olympus")));
  }
}
