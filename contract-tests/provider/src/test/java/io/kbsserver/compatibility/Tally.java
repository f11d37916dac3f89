package io.kbsserver.compatibility;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the verdicts by topic. */
final class Tally {

  private final Map<String, Map<Verdict, Integer>> topics = new LinkedHashMap<>();

  void add(String topic, Verdict verdict) {
    topics
        .computeIfAbsent(topic, name -> new EnumMap<>(Verdict.class))
        .merge(verdict, 1, Integer::sum);
    if (!topic.isEmpty()) {
      add("", verdict);
    }
  }

  /** A table, one line a topic. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder(line("exchanges", "all", "agree", "claimed", "differ"));
    topics.forEach((topic, counts) -> table.append(topic.isEmpty() ? "" : line(topic, counts)));
    return table.append(line("together", topics.getOrDefault("", Map.of()))).toString();
  }

  private static String line(String topic, Map<Verdict, Integer> counts) {
    return line(
        topic,
        counts.values().stream().mapToInt(Integer::intValue).sum(),
        counts.getOrDefault(Verdict.AGREES, 0),
        counts.getOrDefault(Verdict.CLAIMED, 0),
        counts.getOrDefault(Verdict.DIFFERS, 0));
  }

  private static String line(Object... cells) {
    return String.format("%-34s%8s%8s%8s%8s%n", cells);
  }
}
