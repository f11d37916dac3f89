package io.kbsserver.wordpress.php;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhpSerializedTest {

  private static final String SAMPLE =
      "a:6:{s:9:\"user_info\";a:2:{s:5:\"email\";s:15:\"gus@example.com\";s:10:\"first_name\";"
          + "s:5:\"Søren\"" // deliberately one byte short, see sample()
          + ";}s:6:\"agents\";a:2:{i:0;i:5;i:2;i:-7;}s:5:\"files\";b:0;s:2:\"ok\";b:1;"
          + "s:4:\"rate\";d:0.5;s:4:\"none\";N;}";

  private static String sample() {
    return SAMPLE.replace("s:5:\"Søren\"", "s:6:\"Søren\"");
  }

  @Test
  void readsScalars() throws PhpSerializedException {
    assertNull(PhpSerialized.parse("N;"));
    assertEquals(true, PhpSerialized.parse("b:1;"));
    assertEquals(false, PhpSerialized.parse("b:0;"));
    assertEquals(42L, PhpSerialized.parse("i:42;"));
    assertEquals(-9223372036854775808L, PhpSerialized.parse("i:-9223372036854775808;"));
    assertEquals(0.1, PhpSerialized.parse("d:0.1;"));
    assertEquals(1.0E25, PhpSerialized.parse("d:1.0E+25;"));
    assertEquals(Double.NEGATIVE_INFINITY, PhpSerialized.parse("d:-INF;"));
    assertEquals("", PhpSerialized.parse("s:0:\"\";"));
    assertEquals("a\"b;c", PhpSerialized.parse(" s:5:\"a\"b;c\";\n"));
  }

  @Test
  void countsBytesNotCharacters() throws PhpSerializedException {
    assertEquals("Zoë 😀", PhpSerialized.parse("s:9:\"Zoë 😀\";"));
    assertThrows(PhpSerializedException.class, () -> PhpSerialized.parse("s:5:\"Zoë 😀\";"));
    assertThrows(PhpSerializedException.class, () -> PhpSerialized.parse("s:3:\"Zoë\";"));
  }

  @Test
  void readsNestedArraysInTheirOrder() throws PhpSerializedException {
    Map<?, ?> value = (Map<?, ?>) PhpSerialized.parse(sample());
    assertEquals(
        List.of("user_info", "agents", "files", "ok", "rate", "none"), List.copyOf(value.keySet()));
    assertEquals("Søren", ((Map<?, ?>) value.get("user_info")).get("first_name"));
    assertEquals(Map.of(0L, 5L, 2L, -7L), value.get("agents"));
    assertEquals(Map.of(), PhpSerialized.parse("a:0:{}"));
  }

  @Test
  void keysThatLookLikeIntegersAreIntegers() throws PhpSerializedException {
    Map<?, ?> value =
        (Map<?, ?>) PhpSerialized.parse("a:3:{s:1:\"7\";b:1;s:2:\"07\";b:1;s:2:\"-7\";b:1;}");
    assertEquals(List.of(7L, "07", -7L), List.copyOf(value.keySet()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "N",
        "n;",
        "b:2;",
        "b:1",
        "i:;",
        "i:1.5;",
        "i:9223372036854775808;",
        "i: 1;",
        "d:x;",
        "d:;",
        "d:1e;",
        "s:1:\"\";",
        "s:-1:\"\";",
        "s:2:\"a\";",
        "s:1:a;",
        "s:1:\"a\"",
        "s:99999999999:\"a\";",
        "a:1:{}",
        "a:1:{i:0;}",
        "a:0:{i:0;N;}",
        "a:1:{N;N;}",
        "a:999999999:{i:0;N;}",
        "a:1:{i:0;N;",
        "N;N;",
        "i:1;x",
        "hello",
        "S:1:\"a\";",
        "O:8:\"stdClass\":1:{}",
        "O:9:\"stdClass\":0:{}",
        "O:8:\"stdClass\":0:{}x",
        "C:1:\"A\":1:{}",
        "E:3:\"A:B\"",
        "a:1:{i:0;O:1:\"A\":0:{}",
        "a:2:{i:0;N;i:1;R:3;}",
        "R:1;",
        "r:2;"
      })
  void refusesAllElse(String text) {
    assertThrows(PhpSerializedException.class, () -> PhpSerialized.parse(text));
  }

  @Test
  void saysWhere() {
    PhpSerializedException e =
        assertThrows(
            PhpSerializedException.class, () -> PhpSerialized.parse("a:1:{i:0;X:1:\"A\":0:{}}"));
    assertEquals(9, e.offset());
  }

  @Test
  void objectsAreData() throws PhpSerializedException {
    PhpObject error =
        (PhpObject)
            PhpSerialized.parse(
                "O:8:\"WP_Error\":3:{s:6:\"errors\";a:0:{}s:18:\"\0*\0additional_data\";i:7;"
                    + "s:11:\"\0WP_Error\0x\";s:1:\"é\";}".replace("s:1:", "s:2:"));
    assertEquals("WP_Error", error.className());
    assertEquals(Map.of("errors", Map.of(), "additional_data", 7L, "x", "é"), Map.copyOf(error));
    assertEquals(List.of("errors"), List.copyOf(error.visible().keySet()));
    PhpObject own = (PhpObject) PhpSerialized.parse("C:11:\"ArrayObject\":8:{x:i:0;}}}");
    assertEquals("x:i:0;}}".substring(0, 8), own.get("serialized"));
    PhpObject suit = (PhpObject) PhpSerialized.parse("E:11:\"Suit:Hearts\";");
    assertEquals(List.of("Suit", "Hearts"), List.of(suit.className(), suit.get("name")));
  }

  @Test
  void referencesAreWhatTheyReferTo() throws PhpSerializedException {
    // Numbers count values and not keys, and R gets none.
    Map<?, ?> value =
        (Map<?, ?>)
            PhpSerialized.parse("a:5:{i:0;a:1:{i:0;s:1:\"x\";}i:1;R:2;i:2;r:3;i:3;i:9;i:4;R:5;}");
    assertEquals(Map.of(0L, "x"), value.get(1L));
    assertEquals("x", value.get(2L));
    assertEquals(9L, value.get(4L));
  }

  @Test
  void aValueWithinItselfIsNull() throws PhpSerializedException {
    Map<?, ?> value =
        (Map<?, ?>) PhpSerialized.parse("O:8:\"stdClass\":2:{s:2:\"me\";r:1;s:1:\"n\";i:1;}");
    assertNull(value.get("me"));
    assertEquals(1L, value.get("n"));
  }

  @Test
  void referencesDoNotMultiplyWithoutEnd() {
    // Each array holds the one before twice: forty of them would be a million million values.
    StringBuilder text = new StringBuilder("a:40:{i:0;a:1:{i:0;s:9:\"laughter!\";}");
    int number = 2;
    for (int i = 1; i < 40; i++) {
      text.append("i:%d;a:2:{i:0;r:%d;i:1;r:%d;}".formatted(i, number, number));
      number = i == 1 ? 4 : number + 3;
    }
    assertThrows(PhpSerializedException.class, () -> PhpSerialized.parse(text + "}"));
  }

  @Test
  void depthIsBounded() throws PhpSerializedException {
    PhpSerialized.parse(nested(PhpSerialized.MAX_DEPTH));
    assertThrows(
        PhpSerializedException.class,
        () -> PhpSerialized.parse(nested(PhpSerialized.MAX_DEPTH + 1)));
    assertThrows(PhpSerializedException.class, () -> PhpSerialized.parse(nested(1_000_000)));
  }

  private static String nested(int depth) {
    return "a:1:{i:0;".repeat(depth - 1) + "a:0:{}" + "}".repeat(depth - 1);
  }

  @Test
  void mutationsNeverDoAnythingButSucceedOrFailAsPromised() {
    Random random = new Random(20261123);
    String alphabet = "aibdsNOCERr:;{}\"0123456789-.E é😀\u0000";
    assertTimeoutPreemptively(
        Duration.ofSeconds(300),
        () -> {
          for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(sample());
            for (int changes = random.nextInt(6); changes >= 0; changes--) {
              mutate(text, random, alphabet);
            }
            try {
              Object value = PhpSerialized.parse(text.toString());
              assertEquals(PhpReading.of(text.toString()).value(), value, text::toString);
            } catch (PhpSerializedException expected) {
              assertEquals(true, expected.offset() >= 0, text::toString);
              PhpValues.json(PhpReading.of(text.toString()).value());
            }
          }
        });
  }

  private static void mutate(StringBuilder text, Random random, String alphabet) {
    if (text.isEmpty()) {
      return;
    }
    int at = random.nextInt(text.length());
    int to = Math.min(text.length(), at + random.nextInt(12));
    switch (random.nextInt(5)) {
      case 0 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
      case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
      case 2 -> text.delete(at, to);
      case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, to));
      default -> text.setLength(at);
    }
  }
}
