package io.kbsserver.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kbsserver.spec.Spec.Response;
import io.kbsserver.spec.Spec.SpecOperation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What exchanges with a running server say of a contract: whether it contradicts them. In both
 * directions: what was answered and taken has to be allowed, and what was refused must not be.
 */
public final class Testimony {

  private static final Set<Integer> LOGIN_REFUSED = Set.of(401);

  /** What requests give that means nothing. */
  public static final String NOTHING = "kbs-no-such-value";

  /** Names that are WordPress's; the contract says of each operation whether it takes this one. */
  private static final Pattern ALWAYS_KNOWN = Pattern.compile("(?!_fields$)_.*|rest_route");

  /** Headers of requests that one can see to have been understood, by the answer. */
  private static final Map<String, Predicate<Meaning>> UNDERSTOOD =
      Map.of(
          "Prefer", meaning -> has(meaning, "Preference-Applied"),
          "Idempotency-Key", meaning -> has(meaning, "Idempotency-Replayed"),
          "If-Match", meaning -> meaning.status() == 412,
          "If-None-Match", meaning -> meaning.status() == 304);

  /** Where some are ignored, not all may be named. */
  private static final String IGNORED = "Kbs-Ignored-Parameters";

  private static final Set<String> WIDTHS = Set.of("int32", "int64", "binary");
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int UNSUPPORTED = 415;

  private final Spec original;
  private final SpecWatch watch;
  private final List<Witness> witnesses = new ArrayList<>();

  /** The exchanges by the parts of the contract that they depend on. */
  private final Map<String, List<Witness>> concerned = new LinkedHashMap<>();

  /** Where the original itself is not what the server does, by what is said of it: how often. */
  private final Map<String, Integer> discrepancies = new TreeMap<>();

  private final SeenValues answered = new SeenValues();
  private final SeenValues taken = new SeenValues();

  /**
   * @param known what the original says against it: that is no news of a mutant
   */
  private record Witness(Exchange exchange, Meaning meaning, Set<String> known) {}

  /** The contract as it is, and exchanges with its server. */
  public Testimony(JsonNode contract, List<Exchange> exchanges) {
    original = new Spec(contract);
    watch = watch(original);
    Parts parts = new Parts(original.root());
    for (Exchange exchange : exchanges) {
      Meaning meaning = Meaning.of(exchange);
      Set<String> known = new TreeSet<>(findings(original, watch, exchange, meaning));
      known.forEach(finding -> discrepancies.merge(named(meaning, finding), 1, Integer::sum));
      known.addAll(remarks(original, exchange, meaning));
      Witness witness = new Witness(exchange, meaning, known);
      witnesses.add(witness);
      for (String part : parts.of(meaning, operation(original, meaning))) {
        concerned.computeIfAbsent(part, p -> new ArrayList<>()).add(witness);
      }
      see(witness);
    }
  }

  private String named(Meaning meaning, String finding) {
    return operation(original, meaning).map(SpecOperation::id).orElse("?") + " " + finding;
  }

  /** What is said of the contract as it is: by rights nothing. */
  public Map<String, Integer> discrepancies() {
    return discrepancies;
  }

  /** What the server answered. */
  public SeenValues answered() {
    return answered;
  }

  /** What the server took in bodies. */
  public SeenValues taken() {
    return taken;
  }

  /**
   * The first that is found against another contract, by what depends on this part of it; empty
   * where nothing is.
   */
  public Optional<String> against(JsonNode contract, String part) {
    Spec spec = new Spec(contract);
    SpecWatch watching = watch(spec);
    return concerned.getOrDefault(part, List.of()).stream()
        .flatMap(
            witness ->
                Stream.concat(
                        findings(spec, watching, witness.exchange(), witness.meaning()).stream(),
                        remarks(spec, witness.exchange(), witness.meaning()).stream())
                    .filter(finding -> !witness.known().contains(finding))
                    .map(finding -> witness.exchange() + ": " + finding))
        .findFirst();
  }

  /**
   * Whether a request without a parameter was answered as one with this value of it, and not as one
   * with another.
   */
  public boolean takesForGranted(String part, String parameter, String value, String other) {
    Map<String, Map<String, String>> answers = new LinkedHashMap<>();
    for (Witness witness : concerned.getOrDefault(part, List.of())) {
      Exchange exchange = witness.exchange();
      String given = witness.meaning().query().get(parameter);
      String without =
          exchange
              .target()
              .replaceAll("([?&])" + parameter + "=[^&]*&?", "$1")
              .replaceAll("[?&]$", "");
      if (exchange.status() < 300) {
        answers
            .computeIfAbsent(
                exchange.method() + without + exchange.requestHeader("Authorization"),
                k -> new LinkedHashMap<>())
            .put(given == null ? "" : given, exchange.body());
      }
    }
    return answers.values().stream()
        .filter(each -> each.containsKey("") && each.containsKey(other))
        .anyMatch(
            each ->
                each.get("").equals(each.getOrDefault(value, each.get("")))
                    && !each.get("").equals(each.get(other)));
  }

