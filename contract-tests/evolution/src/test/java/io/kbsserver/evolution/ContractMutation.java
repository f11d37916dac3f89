package io.kbsserver.evolution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.spec.Exchange;
import io.kbsserver.spec.Exchanges;
import io.kbsserver.spec.Testimony;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Who would notice if the contract said something else, or the server answered something else: each
 * mutant of both is held against what the running server was seen to do and what consumers say. No
 * test of the build: see docs/contract-mutation.md.
 */
final class ContractMutation {

  /** What no single exchange contradicts. */
  private static final Set<String> NOT_OF_EXCHANGES = Set.of("default", "example");

  private final JsonNode contract;
  private final Testimony testimony;
  private final List<Said> said;
  private final Set<String> judges;

  /** The fields of answers that consumers rely on, by operation and status. */
  private final Map<String, Set<String>> reliedOn = new HashMap<>();

  ContractMutation(
      JsonNode contract, Testimony testimony, List<PactFile> pacts, Set<String> judges) {
    this.contract = contract;
    this.testimony = testimony;
    this.said = pacts.stream().flatMap(PactFile::said).filter(each -> !each.isPending()).toList();
    this.judges = judges;
    var expectations = new Edition(contract).expectations();
    for (Said each : said) {
      each.answer(expectations)
          .ifPresent(
              answer ->
                  reliedOn
                      .computeIfAbsent(answer, a -> new HashSet<>())
                      .addAll(Mutation.places(body(each.exchange().orElseThrow()))));
    }
  }

  /** Called by Maven. */
  public static void main(String[] arguments) throws IOException {
    Path exchanges = newest(Path.of(System.getProperty("mutation.exchanges")));
    Path into = Files.createDirectories(Path.of(System.getProperty("mutation.into")));
    Set<String> judges =
        Set.of(
            System.getProperty(
                    "mutation.judges", String.join(",", Judged.SERVER, Judged.UNSEEN, Judged.PACT))
                .split(","));
    long began = System.nanoTime();
    Edition edition = Edition.read(Edition.WORKING);
    List<Exchange> kept = Exchanges.in(exchanges);
    Testimony testimony = new Testimony(edition.tree(), kept);
    ContractMutation mutation =
        new ContractMutation(edition.tree(), testimony, PactFile.ours(), judges);
    System.out.printf("%d exchanges, read in %d s%n", kept.size(), seconds(began));
    int saying = mutation.said.stream().map(Said::exchange).toList().hashCode();
    String key =
        "%x %x %x %s"
            .formatted(
                edition.tree().hashCode(),
                kept.hashCode(),
                saying,
                judges.stream().sorted().toList());
    Map<String, Judged> results = mutation.run(into.resolve("results.tsv"), key);
    MutationReport report =
        new MutationReport(
            results.values(), testimony.discrepancies(), kept.size(), seconds(began));
    Files.writeString(into.resolve("report.md"), report.markdown());
    System.out.print(report.table());
    if (report.score() < Double.parseDouble(System.getProperty("mutation.least", "0"))) {
      System.out.println("Too many are noticed by nobody: " + into.resolve("report.md"));
      System.exit(1);
    }
  }

  /** Of the folders that the runs of this profile have made: their names are when. */
  private static Path newest(Path folder) throws IOException {
    try (Stream<Path> runs = Files.list(folder)) {
      return runs.max(Comparator.naturalOrder())
          .orElseThrow(() -> new IllegalStateException("There is nothing in " + folder));
    }
  }

  private static long seconds(long began) {
    return (System.nanoTime() - began) / 1_000_000_000;
  }

  /** Judges all that this file has no result of, of the same contract and exchanges. */
  private Map<String, Judged> run(Path file, String key) throws IOException {
    List<Mutant> mutants = MutantMaker.all(contract);
    System.out.println(mutants.size() + " mutants");
    Map<String, Judged> known = known(file, key);
    Files.writeString(file, key + "\n");
    Map<String, Judged> results = new ConcurrentHashMap<>(known);
    try (var lines = Files.newBufferedWriter(file, StandardOpenOption.APPEND)) {
      known.values().forEach(judged -> write(lines, judged));
      mutants.parallelStream()
          .filter(mutant -> !known.containsKey(mutant.name()))
          .map(this::judge)
          .forEach(
              judged -> {
                results.put(judged.name(), judged);
                write(lines, judged);
              });
      ofAnswers(known.keySet())
          .forEach(
              judged -> {
                results.put(judged.name(), judged);
                write(lines, judged);
              });
    }
    return new TreeMap<>(results);
  }

