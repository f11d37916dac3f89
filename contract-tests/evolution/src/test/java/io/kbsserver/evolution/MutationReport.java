package io.kbsserver.evolution;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The score of the gates by kind of mutant, and what no gate refuses. */
record MutationReport(
    Collection<Judged> judged, Map<String, Integer> discrepancies, int exchanges, long seconds) {

  String markdown() {
    String survivors =
        judged.stream()
            .filter(Judged::survives)
            .map(each -> "- " + each.name() + "\n")
            .collect(Collectors.joining());
    String known =
        discrepancies.entrySet().stream()
            .map(entry -> "- %s (%d times)%n".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return """
    # Mutants of the contract

    Held against %d exchanges with the running server and the pacts of our consumers, in %d s.

    %s
    ## What nobody refuses

    %s
    ## What is said of the contract as it is

    By rights nothing; a mutant is not refused for it.

    %s"""
        .formatted(exchanges, seconds, table(), survivors, known);
  }

  /** How many of a hundred are refused. */
  double score() {
    return 100.0 - 100.0 * left(judged) / Math.max(1, judged.size());
  }

  private static long left(Collection<Judged> all) {
    return all.stream().filter(Judged::survives).count();
  }

  String table() {
    Map<String, List<Judged>> kinds =
        judged.stream()
            .collect(Collectors.groupingBy(Judged::kind, TreeMap::new, Collectors.toList()));
    StringBuilder table =
        new StringBuilder("| mutants | made | server | unseen | pact | left | score |\n");
    table.append("| --- | --: | --: | --: | --: | --: | --: |\n");
    kinds.forEach((kind, all) -> table.append(row(kind, all)));
    return table.append(row("all", List.copyOf(judged))).toString();
  }

  private static String row(String kind, List<Judged> all) {
    long left = left(all);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %d | %.1f %% |%n",
        kind,
        all.size(),
        by(all, Judged.SERVER),
        by(all, Judged.UNSEEN),
        by(all, Judged.PACT),
        left,
        100.0 * (all.size() - left) / Math.max(1, all.size()));
  }

  private static long by(List<Judged> all, String judge) {
    return all.stream().filter(each -> each.by().equals(judge)).count();
  }
}
