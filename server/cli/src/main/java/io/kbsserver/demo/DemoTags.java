package io.kbsserver.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tags of the tickets of the demo, by words of their titles. */
final class DemoTags {

  private static final Map<String, String> TAGS =
      Map.of(
          "invoice", "invoices",
          "printer", "printers",
          "quote", "offer wanted",
          "replacement", "offer wanted",
          "error", "bug",
          "stops", "bug");

  private DemoTags() {}

  /** The names of the tags of a ticket with this title. */
  static List<String> of(String title) {
    String lower = title.toLowerCase(Locale.ROOT);
    return TAGS.entrySet().stream()
        .filter(tag -> lower.contains(tag.getKey()))
        .map(Map.Entry::getValue)
        .distinct()
        .sorted()
        .toList();
  }
}
