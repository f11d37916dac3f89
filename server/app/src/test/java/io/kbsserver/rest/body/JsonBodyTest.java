package io.kbsserver.rest.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of JSON. */
class JsonBodyTest {

  private static Optional<Parameters> parsed(String json) {
    return JsonBody.parse(json.getBytes(UTF_8), UTF_8);
  }

  @Test
  void theMembersOfAnObjectAreParameters() {
    assertEquals(
        Map.of("a", 1, "b", List.of("x"), "c", new BigDecimal("1.50")),
        parsed(" {\"a\": 1, \"b\": [\"x\"], \"c\": 1.50} ").get().values());
    assertEquals(
        "ä",
        JsonBody.parse("{\"a\":\"\u00E4\"}".getBytes(ISO_8859_1), ISO_8859_1)
            .get()
            .values()
            .get("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}x",
        "{} {}",
        "{'a':1}",
        "\uFEFF{}",
        "[\"\\uD800\"]",
        "{\"\\uD800\":1}",
        "{\"a\":{\"b\":[\"\\uDC00\"]}}",
        "1e9999999999"
      })
  void whatIsNoJsonIsNone(String json) {
    assertEquals(Optional.empty(), parsed(json));
  }

  @Test
  void bytesThatAreNoTextAreNoJson() {
    assertEquals(
        Optional.empty(), JsonBody.parse("{\"a\":\"\u00E4\"}".getBytes(ISO_8859_1), UTF_8));
  }

  @Test
  void aPairOfSurrogatesIsACharacter() {
    assertEquals("\uD83D\uDE00", parsed("{\"a\":\"\\uD83D\\uDE00\"}").get().values().get("a"));
  }

  @Test
  void whatIsNoObjectStandsUnderANameThatNobodyTakes() {
    assertEquals(Map.of("body", List.of(1)), parsed("[1]").get().values());
    assertEquals(Collections.singletonMap("body", null), parsed("null").get().values());
  }

  @Test
  void itNestsLessThan512Levels() {
    assertTrue(parsed("[".repeat(511) + "]".repeat(511)).isPresent());
    assertTrue(parsed("[".repeat(512) + "]".repeat(512)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":1,\"b\":2} | ~~",
        "{\"a\":1,\"b\":2,\"a\":3} | a",
        "{\"a\":{\"x\":1,\"y\":2},\"b\":{\"x\":1}} | ~~",
        "{\"a\":{\"x\":1,\"x\":2},\"b\":2} | a",
        "{\"b\":1,\"a\":[{\"x\":1},{\"x\":1,\"x\":2}]} | a",
        "[{\"x\":1,\"x\":2}] | ~~"
      })
  void aNameThatComesAgainIsRemembered(String json, String name) {
    Parameters parameters = parsed(json).get();
    assertEquals(name.isEmpty() ? Set.of() : Set.of(name), parameters.repeated().keySet());
    parameters.repeated().values().forEach(values -> assertEquals(List.of(), values));
  }
}