  private static synchronized void write(BufferedWriter lines, Judged judged) {
    try {
      lines.write(judged.line() + "\n");
      lines.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Judged> known(Path file, String key) throws IOException {
    Map<String, Judged> known = new LinkedHashMap<>();
    if (Files.exists(file)) {
      List<String> lines = Files.readAllLines(file);
      if (!lines.isEmpty() && lines.get(0).equals(key)) {
        lines.stream()
            .skip(1)
            .filter(Judged::isWhole)
            .map(Judged::of)
            .forEach(each -> known.put(each.name(), each));
      }
    }
    return known;
  }

  /** Who refuses a mutant of the contract. */
  Judged judge(Mutant mutant) {
    if (judges.contains(Judged.UNSEEN) && mutant.unwitnessed().test(testimony)) {
      return judged(mutant, Judged.UNSEEN, "was never so, where it could have been");
    }
    if (NOT_OF_EXCHANGES.contains(mutant.kind())) {
      return judged(mutant, Judged.NOBODY, "");
    }
    JsonNode mutated = mutant.of(contract);
    try {
      if (judges.contains(Judged.SERVER)) {
        Optional<String> finding = testimony.against(mutated, mutant.part());
        if (finding.isPresent()) {
          return judged(mutant, Judged.SERVER, finding.get());
        }
      }
      if (judges.contains(Judged.PACT)) {
        var expectations = new Edition(mutated).expectations();
        Optional<String> finding =
            said.stream().flatMap(each -> each.findings(expectations).stream()).findFirst();
        if (finding.isPresent()) {
          return judged(mutant, Judged.PACT, finding.get());
        }
      }
    } catch (RuntimeException e) {
      throw new IllegalStateException(mutant.name(), e);
    }
    return judged(mutant, Judged.NOBODY, "");
  }

  private static Judged judged(Mutant mutant, String by, String why) {
    return new Judged(mutant.kind(), mutant.name(), by, why);
  }

  /**
   * Who refuses an answer, of those that are not known yet, in which a field is missing, or has
   * another name or type.
   */
  Collection<Judged> ofAnswers(Set<String> known) {
    Map<String, Judged> all = new LinkedHashMap<>();
    testimony
        .successes()
        .forEach(
            (answer, success) -> {
              for (Exchange exchange : success.exchanges()) {
                for (Mutation mutation :
                    Mutation.all(contract, success.schema(), body(exchange), false)) {
                  String name = answer + " " + mutation.place() + " " + mutation.words();
                  if (!known.contains(name)) {
                    all.computeIfAbsent(name, n -> judge(n, answer, exchange, mutation));
                  }
                }
              }
            });
    return all.values();
  }

  private Judged judge(String name, String answer, Exchange exchange, Mutation mutation) {
    Exchange changed =
        new Exchange(
            exchange.method(),
            exchange.target(),
            exchange.requestHeaders(),
            exchange.requestBody(),
            exchange.status(),
            exchange.headers(),
            mutation.value().toString());
    if (judges.contains(Judged.SERVER) && !testimony.allows(changed)) {
      return new Judged("answer", name, Judged.SERVER, "");
    }
    if (judges.contains(Judged.PACT)
        && reliedOn.getOrDefault(answer, Set.of()).contains(mutation.place())) {
      return new Judged("answer", name, Judged.PACT, "");
    }
    return new Judged("answer", name, Judged.NOBODY, "");
  }

  private static JsonNode body(Exchange exchange) {
    try {
      return new ObjectMapper().readTree(exchange.body().isEmpty() ? "null" : exchange.body());
    } catch (JsonProcessingException e) {
      return new ObjectMapper().nullNode();
    }
  }
}
