package io.kbsserver.evolution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.spec.Exchange;
import io.kbsserver.spec.Exchanges;
import io.kbsserver.spec.Expectations;
import io.kbsserver.spec.Testimony;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

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

  /** What pacts have against the contract as it is: that is no news of a mutant. */
  private final Set<String> known;

  private final Set<String> judges;

  /** The fields of answers that consumers rely on, by operation and status. */
  private final Map<String, Set<String>> reliedOn = new HashMap<>();

  /** The fields that WordPress was recorded to answer, and our server as well, likewise. */
  private final Map<String, Set<String>> recorded = new HashMap<>();

  ContractMutation(
      JsonNode contract,
      Testimony testimony,
      List<PactFile> pacts,
      List<Exchange> recordings,
      Set<String> judges) {
    this.contract = contract;
    this.testimony = testimony;
    this.said = pacts.stream().flatMap(PactFile::said).filter(each -> !each.isPending()).toList();
    this.judges = judges;
    Expectations expectations = new Edition(contract).expectations();
    known =
        said.stream()
            .flatMap(each -> each.findings(expectations).stream())
            .collect(Collectors.toSet());
    said.forEach(each -> each.exchange().ifPresent(one -> collect(one, expectations, reliedOn)));
    recordings.forEach(each -> collect(each, expectations, recorded));
  }

  private static void collect(
      Exchange exchange, Expectations contract, Map<String, Set<String>> places) {
    contract
        .answer(exchange)
        .ifPresent(
            answer ->
                places
                    .computeIfAbsent(answer, a -> new HashSet<>())
                    .addAll(Mutation.places(body(exchange))));
  }

  /** Called by Maven. */
  public static void main(String[] arguments) throws IOException {
    Path exchanges = Path.of(System.getProperty("mutation.exchanges"));
    Set<String> judges = judges(System.getProperty("mutation.judges"));
    Path into =
        Files.createDirectories(
            Path.of(System.getProperty("mutation.into"), String.join("-", judges)));
    long began = System.nanoTime();
    Edition edition = Edition.read(Edition.WORKING);
    List<Exchange> kept = Exchanges.in(exchanges);
    Testimony testimony = new Testimony(edition.tree(), kept);
    List<Exchange> recordings = Exchanges.recordedIn(exchanges);
    ContractMutation mutation =
        new ContractMutation(edition.tree(), testimony, PactFile.ours(), recordings, judges);
    System.out.printf(
        "%d exchanges, and %d recorded ones, read in %d s%n",
        kept.size(), recordings.size(), seconds(began));
    int saying = mutation.said.stream().map(Said::exchange).toList().hashCode();
    String key =
        "%x %x %x %x"
            .formatted(edition.tree().hashCode(), kept.hashCode(), saying, recordings.hashCode());
    Map<String, Judged> results = mutation.run(into.resolve("results.tsv"), key);
    MutationReport report =
        new MutationReport(
            results.values(), testimony.discrepancies(), kept.size(), seconds(began));
    Files.writeString(into.resolve("report.md"), report.markdown());
    System.out.print(report.table());
    List<String> failures =
        report.failures(
            Double.parseDouble(System.getProperty("mutation.least")),
            Integer.getInteger("mutation.discrepancies"));
    if (!failures.isEmpty()) {
      System.out.println(String.join("\n", failures) + ": " + into.resolve("report.md"));
      System.exit(1);
    }
  }

  /** Who is asked; a name that nobody has is no judge who finds nothing. */
  static Set<String> judges(String names) {
    Set<String> judges = new TreeSet<>(List.of(names.split(",")));
    if (!Judged.JUDGES.containsAll(judges)) {
      throw new IllegalArgumentException(
          "mutation.judges is %s, and may be of %s".formatted(names, new TreeSet<>(Judged.JUDGES)));
    }
    return judges;
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

  /** Who refuses a mutant of the contract: who contradicts it before who never saw it. */
  Judged judge(Mutant mutant) {
    if (!NOT_OF_EXCHANGES.contains(mutant.kind())) {
      Optional<Judged> contradicted = contradicted(mutant);
      if (contradicted.isPresent()) {
        return contradicted.get();
      }
    }
    if (judges.contains(Judged.UNSEEN) && mutant.unwitnessed().test(testimony)) {
      return judged(mutant, Judged.UNSEEN, "was never so, where it could have been");
    }
    return judged(mutant, Judged.NOBODY, "");
  }

  private Optional<Judged> contradicted(Mutant mutant) {
    JsonNode mutated = mutant.of(contract);
    try {
      Optional<Judged> server =
          judges.contains(Judged.SERVER)
              ? testimony
                  .against(mutated, mutant.part())
                  .map(finding -> judged(mutant, Judged.SERVER, finding))
              : Optional.empty();
      return server.or(() -> contradictedByPacts(mutant, mutated));
    } catch (RuntimeException e) {
      throw new IllegalStateException(mutant.name(), e);
    }
  }

  private Optional<Judged> contradictedByPacts(Mutant mutant, JsonNode mutated) {
    if (!judges.contains(Judged.PACT)) {
      return Optional.empty();
    }
    Expectations expectations = new Edition(mutated).expectations();
    return said.stream()
        .flatMap(each -> each.findings(expectations).stream())
        .filter(finding -> !known.contains(finding))
        .findFirst()
        .map(finding -> judged(mutant, Judged.PACT, finding));
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
    if (judges.contains(Judged.RECORDING)
        && recorded.getOrDefault(answer, Set.of()).contains(mutation.place())) {
      return new Judged("answer", name, Judged.RECORDING, "");
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
