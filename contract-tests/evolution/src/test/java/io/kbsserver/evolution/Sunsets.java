package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.evolution.Change.Incompatible;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Clients plan by what a release says of the end of its parts: nothing goes that the last one does
 * not call deprecated, and nothing before the day that any of them names, whatever the version is.
 */
final class Sunsets {

  private static final String OPERATIONS = "operations";

  /** What can be marked as deprecated stands below these, and as properties in schemas. */
  private static final Set<String> MARKED = Set.of(OPERATIONS, "parameters", "headers");

  /** What takes all that it describes with it where it goes; OpenAPI cannot mark it. */
  private static final Set<String> WHOLE = Set.of("headers", "requestBody", "schema");

  private static final List<String> ALTERNATIVES = List.of("oneOf", "anyOf");

  /** What has parameters that are none of an operation. */
  private static final String LINKS = "links";

  /** What is broken, by where it is. */
  private final Map<List<String>, Change> broken;

  private final String release;
  private final boolean latest;
  private final JsonNode before;
  private final JsonNode now;
  private final LocalDate today;
  private final Set<Compared> open = new HashSet<>();
  private String operation = "";

  /** What is being compared: parts may have themselves within, on either side. */
  private record Compared(Set<JsonNode> before, Set<JsonNode> now) {}

  /**
   * Two alternatives.
   *
   * @param like how much they are like each other, from 0 to 1
   */
  private record Pair(JsonNode before, JsonNode now, double like) {}

  private Sunsets(
      Map<List<String>, Change> broken,
      Edition released,
      boolean latest,
      Edition working,
      LocalDate today) {
    this.broken = broken;
    this.release = released.versionText();
    this.latest = latest;
    this.before = released.withoutDocumentation();
    this.now = working.withoutDocumentation();
    this.today = today;
  }

  /**
   * What the working contract does not keep of what releases say.
   *
   * @param releases the oldest first
   */
  static Set<Change> broken(List<Edition> releases, Edition working, LocalDate today) {
    Map<List<String>, Change> broken = new LinkedHashMap<>();
    for (int i = releases.size() - 1; i >= 0; i--) {
      Edition released = releases.get(i);
      Edition named = PathVariables.asIn(released, working);
      new Sunsets(broken, released, i == releases.size() - 1, named, today)
          .compare("", "", released.outline(), named.outline());
    }
    return new LinkedHashSet<>(broken.values());
  }

  /**
   * Compares what both have.
   *
   * @param names what the keys of these objects are names of; empty where they are keywords
   */
  private void compare(String place, String names, JsonNode old, JsonNode current) {
    Compared compared = new Compared(Set.of(old), Set.of(current));
    if (!open.add(compared)) {
      return;
    }
    for (Map.Entry<String, JsonNode> entry : old.properties()) {
      String key = entry.getKey();
      if (names.isEmpty() && key.equals(LINKS)) {
        continue;
      }
      JsonNode part = Edition.target(before, entry.getValue());
      JsonNode left = Edition.target(now, current.path(sameName(names, key, current)));
      String inside = place(place, names, key);
      operation = names.equals(OPERATIONS) ? key : operation;
      if (MARKED.contains(names) && left.isMissingNode()) {
        gone(inside, part);
      } else if (names.isEmpty() && key.equals("schema")) {
        schema(inside, parts(before, part), parts(now, left));
      } else if (!left.isMissingNode() || isWhole(names, key, current)) {
        moved(inside, part, left);
        boolean named = key.equals(OPERATIONS) || Edition.NAMED.contains(key);
        if (!ended(part)) {
          compare(inside, names.isEmpty() && named ? key : "", part, left);
        }
      }
    }
    open.remove(compared);
  }

  /** Names of headers are the same in whatever case. */
  private static String sameName(String names, String key, JsonNode current) {
    boolean header =
        names.equals("headers") || names.equals("parameters") && key.startsWith("header ");
    if (!header || current.has(key)) {
      return key;
    }
    return current.properties().stream()
        .map(Map.Entry::getKey)
        .filter(key::equalsIgnoreCase)
        .findFirst()
        .orElse(key);
  }

