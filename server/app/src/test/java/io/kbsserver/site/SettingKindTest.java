package io.kbsserver.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How people write the values of settings, and how they are kept. */
class SettingKindTest {

  private static Setting<?> setting(String name) {
    return Setting.named(name).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "enable_sequential, on, 1",
    "enable_sequential, off, ''",
    "ticket_prefix, KBS-, KBS-",
    "ticket_prefix, '', ''",
    "sequential_start, 007, 7",
    "sequential_start, 999999999999999, 999999999999999",
    "banned_emails, ' a, b,,a', '[\"a\",\"b\"]'",
    "banned_emails, '', []",
    "time_zone, Europe/Berlin, Europe/Berlin",
    "assign_on_submit, least, least",
    "value_handling, lenient, lenient"
  })
  void whatAPersonGivesIsKept(String name, String given, String kept) {
    assertEquals(Optional.of(kept), setting(name).given(given));
  }

  @ParameterizedTest
  @CsvSource({
    "enable_sequential, yes",
    "sequential_start, 0",
    "sequential_start, -1",
    "sequential_start, 1000000000000000",
    "sequential_start, x",
    "ticket_prefix, 'a\tb'",
    "banned_emails, 'a\nb'",
    "time_zone, Mars/Olympus",
    "assign_on_submit, anybody"
  })
  void whatIsNotAllowedIsNot(String name, String given) {
    assertEquals(Optional.empty(), setting(name).given(given));
  }

  @ParameterizedTest
  @CsvSource({"ticket_prefix, 80", "site_name, 250", "banned_emails, 16000"})
  void aTextHasALength(String name, int longest) {
    assertEquals(true, setting(name).given("a".repeat(longest)).isPresent());
    assertEquals(Optional.empty(), setting(name).given("a".repeat(longest + 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "enable_sequential, 1, on",
    "enable_sequential, 0, off",
    "enable_sequential, '', off",
    "enable_sequential, yes, on",
    "sequential_start, 123456789012345678, 123456789012345678",
    "sequential_start, 0, 1",
    "ticket_suffix, DE, DE",
    "banned_emails, '{\"0\":\"a\",\"2\":\"b\",\"3\":\" \"}', 'a,b'",
    "banned_emails, '\"a\"', a",
    "banned_emails, ' ', ''",
    "banned_emails, 'a@b.example\nc', 'a@b.example,c'",
    "assign_on_submit, random, random",
    "assign_on_submit, x, none",
    "time_zone, Mars/Olympus, Mars/Olympus"
  })
  void whatIsKeptIsShownAsPeopleWriteIt(String name, String kept, String shown) {
    assertEquals(shown, setting(name).shown(Map.of(name, kept)));
  }

  @ParameterizedTest
  @CsvSource({
    "enable_sequential, on or off",
    "ticket_prefix, a line of up to 80 characters",
    "sequential_start, 'a whole number above 0, of up to 15 digits'",
    "banned_emails, 'texts with commas between them, together up to 16000 characters'",
    "assign_on_submit, 'one of least, none, random'"
  })
  void whatIsAllowedIsSaid(String name, String allowed) {
    assertEquals(allowed, setting(name).allowed());
  }

  @Test
  void aSettingSaysWhoseItIs() {
    assertEquals(true, Setting.TICKET_PREFIX.isOfKbSupport());
    assertEquals(Optional.empty(), Setting.TICKET_PREFIX.wordPressOption());
    assertEquals(false, Setting.SITE_NAME.isOfKbSupport());
    assertEquals(Optional.of("blogname"), Setting.SITE_NAME.wordPressOption());
    assertEquals("what the site is called", Setting.SITE_NAME.explanation());
    assertEquals(Optional.empty(), Setting.named("colour"));
    assertEquals(true, setting("time_zone").allowed().startsWith("a time zone"));
  }

  @Test
  void valuesAreKeptAsWordPressKeepsThem() {
    assertEquals("", Setting.ADMIN_AGENTS.kept(false));
    assertEquals("[\"a\"]", Setting.BANNED_EMAILS.kept(List.of("a")));
    assertEquals("7", Setting.SEQUENTIAL_START.kept(7L));
    assertEquals("strict", Setting.VALUE_HANDLING.kept(false));
  }

  @Test
  void theContractNamesSwitchesThatThereAre() {
    Site site = SiteSettings.in(Map.of());
    assertEquals(true, site.isOn("tickets"));
    assertThrows(IllegalArgumentException.class, () -> site.isOn("colour"));
  }

  @ParameterizedTest
  @CsvSource({
    "#, -x, #1-X, true",
    "#, -x, #-x, false",
    "#, -x, 1-x, false",
    "#, -x, #1, false",
    "#, '', #1, true",
    "KBS, DE, KBS1DE, false",
    "#, '', '#1\t', false"
  })
  void aNumberWithOddCharactersIsKnownByThem(
      String prefix, String suffix, String text, boolean number) {
    Site site = SiteSettings.in(Map.of("ticket_prefix", prefix, "ticket_suffix", suffix));
    assertEquals(number, site.mayBeOddTicketNumber(text));
  }
}
