package io.kbsserver.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the lists in {@code src/test/resources/text}. */
final class TextData {

  private TextData() {}

  static List<JsonNode> list(String file) {
    try (InputStream in = TextData.class.getResourceAsStream("/text/" + file)) {
      List<JsonNode> entries = new ArrayList<>();
      new ObjectMapper().readTree(in).forEach(entries::add);
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
