package io.kbsserver.evolution;

import io.kbsserver.spec.Expectations;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who relies on which part of the contract.
 *
 * @param what the parts are called
 * @param consumers by part, in the order of the contract
 */
record PactCoverage(String what, Map<String, SortedSet<String>> consumers) {

  /** By operation and status. */
  static PactCoverage ofAnswers(Expectations contract, List<PactFile> pacts) {
    return of(
        "answers", contract.answers(), pacts, said -> said.answer(contract).stream().toList());
  }

  /** By what is sent, and what is read of answers. */
  static PactCoverage ofParts(Expectations contract, List<PactFile> pacts) {
    return of("parts", contract.usable(), pacts, said -> said.used(contract));
  }

  private static PactCoverage of(
      String what,
      Set<String> all,
      List<PactFile> pacts,
      Function<Said, ? extends Collection<String>> reached) {
    Map<String, SortedSet<String>> consumers = new LinkedHashMap<>();
    all.forEach(part -> consumers.put(part, new TreeSet<>()));
    for (PactFile pact : pacts) {
      pact.said()
          .filter(said -> !said.isPending())
          .flatMap(said -> reached.apply(said).stream())
          .filter(consumers::containsKey)
          .forEach(part -> consumers.get(part).add(pact.consumer()));
    }
    return new PactCoverage(what, consumers);
  }

  /** The parts on which nobody relies. */
  List<String> missing() {
    return consumers.keySet().stream().filter(part -> consumers.get(part).isEmpty()).toList();
  }

  /** The parts on which one consumer relies, and nobody else. */
  long only(String consumer) {
    return consumers.values().stream().filter(Set.of(consumer)::equals).count();
  }

  String table() {
    String rows =
        consumers.entrySet().stream()
            .map(row -> "%-24s %s%n".formatted(row.getKey(), String.join(", ", row.getValue())))
            .collect(Collectors.joining());
    int all = consumers.size();
    return "%d of %d %s have a consumer%n%s".formatted(all - missing().size(), all, what, rows);
  }
}
