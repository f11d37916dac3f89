package io.kbsserver.wordpress.php;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kbsserver.testing.LongInput;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What PHP could have serialised is read as it was; of anything else, what is left is data. */
class PhpFuzzTest {

  @FuzzTest(maxDuration = "2m")
  void whatIsReadCanBeWrittenAndReadAgain(byte[] bytes) throws PhpSerializedException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    PhpReading reading = PhpReading.of(text);
    assertTrue(reading.isWhole() || reading.damage() != null);
    use(reading.value());
    Object value;
    try {
      value = PhpSerialized.parse(text);
    } catch (PhpSerializedException e) {
      return;
    }
    assertTrue(reading.isWhole());
    assertEquals(value, reading.value());
    // Objects hide some of their properties; what they hide is not written here.
    String written = written(value);
    if (written.indexOf('\0') < 0) {
      assertEquals(value, PhpSerialized.parse(written), written);
    }
  }

  @FuzzTest(maxDuration = "2m")
  void longTextsTakeTheirTime(byte[] seed) {
    LongInput.takesItsTime(
        seed, bytes -> use(PhpReading.of(new String(bytes, StandardCharsets.UTF_8)).value()));
  }

  private static void use(Object value) {
    PhpValues.json(value);
    PhpValues.text(value);
    PhpValues.id(value);
    PhpValues.truthy(value);
    PhpValues.elements(value).forEach(PhpValues::text);
  }

  private static String written(Object value) {
    if (value == null) {
      return "N;";
    }
    if (value instanceof Boolean truth) {
      return truth ? "b:1;" : "b:0;";
    }
    if (value instanceof Long number) {
      return "i:" + number + ";";
    }
    if (value instanceof Double number) {
      return "d:" + number.toString().replace("Infinity", "INF").replace("NaN", "NAN") + ";";
    }
    if (value instanceof Map<?, ?> array) {
      StringBuilder text = new StringBuilder();
      text.append(array instanceof PhpObject object ? "O" + string(object.className()) : "a");
      text.append(":").append(array.size()).append(":{");
      array.forEach((key, element) -> text.append(written(key)).append(written(element)));
      return text.append("}").toString();
    }
    return "s" + string(value.toString()) + ";";
  }

  private static String string(String text) {
    return ":" + text.getBytes(StandardCharsets.UTF_8).length + ":\"" + text + "\"";
  }
}
