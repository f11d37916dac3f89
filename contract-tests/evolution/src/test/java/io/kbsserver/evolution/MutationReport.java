package io.kbsserver.evolution;

import java.util.ArrayList;
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

    Held against %d exchanges with the running server, the pacts of our consumers and recordings, in %d s.

    %s
    ## What nobody refuses

    %s
    ## What is said of the contract as it is

    %d kinds; a mutant is not refused for any of them.

    %s"""
        .formatted(exchanges, seconds, table(), survivors, discrepancies.size(), known);
  }

  /** How many of a hundred are refused. */
  double score() {
    return 100.0 - 100.0 * left(judged) / Math.max(1, judged.size());
  }

  /** What is not as good as it has to be. */
  List<String> failures(double least, int mostDiscrepancies) {
    List<String> failures = new ArrayList<>();
    if (score() < least) {
      failures.add(
          String.format(Locale.ROOT, "%.1f of a hundred are refused, and not %s", score(), least));
    }
    if (discrepancies.size() > mostDiscrepancies) {
      failures.add(
          "%d kinds of things are said of the contract as it is, and not %d at most"
              .formatted(discrepancies.size(), mostDiscrepancies));
    }
    return failures;
  }

  private static long left(Collection<Judged> all) {
    return all.stream().filter(Judged::survives).count();
  }

  String table() {
    Map<String, List<Judged>> kinds =
        judged.stream()
            .collect(Collectors.groupingBy(Judged::kind, TreeMap::new, Collectors.toList()));
    StringBuilder table =
        new StringBuilder(
            "| mutants | made | server | pact | recording | unseen | left | score | without `unseen` |\n");
    table.append("| --- | --: | --: | --: | --: | --: | --: | --: | --: |\n");
    kinds.forEach((kind, all) -> table.append(row(kind, all)));
    return table.append(row("all", List.copyOf(judged))).toString();
  }

  private static String row(String kind, List<Judged> all) {
    long unseen = by(all, Judged.UNSEEN);
    long left = left(all);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %d | %d | %.1f %% | %.1f %% |%n",
        kind,
        all.size(),
        by(all, Judged.SERVER),
        by(all, Judged.PACT),
        by(all, Judged.RECORDING),
        unseen,
        left,
        100.0 * (all.size() - left) / Math.max(1, all.size()),
        100.0 * (all.size() - left - unseen) / Math.max(1, all.size()));
  }

  private static long by(List<Judged> all, String judge) {
    return all.stream().filter(each -> each.by().equals(judge)).count();
  }
}
