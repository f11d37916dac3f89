package io.kbsserver.rest.response;

import io.micronaut.json.tree.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fields that are asked for, {@code title} or {@code title.rendered}, by their first names: of
 * thousands, an item is compared with those only that may be meant.
 */
final class SelectedFields {

  private final Map<String, Set<String>> byFirstName = new HashMap<>();
  private final Map<String, SelectedFields> inside = new HashMap<>();

  SelectedFields(Collection<?> fields) {
    for (Object field : fields) {
      String name = field.toString();
      byFirstName.computeIfAbsent(firstName(name), same -> new LinkedHashSet<>()).add(name);
    }
  }

  /** What is left of an object, or of a list, whose items go by their places. */
  private JsonNode inside(JsonNode value) {
    if (value.isObject()) {
      return of(value);
    }
    if (!value.isArray()) {
      return value;
    }
    Map<String, JsonNode> places = new LinkedHashMap<>();
    value.values().forEach(each -> places.put(String.valueOf(places.size()), each));
    Map<String, JsonNode> left = new LinkedHashMap<>();
    of(JsonNode.createObjectNode(places))
        .entries()
        .forEach(entry -> left.put(entry.getKey(), entry.getValue()));
    // As PHP writes it: what misses one of the first places is no list.
    return left.keySet().stream().allMatch(place -> Integer.parseInt(place) < left.size())
        ? JsonNode.createArrayNode(List.copyOf(left.values()))
        : JsonNode.createObjectNode(left);
  }

  /** What is left of an object. */
  JsonNode of(JsonNode item) {
    Map<String, JsonNode> left = new LinkedHashMap<>();
    item.entries()
        .forEach(
            entry -> {
              String name = entry.getKey();
              Set<String> meant = byFirstName.getOrDefault(firstName(name), Set.of());
              if (meant.contains(name)) {
                left.put(name, entry.getValue());
              } else if (!meant.isEmpty()) {
                SelectedFields nested = inside(name, meant);
                if (!nested.byFirstName.isEmpty()) {
                  left.put(name, nested.inside(entry.getValue()));
                }
              }
            });
    return JsonNode.createObjectNode(left);
  }

  private SelectedFields inside(String name, Set<String> meant) {
    String start = name + ".";
    return inside.computeIfAbsent(
        name,
        same ->
            new SelectedFields(
                meant.stream()
                    .filter(field -> field.startsWith(start))
                    .map(field -> field.substring(start.length()))
                    .toList()));
  }

  private static String firstName(String field) {
    int dot = field.indexOf('.');
    return dot < 0 ? field : field.substring(0, dot);
  }
}
