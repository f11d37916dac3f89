package io.kbsserver.evolution;

import io.kbsserver.spec.Expectations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who relies on which answer of the contract.
 *
 * @param consumers by operation and status, in the order of the contract
 */
record PactCoverage(Map<String, SortedSet<String>> consumers) {

  static PactCoverage of(Expectations contract, List<PactFile> pacts) {
    Map<String, SortedSet<String>> consumers = new LinkedHashMap<>();
    contract.answers().forEach(answer -> consumers.put(answer, new TreeSet<>()));
    for (PactFile pact : pacts) {
      pact.said()
          .filter(said -> !said.isPending())
          .flatMap(said -> said.answer(contract).stream())
          .forEach(answer -> consumers.get(answer).add(pact.consumer()));
    }
    return new PactCoverage(consumers);
  }

  /** The answers on which nobody relies. */
  List<String> missing() {
    return consumers.keySet().stream().filter(answer -> consumers.get(answer).isEmpty()).toList();
  }

  String table() {
    String rows =
        consumers.entrySet().stream()
            .map(row -> "%-24s %s%n".formatted(row.getKey(), String.join(", ", row.getValue())))
            .collect(Collectors.joining());
    int all = consumers.size();
    return "%d of %d answers have a consumer%n%s".formatted(all - missing().size(), all, rows);
  }
}