  private static boolean isWhole(String names, String key, JsonNode current) {
    return current.isMissingNode() || (names.isEmpty() && WHOLE.contains(key));
  }

  private static String place(String place, String names, String key) {
    return switch (names) {
      case "parameters" -> key;
      case "responses" -> "response " + key;
      case "headers" -> place + ", header " + key;
      case "" -> key.equals("requestBody") ? "request body" : place;
      default -> place;
    };
  }

  /**
   * Compares a schema, given as the parts that hold all at once, with what is left of it. What may
   * be anything has all that there was.
   */
  private void schema(String place, Set<JsonNode> old, Set<JsonNode> current) {
    Compared compared = new Compared(old, current);
    if (old.isEmpty() || current.stream().anyMatch(Sunsets::isAnything) || !open.add(compared)) {
      return;
    }
    JsonNode marked = marked(old);
    moved(place, marked, marked(current));
    if (!ended(marked)) {
      Set<JsonNode> left = everywhere(current);
      for (String name : properties(old)) {
        String inside = place.contains(", ") ? place + "." + name : place + ", " + name;
        Set<JsonNode> property = below(before, old, "properties", name);
        Set<JsonNode> same = below(now, left, "properties", name);
        if (same.isEmpty()) {
          gone(inside, marked(property));
        } else {
          schema(inside, property, same);
        }
      }
      schemaBelow(place + "[]", "items", old, left);
      schemaBelow(place + ", any other field", "additionalProperties", old, left);
      alternatives(place, old, current);
    }
    open.remove(compared);
  }

  private static boolean isAnything(JsonNode schema) {
    return schema.equals(BooleanNode.TRUE) || schema.isObject() && schema.isEmpty();
  }

  private void schemaBelow(String place, String keyword, Set<JsonNode> old, Set<JsonNode> current) {
    schema(place, below(before, old, keyword), below(now, current, keyword));
  }

  /** Those that are most like each other are compared; what is like none, with all. */
  private void alternatives(String place, Set<JsonNode> old, Set<JsonNode> current) {
    List<JsonNode> were = targets(before, alternatives(old));
    List<JsonNode> are = targets(now, alternatives(current));
    List<JsonNode> same = new ArrayList<>();
    for (JsonNode alternative : List.copyOf(were)) {
      if (are.remove(alternative)) {
        were.remove(alternative);
        same.add(alternative);
      }
    }
    Set<JsonNode> common = new LinkedHashSet<>();
    for (JsonNode part : current) {
      JsonNode rest = withoutAlternatives(part);
      if (!isAnything(rest)) {
        common.add(rest);
      }
    }
    for (JsonNode alternative : same) {
      alternative(place, common, alternative, alternative);
    }
    for (Optional<Pair> two = closest(were, are); two.isPresent(); two = closest(were, are)) {
      Pair pair = two.get();
      were.remove(pair.before());
      are.remove(pair.now());
      alternative(place, common, pair.before(), pair.now());
    }
    for (JsonNode alternative : were) {
      schema(place, parts(before, alternative), everywhere(current));
    }
  }

