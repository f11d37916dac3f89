package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.evolution.Change.Incompatible;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Clients plan by what a release says of the end of its parts: nothing goes that it does not call
 * deprecated, and nothing before its sunset, whatever the version is.
 */
final class Sunsets {

  private static final String OPERATIONS = "operations";

  /** What can be marked as deprecated stands below these. */
  private static final Set<String> MARKED =
      Set.of(OPERATIONS, "parameters", "headers", "properties");

  /** What takes all that it describes with it where it goes; OpenAPI cannot mark it. */
  private static final Set<String> WHOLE =
      Set.of("headers", "properties", "requestBody", "schema", "items", "additionalProperties");

  /** What has parameters that are none of an operation. */
  private static final String LINKS = "links";

  private final Set<Change> broken = new LinkedHashSet<>();
  private final String release;
  private final LocalDate today;
  private String operation = "";

  private Sunsets(String release, LocalDate today) {
    this.release = release;
    this.today = today;
  }

  /** What the working contract does not keep of what a release says. */
  static Set<Change> broken(Edition released, Edition working, LocalDate today) {
    Sunsets sunsets = new Sunsets(released.versionText(), today);
    sunsets.compare("", "", released.meaning(), working.meaning());
    return sunsets.broken;
  }

  /**
   * Compares what both have.
   *
   * @param names what the keys of these objects are names of; empty where they are keywords
   */
  private void compare(String place, String names, JsonNode before, JsonNode now) {
    for (Map.Entry<String, JsonNode> entry : before.properties()) {
      String key = entry.getKey();
      if (names.isEmpty() && key.equals(LINKS)) {
        continue;
      }
      JsonNode part = entry.getValue();
      JsonNode left = now.path(key);
      String inside = place(place, names, key);
      operation = names.equals(OPERATIONS) ? key : operation;
      if (MARKED.contains(names) && left.isMissingNode()) {
        gone(inside, part);
      } else if (!left.isMissingNode() || isWhole(names, key, now)) {
        moved(inside, part, left);
        boolean named = key.equals(OPERATIONS) || Edition.NAMED.contains(key);
        if (!ended(part)) {
          compare(inside, names.isEmpty() && named ? key : "", part, left);
        }
      }
    }
  }

  /** What stands in allOf in its place is still there, and what may be anything as well. */
  private static boolean isWhole(String names, String key, JsonNode now) {
    return now.isMissingNode()
        || (names.isEmpty() && now.isObject() && WHOLE.contains(key) && !now.has("allOf"));
  }

  private static String place(String place, String names, String key) {
    return switch (names) {
      case "parameters" -> key;
      case "responses" -> "response " + key;
      case "headers" -> place + ", header " + key;
      case "properties" -> place.contains(", ") ? place + "." + key : place + ", " + key;
      case "" ->
          switch (key) {
            case "requestBody" -> "request body";
            case "items" -> place + "[]";
            case "additionalProperties" -> place + ", any other field";
            default -> place;
          };
      default -> place;
    };
  }

  private void gone(String place, JsonNode part) {
    if (!part.path("deprecated").asBoolean()) {
      broken(place, "is gone, and release %s does not call it deprecated".formatted(release));
    } else if (!ended(part)) {
      broken(place, "is gone, and release %s says: on %s".formatted(release, sunset(part)));
    }
  }

  private void moved(String place, JsonNode before, JsonNode now) {
    Optional<LocalDate> old = DeprecationDates.sunset(before);
    Optional<LocalDate> sunset = DeprecationDates.sunset(now);
    if (old.isPresent() && sunset.isPresent() && sunset.get().isBefore(old.get())) {
      broken(
          place,
          "goes on %s, and release %s says: on %s".formatted(sunset.get(), release, old.get()));
    } else if (old.isEmpty() && sunset.filter(day -> !day.isAfter(today)).isPresent()) {
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

  private void broken(String place, String what) {
    broken.add(new Incompatible(operation, place, what));
  }
}
