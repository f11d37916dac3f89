package io.kbsserver.evolution;

import io.kbsserver.spec.Expectations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a contract would mean for those who use it.
 *
 * @param broken what each consumer relies on and would not have
 * @param unsure what each consumer relies on, though it may not be there
 * @param pending what each consumer will rely on, says so, and has not got yet
 * @param breaking what clients of the latest release may trip over, in a pact or not
 * @param renamed what is called otherwise in clients that are generated anew
 * @param release what has to be done before the contract may be released
 * @param latest the version of that release
 */
record Consequences(
    Map<String, List<String>> broken,
    Map<String, SortedSet<String>> unsure,
    Map<String, List<String>> pending,
    List<String> breaking,
    List<String> renamed,
    List<String> release,
    String latest) {

  static Consequences of(Edition contract, List<PactFile> pacts, Gate gate) {
    Expectations expectations = contract.expectations();
    Map<String, List<String>> broken = new LinkedHashMap<>();
    Map<String, SortedSet<String>> unsure = new LinkedHashMap<>();
    Map<String, List<String>> pending = new LinkedHashMap<>();
    for (PactFile pact : pacts) {
      List<String> lost = broken.computeIfAbsent(pact.consumer(), name -> new ArrayList<>());
      List<String> later = pending.computeIfAbsent(pact.consumer(), name -> new ArrayList<>());
      SortedSet<String> open = unsure.computeIfAbsent(pact.consumer(), name -> new TreeSet<>());
      pact.said()
          .forEach(
              said -> {
                (said.isPending() ? later : lost).addAll(said.findings(expectations));
                open.addAll(said.notAlwaysThere(expectations));
              });
    }
    Set<Change> changes = Gate.changes(gate.latest(), contract);
    return new Consequences(
        broken,
        unsure,
        pending,
        Gate.breaking(changes),
        Gate.renamed(changes),
        gate.findings(contract, changes),
        gate.latest().version().toString());
  }

  /** Who would break: consumers by their names, and clients of the latest release at large. */
  List<String> victims() {
    Stream<String> consumers = broken.keySet().stream().filter(name -> !broken.get(name).isEmpty());
    return Stream.concat(
            consumers, breaking.isEmpty() ? Stream.of() : Stream.of("clients of " + latest))
        .toList();
  }

  String text() {
    String consumers = broken.keySet().stream().map(this::text).collect(Collectors.joining());
    String releases =
        release.isEmpty() ? "  nothing to be done\n" : String.join("\n", release).indent(2);
    return "Consumers%n%sClients of %s%n%sClients generated anew%n%sThe gate between releases%n%s"
        .formatted(consumers, latest, text(breaking), text(renamed), releases);
  }

  private static String text(List<String> changes) {
    return (changes.isEmpty() ? "not affected" : String.join("\n", changes)).indent(2);
  }

  private String text(String consumer) {
    List<String> lost = broken.get(consumer);
    String open = String.join(", ", unsure.get(consumer));
    String text =
        consumer
            + (lost.isEmpty() ? ": not affected" : ": breaks")
            + lost.stream().map(each -> "\n  " + each).collect(Collectors.joining())
            + pending.get(consumer).stream()
                .map(each -> "\n  pending: " + each)
                .collect(Collectors.joining())
            + (open.isEmpty() ? "" : "\n  relies on what is not always there: " + open);
    return text.indent(2);
  }
}
