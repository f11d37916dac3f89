package io.kbsserver.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which fields of a thing went from what to what. */
final class Differences {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Differences() {}

  /** Those that differ; what is null or nothing before or after is left out there. */
  static Map<String, Object> between(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    Map<String, Object> found = new LinkedHashMap<>();
    for (String name : names) {
      Object from = before.get(name);
      Object to = after.get(name);
      if (!Objects.equals(from, to) && !(isNothing(from) && isNothing(to))) {
        Map<String, Object> sides = new LinkedHashMap<>();
        if (from != null) {
          sides.put("from", from);
        }
        if (to != null) {
          sides.put("to", to);
        }
        found.put(name, sides);
      }
    }
    return found;
  }

  private static boolean isNothing(@Nullable Object value) {
    return value == null || value instanceof List<?> list && list.isEmpty();
  }

  /** As they stand in the log. */
  static String json(Map<String, Object> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