  /** Whether the contract allows an answer as it is. */
  public boolean allows(Exchange exchange) {
    return watch.findings(exchange).isEmpty();
  }

  /**
   * What was answered well, as the contract says, in JSON and as a whole.
   *
   * @param schema where the contract describes it
   */
  public record Success(String schema, List<Exchange> exchanges) {}

  /** All of them, by operation and status. */
  public Map<String, Success> successes() {
    Map<String, Success> successes = new LinkedHashMap<>();
    for (Witness witness : witnesses) {
      Meaning meaning = witness.meaning();
      operation(original, meaning)
          .filter(operation -> meaning.status() < 300 && meaning.body() != null)
          .filter(operation -> meaning.query().keySet().stream().noneMatch(n -> n.startsWith("_")))
          .ifPresent(
              operation -> {
                String schema = schema(operation, meaning);
                if (schema != null && watch.findings(witness.exchange(), meaning).isEmpty()) {
                  successes
                      .computeIfAbsent(
                          operation.id() + " " + meaning.status(),
                          k -> new Success(schema, new ArrayList<>()))
                      .exchanges()
                      .add(witness.exchange());
                }
              });
    }
    return successes;
  }

  private static String schema(SpecOperation operation, Meaning meaning) {
    Response response = operation.responses().get(meaning.status());
    return response == null ? null : response.content().get(SpecWatch.type(meaning.headers()));
  }

  private void see(Witness witness) {
    Meaning meaning = witness.meaning();
    Optional<SpecOperation> operation = operation(original, meaning);
    Response response = operation.map(o -> o.responses().get(meaning.status())).orElse(null);
    if (response == null) {
      return;
    }
    String schema = response.content().get(SpecWatch.type(meaning.headers()));
    if (schema != null && meaning.body() != null && !meaning.bodiless()) {
      answered.see(original.root(), schema, meaning.body(), !meaning.trimmed());
    }
    response
        .headers()
        .forEach(
            (name, pointer) ->
                meaning.headers().entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .forEach(
                        header ->
                            answered.see(
                                original.root(),
                                pointer,
                                HeaderCheck.meant(original, header.getValue(), pointer),
                                true)));
    String sent = witness.exchange().requestBody();
    // What stands in the query as well need not stand in the body.
    boolean whole = meaning.query().isEmpty();
    if (meaning.status() < 300 && whole && sent != null && sent.startsWith("{")) {
      JsonNode body =
          JsonNodeFactory.instance.objectNode().setAll(Meaning.fieldsSent(witness.exchange()));
      operation.get().fields().values().stream()
          .map(field -> field.replaceFirst("/properties/[^/]*$", ""))
          .distinct()
          .forEach(pointer -> taken.see(original.root(), pointer, body, true));
    }
  }

  private static Optional<SpecOperation> operation(Spec spec, Meaning meaning) {
    return meaning.path() == null
        ? Optional.empty()
        : spec.operation(meaning.method(), meaning.path());
  }

  private static SpecWatch watch(Spec spec) {
    return new SpecWatch(spec, new SpecCoverage(spec));
  }

  private static List<String> findings(
      Spec spec, SpecWatch watch, Exchange exchange, Meaning meaning) {
    List<String> findings = new ArrayList<>(watch.findings(exchange, meaning));
    if (findings.isEmpty()) {
      operation(spec, meaning)
          .ifPresent(operation -> findings.addAll(request(spec, operation, exchange, meaning)));
    }
    return findings;
  }

