package io.kbsserver.evolution;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the parts of a JSON text stand.
 *
 * @param byPointer the line of each, by JSON pointer
 */
record Lines(Map<String, Integer> byPointer) {

  static Lines of(String json) throws IOException {
    Map<String, Integer> lines = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        // A property stands where its name does, which comes before its value.
        lines.putIfAbsent(
            parser.getParsingContext().pathAsPointer().toString(),
            parser.currentTokenLocation().getLineNr());
      }
    }
    return new Lines(lines);
  }

  /** The line of what is at a pointer, or of the closest thing around it. */
  int line(String pointer) {
    String closest = pointer;
    while (!byPointer.containsKey(closest)) {
      closest = closest.substring(0, closest.lastIndexOf('/'));
    }
    return byPointer.get(closest);
  }
}
