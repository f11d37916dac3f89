package io.kbsserver.wordpress.php;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhpReadingTest {

  private static final String POST =
      "O:7:\"WP_Post\":3:{s:2:\"ID\";i:234;s:10:\"post_title\";s:6:\"report\";"
          + "s:4:\"guid\";s:28:\"http://example.org/a;}\"b.txt\";}";
  private static final String DATA =
      "a:4:{s:5:\"files\";a:2:{i:0;"
          + POST
          + "i:1;i:7;}s:9:\"user_info\";a:3:{s:10:\"first_name\";s:6:\"Zoë \"\";"
          + "s:9:\"last_name\";s:0:\"\";s:5:\"email\";s:15:\"zoe@example.com\";}"
          + "s:8:\"agent_id\";s:1:\"5\";s:8:\"resolved\";b:0;}";

  private static Map<?, ?> read(String text) {
    return (Map<?, ?>) PhpReading.of(text).value();
  }

  private static Object at(Object value, Object... path) {
    Object found = value;
    for (Object key : path) {
      found = found instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return found;
  }

  private static Object email(String text) {
    return at(read(text), "user_info", "email");
  }

  @Test
  void theSampleIsWhole() {
    PhpReading reading = PhpReading.of(DATA);
    assertTrue(reading.isWhole() && !reading.recounted(), reading::toString);
    assertEquals("http://example.org/a;}\"b.txt", at(reading.value(), "files", 0L, "guid"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org,https://www.example.com",
    "http://example.org,//e",
    "report,a \";s:1:\"b",
    "Zoë,Z",
    "Zoë,\";}",
    "WP_Post,WP_Attachment",
    "first_name,name",
    "zoe@example.com,''"
  })
  void lengthsAreCountedAnewAfterASearchAndReplace(String from, String to) {
    String changed = DATA.replace(from, to);
    PhpReading reading = PhpReading.of(changed);
    assertTrue(reading.isWhole() && reading.recounted(), reading::toString);
    String shown = PhpReading.of(DATA).value().toString().replace(from, to);
    assertEquals(shown, reading.value().toString());
  }

  @Test
  void aTextThatLooksLikeMoreElementsIsStillOneText() {
    String text = "x\";s:1:\"a\";s:1:\"b\";i:7;s:2:\"cc";
    String right = "a:2:{s:4:\"text\";s:%d:\"%s\";s:5:\"after\";a:1:{i:0;s:3:\"yes\";}}";
    for (int length : List.of(0, 1, text.length() - 1, text.length() + 1, 9999)) {
      Map<?, ?> value = read(right.formatted(length, text));
      assertEquals(text, value.get("text"), () -> "declared as " + length);
      assertEquals("yes", at(value, "after", 0L));
    }
  }

  @Test
  void lengthsThatCountCharactersAreRight() {
    PhpReading reading = PhpReading.of("a:1:{s:3:\"für\";s:7:\"Привет!\";}");
    assertTrue(reading.isWhole() && !reading.recounted(), reading::toString);
    assertEquals("Привет!", at(reading.value(), "für"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // What stands where the first file's title was.
        "s:6:\"rep",
        "s:6:report;",
        "X:6:\"report\";",
        "i:x;",
        "O:6:\"report\":9:{",
        "a:3:{s:1:\"x\";",
        "r:99;",
        "\u0000",
        ""
      })
  void aDamagedFileCostsNothingButItself(String damage) {
    PhpReading reading = PhpReading.of(DATA.replace("s:6:\"report\";", damage));
    assertFalse(reading.isWhole());
    assertFalse(reading.lost().isEmpty());
    assertTrue(
        reading.lost().stream().allMatch(path -> path.startsWith("files")), reading::toString);
    assertEquals("Zoë \"", at(reading.value(), "user_info", "first_name"), reading::toString);
    assertEquals("zoe@example.com", at(reading.value(), "user_info", "email"));
    assertEquals("5", at(reading.value(), "agent_id"));
    assertEquals(false, at(reading.value(), "resolved"));
  }

  @Test
  void damagesInSeveralPlacesCostThosePlaces() {
    String damaged =
        DATA.replace("s:6:\"report\";", "s:6:rep;")
            .replace("s:9:\"last_name\";s:0:\"\";", "s:9:\"last_name\";q;")
            .replace("s:1:\"5\"", "s:1:5");
    PhpReading reading = PhpReading.of(damaged);
    assertEquals(List.of("files.0.post_title", "user_info.last_name", "agent_id"), reading.lost());
    assertEquals("zoe@example.com", at(reading.value(), "user_info", "email"));
    assertEquals("Zoë \"", at(reading.value(), "user_info", "first_name"));
    assertEquals(false, at(reading.value(), "resolved"));
  }

  @Test
  void ofATextThatWasCutThereIsWhatStoodBefore() {
    String cut = DATA.substring(0, DATA.indexOf("s:8:\"agent_id\"") - 4);
    PhpReading reading = PhpReading.of(cut);
    assertFalse(reading.isWhole());
    assertEquals("Zoë \"", at(reading.value(), "user_info", "first_name"));
    assertFalse(reading.lost().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a:7:{s:9:\"user_info", "hello", "a:", "a:1:{", "Array", "O:1:\"A\":1:{}}}"})
  void ofNothingThereIsNothing(String text) {
    PhpReading reading = PhpReading.of(text);
    assertNull(reading.value());
    assertFalse(reading.isWhole());
  }

  @Test
  void whereverItIsCutOrChangedTheAddressStaysItselfOrIsLost() {
    // Behind a:4:{, without which there is no array.
    for (int i = 5; i < DATA.length(); i++) {
      String text = DATA.substring(0, i) + '~' + DATA.substring(i + 1);
      Object email = email(text);
      int from = DATA.indexOf("s:9:\"user_info");
      int to = DATA.indexOf("s:8:\"agent_id");
      if (i < from - 1 || i >= to) {
        assertEquals("zoe@example.com", email, text);
      }
    }
  }
}