  /** What the watch leaves out: it does not know why a request was refused. */
  private static List<String> request(
      Spec spec, SpecOperation operation, Exchange exchange, Meaning meaning) {
    List<String> findings = new ArrayList<>();
    RequestCheck check = RequestCheck.of(spec, operation, meaning, exchange);
    String type = type(exchange);
    if (meaning.status() < 300 && !meaning.method().equals("OPTIONS")) {
      check.unknown().stream()
          .filter(name -> exchange.header(IGNORED) == null)
          .filter(name -> !ALWAYS_KNOWN.matcher(name).matches())
          .filter(name -> !operation.variables().contains(name))
          .forEach(name -> findings.add("took " + name + ", which the contract does not have"));
      check.missing().forEach(name -> findings.add("took no " + name + ", which is required"));
      if (exchange.requestBody() != null
          && !exchange.requestBody().isEmpty()
          && !type.isEmpty()
          && !operation.requestTypes().contains(type)) {
        findings.add("took " + type);
      }
      operation.login().finding(operation.id(), exchange, meaning).ifPresent(findings::add);
    } else if (LOGIN_REFUSED.contains(meaning.status())
        && exchange.requestHeader("Authorization") == null
        && operation.login().isOpen()) {
      findings.add("refused who does not log in");
    } else if (meaning.status() == BAD_REQUEST && meaning.body() != null) {
      meaning
          .body()
          .at("/data/params")
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!check.refused().containsKey(name)
                    && !check.missing().contains(name)
                    && !check.unknown().contains(name)
                    && !isOfNoFormat(spec, operation, exchange, name)) {
                  findings.add("refused " + name + ", which the contract allows");
                }
              });
    } else if (meaning.status() == NOT_FOUND && code(meaning).equals("rest_no_route")) {
      operation.variables().stream()
          .filter(name -> !check.refused().containsKey(name))
          .forEach(name -> findings.add("has no route for " + name + ", which is allowed"));
    } else if (meaning.status() == UNSUPPORTED
        && code(meaning).equals("rest_unsupported_media_type")
        && operation.requestTypes().contains(type)) {
      findings.add("refused " + type);
    }
    return findings;
  }

  /**
   * What only an introduction says, and the operation itself does not: nothing against a contract,
   * unless another one has it at the operation.
   */
  private static List<String> remarks(Spec spec, Exchange exchange, Meaning meaning) {
    List<String> remarks = new ArrayList<>();
    operation(spec, meaning)
        .ifPresent(
            operation -> {
              UNDERSTOOD.forEach(
                  (name, understood) -> {
                    boolean named =
                        operation.parameters().stream().anyMatch(p -> p.name().equals(name));
                    if (!named
                        && exchange.requestHeader(name) != null
                        && understood.test(meaning)) {
                      remarks.add("understood " + name);
                    }
                  });
              Response response = operation.responses().get(meaning.status());
              if (response != null) {
                meaning.headers().keySet().stream()
                    .filter(
                        name ->
                            response.headers().keySet().stream().noneMatch(name::equalsIgnoreCase))
                    .forEach(name -> remarks.add("answered with " + name));
              }
            });
    return remarks;
  }

  private static boolean has(Meaning meaning, String header) {
    return meaning.headers().keySet().stream().anyMatch(header::equalsIgnoreCase);
  }

  private static String code(Meaning meaning) {
    return meaning.body() == null ? "" : meaning.body().path("code").asText();
  }

  /** Formats are the server's own: what is nothing of all is the one thing that can be told. */
  private static boolean isOfNoFormat(
      Spec spec, SpecOperation operation, Exchange exchange, String name) {
    String pointer =
        operation.parameters().stream()
            .filter(parameter -> parameter.name().equals(name))
            .map(Spec.SpecParameter::schema)
            .findFirst()
            .orElse(operation.fields().get(name));
    if (pointer == null || !(exchange.target() + exchange.requestBody()).contains(NOTHING)) {
      return false;
    }
    JsonNode schema = spec.root().at(pointer);
    return Stream.of(schema, schema.path("items"))
        .map(each -> each.path("format").asText())
        .anyMatch(format -> !format.isEmpty() && !WIDTHS.contains(format));
  }

  private static String type(Exchange exchange) {
    String type = exchange.requestHeader("Content-Type");
    return type == null ? "" : SpecWatch.type(Map.of("Content-Type", type));
  }

  /** The parts of a contract, and which of them an exchange depends on. */
  private static final class Parts {

    private final JsonNode root;
    private final Map<String, Set<String>> reached = new LinkedHashMap<>();

    Parts(JsonNode root) {
      this.root = root;
    }

    Set<String> of(Meaning meaning, Optional<SpecOperation> operation) {
      Set<String> parts = new LinkedHashSet<>();
      operation.ifPresentOrElse(
          known -> {
            parts.add(known.pointer());
            parts.addAll(reached(known.pointer().replaceFirst("[^/]*$", "parameters")));
            parts.addAll(reached(known.pointer() + "/parameters"));
            parts.addAll(reached(known.pointer() + "/requestBody"));
            String response = known.pointer() + "/responses/" + meaning.status();
            parts.add(response);
            parts.addAll(reached(response));
          },
          () -> parts.addAll(reached(SpecWatch.ERROR)));
      if (meaning.status() >= BAD_REQUEST && meaning.body() != null) {
        for (JsonNode code : meaning.body().findValues("code")) {
          parts.add("/x-kbs-error-codes/" + Spec.escaped(code.asText()));
        }
      }
      return parts;
    }

    /** The components that a part of the contract refers to. */
    private Set<String> reached(String pointer) {
      Set<String> known = reached.get(pointer);
      if (known == null) {
        known = new LinkedHashSet<>();
        if (pointer.startsWith("/components/")) {
          known.add(pointer);
        }
        collect(root.at(pointer), known);
        reached.put(pointer, known);
      }
      return known;
    }

    private void collect(JsonNode node, Set<String> into) {
      if (node.path("$ref").isTextual()) {
        String target = node.get("$ref").asText().substring(1);
        if (into.add(target)) {
          collect(root.at(target), into);
        }
        return;
      }
      node.forEach(child -> collect(child, into));
    }
  }
}
