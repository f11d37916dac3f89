package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is deprecated says since when it is so and when it goes: the server tells its clients. */
final class DeprecationDates {

  private static final String SINCE = "x-deprecated-since";
  private static final String SUNSET = "x-sunset";

  private DeprecationDates() {}

  /** Where a contract lacks a date, or has one that cannot be. */
  static List<String> findings(Edition contract) {
    List<String> findings = new ArrayList<>();
    collect("", contract.withoutDocumentation(), findings);
    return findings;
  }

  private static void collect(String place, JsonNode node, List<String> findings) {
    if (node.path("deprecated").isBoolean() || node.has(SINCE) || node.has(SUNSET)) {
      finding(node).ifPresent(finding -> findings.add(place + " " + finding));
    }
    node.properties()
        .forEach(entry -> collect(place + "/" + entry.getKey(), entry.getValue(), findings));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(
          place + "/" + node.get(i).path("name").asText(String.valueOf(i)), node.get(i), findings);
    }
  }

  private static Optional<String> finding(JsonNode node) {
    if (node.path("$ref").isTextual()) {
      return Optional.of(
          "is deprecated beside a reference, where that does not count: write out what %s is"
              .formatted(node.path("$ref").asText()));
    }
    if (!node.path("deprecated").asBoolean()) {
      return node.has(SINCE) || node.has(SUNSET)
          ? Optional.of("has dates, but no deprecated: true")
          : Optional.empty();
    }
    Optional<LocalDate> since = date(node, SINCE);
    Optional<LocalDate> sunset = date(node, SUNSET);
    if (since.isEmpty() || sunset.isEmpty()) {
      return Optional.of(
          "is deprecated: it needs a date such as 2026-01-02 as %s"
              .formatted(since.isEmpty() ? SINCE : SUNSET));
    }
    return sunset.get().isAfter(since.get())
        ? Optional.empty()
        : Optional.of("goes before it is deprecated: %s has to be later".formatted(SUNSET));
  }

  /** When something goes; empty where it says nothing of it, or no date. */
  static Optional<LocalDate> sunset(JsonNode node) {
    return date(node, SUNSET);
  }

  private static Optional<LocalDate> date(JsonNode node, String name) {
    try {
      return Optional.of(LocalDate.parse(node.path(name).asText()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