  private static List<JsonNode> targets(JsonNode root, List<JsonNode> schemas) {
    return schemas.stream()
        .map(schema -> Edition.target(root, schema))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** The two that are most like each other, if any are. */
  private Optional<Pair> closest(List<JsonNode> were, List<JsonNode> are) {
    return were.stream()
        .flatMap(old -> are.stream().map(current -> new Pair(old, current, like(old, current))))
        .filter(pair -> pair.like() > 0)
        .max(Comparator.comparingDouble(Pair::like));
  }

  /** Which part of the properties of two schemas is in both. */
  private double like(JsonNode old, JsonNode current) {
    Set<String> both = properties(parts(before, old));
    Set<String> either = new LinkedHashSet<>(both);
    Set<String> others = properties(parts(now, current));
    both.retainAll(others);
    either.addAll(others);
    return either.isEmpty() ? 0 : (double) both.size() / either.size();
  }

  private void alternative(String place, Set<JsonNode> common, JsonNode old, JsonNode current) {
    Set<JsonNode> left = parts(now, current);
    left.addAll(common);
    schema(place, parts(before, old), left);
  }

  private static JsonNode withoutAlternatives(JsonNode part) {
    return part.isObject() ? ((ObjectNode) part.deepCopy()).remove(ALTERNATIVES) : part;
  }

  private static List<JsonNode> alternatives(Set<JsonNode> parts) {
    List<JsonNode> alternatives = new ArrayList<>();
    for (JsonNode part : parts) {
      ALTERNATIVES.forEach(keyword -> part.path(keyword).forEach(alternatives::add));
    }
    return alternatives;
  }

  /** The parts of a schema that hold all at once; none where there is no schema. */
  private static Set<JsonNode> parts(JsonNode root, JsonNode schema) {
    Set<JsonNode> parts = new LinkedHashSet<>();
    addParts(root, schema, parts);
    return parts;
  }

  private static void addParts(JsonNode root, JsonNode schema, Set<JsonNode> parts) {
    JsonNode part = Edition.target(root, schema);
    if (!part.isMissingNode() && parts.add(part)) {
      part.path("allOf").forEach(each -> addParts(root, each, parts));
    }
  }

  /** With the parts of all alternatives. */
  private Set<JsonNode> everywhere(Set<JsonNode> current) {
    Set<JsonNode> all = new LinkedHashSet<>(current);
    List<JsonNode> ahead = alternatives(current);
    while (!ahead.isEmpty()) {
      Set<JsonNode> parts = parts(now, ahead.remove(0));
      parts.removeAll(all);
      all.addAll(parts);
      ahead.addAll(alternatives(parts));
    }
    return all;
  }

  private static Set<String> properties(Set<JsonNode> parts) {
    Set<String> names = new LinkedHashSet<>();
    parts.forEach(part -> part.path("properties").fieldNames().forEachRemaining(names::add));
    return names;
  }

  private static Set<JsonNode> below(JsonNode root, Set<JsonNode> parts, String... steps) {
    Set<JsonNode> below = new LinkedHashSet<>();
    for (JsonNode part : parts) {
      JsonNode inside = part;
      for (String step : steps) {
        inside = inside.path(step);
      }
      addParts(root, inside, below);
    }
    return below;
  }

  /** The part that is marked. */
  private static JsonNode marked(Set<JsonNode> parts) {
    return parts.stream()
        .filter(part -> part.path("deprecated").asBoolean())
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private void gone(String place, JsonNode part) {
    if (latest && !part.path("deprecated").asBoolean()) {
      broken(place, "is gone, and release %s does not call it deprecated".formatted(release));
    } else if (!ended(part) && (latest || DeprecationDates.sunset(part).isPresent())) {
      broken(place, "is gone, and release %s says: on %s".formatted(release, sunset(part)));
    }
  }

  private void moved(String place, JsonNode old, JsonNode current) {
    Optional<LocalDate> named = DeprecationDates.sunset(old);
    Optional<LocalDate> sunset = DeprecationDates.sunset(current);
    if (named.isPresent() && sunset.isPresent() && sunset.get().isBefore(named.get())) {
      broken(
          place,
          "goes on %s, and release %s says: on %s".formatted(sunset.get(), release, named.get()));
    } else if (latest && named.isEmpty() && sunset.filter(day -> !day.isAfter(today)).isPresent()) {
      broken(
          place,
          "goes on %s, which has come, and release %s does not say so"
              .formatted(sunset.get(), release));
    }
  }

  private boolean ended(JsonNode part) {
    return part.path("deprecated").asBoolean()
        && DeprecationDates.sunset(part).filter(sunset -> !sunset.isAfter(today)).isPresent();
  }

  private static String sunset(JsonNode part) {
    return DeprecationDates.sunset(part)
        .map(LocalDate::toString)
        .orElse("a day that it does not say");
  }

  /** What a younger release says of it comes first. */
  private void broken(String place, String what) {
    broken.putIfAbsent(List.of(operation, place), new Incompatible(operation, place, what));
  }
}
