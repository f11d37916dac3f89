package io.kbsserver.rest.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kbsserver.rest.body.Scalars;
import io.kbsserver.testing.LongInput;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Of an answer, what is asked for is left, as it was. */
class SelectedFieldsFuzzTest {

  private static final JsonNode ITEM =
      item(
          """
          {"id": 1, "title": {"rendered": "a", "raw": "b"}, "a.b": 2, "": {"": {"": 3}},
           "a": {"b": {"c": {"d": [{"e": 4}]}, "c.d": 5}, "": null}, "tags": [1, 2]}""");

  @FuzzTest(maxDuration = "2m")
  void whatIsLeftWasThere(byte[] fields) {
    List<?> asked = Scalars.items(new String(fields, StandardCharsets.UTF_8));
    SelectedFields selected = new SelectedFields(asked);
    JsonNode left = selected.of(ITEM);
    assertPart(left, ITEM);
    assertEquals(left, selected.of(left));
    asked.forEach(name -> assertEquals(ITEM.get(name.toString()), left.get(name.toString())));
  }

  @FuzzTest(maxDuration = "2m")
  void longListsTakeTheirTime(byte[] seed) {
    LongInput.takesItsTime(seed, this::whatIsLeftWasThere);
  }

  private static void assertPart(JsonNode part, JsonNode whole) {
    for (Map.Entry<String, JsonNode> entry : part.entries()) {
      JsonNode same = whole.get(entry.getKey());
      if (entry.getValue().isObject()) {
        assertPart(entry.getValue(), same);
      } else {
        assertEquals(same, entry.getValue());
      }
    }
    assertTrue(part.size() <= whole.size());
  }

  private static JsonNode item(String json) {
    try {
      return JsonMapper.createDefault().readValue(json, JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
