package io.kbsserver.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.spec.Spec.Extent;
import io.kbsserver.spec.Spec.Mismatch;
import io.kbsserver.spec.Spec.Response;
import io.kbsserver.spec.Spec.SpecOperation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds every exchange of the HTTP tests against the contract. Whatever a request is like, its
 * answer has to be one that the contract describes: status, content type, headers and body, without
 * a property more. And what was accepted has to be allowed.
 */
public final class SpecWatch {

  /** Answered before any route, as the introduction of the contract says. */
  static final Set<Integer> BEFORE_ANY_ROUTE = Set.of(400, 404, 413, 431);

  static final int TOO_LARGE = 431;
  private static final int BODY_TOO_LARGE = 413;

  /** Errors and objects have this type, and no file that is sent. */
  static final String JSON = "application/json";

  /** The headers that what is no JSON has, if the contract says so. */
  private static final List<String> OF_A_FILE = List.of("Content-Disposition", "ETag");

  /** The type of bytes, of which the contract says nothing. */
  static final String ANY = "*/*";

  static final String ERROR = "/components/schemas/Error";

  private static final String CODES = "x-kbs-error-codes";

  /** The system property that names the folder of what the JVMs of one run have reached. */
  static final String REACHED = "spec.reached";

  private static final Spec SPEC = Spec.packaged();
  private static final SpecWatch WATCH = new SpecWatch(SPEC, new SpecCoverage(SPEC));
  private static final Exchanges KEPT = Exchanges.ofThisRun();

  static {
    String folder = System.getProperty(REACHED);
    if (folder != null) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> WATCH.coverage.write(Path.of(folder))));
    }
  }

  private final Spec spec;
  private final SpecCoverage coverage;

  SpecWatch(Spec spec, SpecCoverage coverage) {
    this.spec = spec;
    this.coverage = coverage;
  }

  /** Fails where an answer is not what the contract says, and remembers what was reached. */
  public static void see(Exchange exchange) {
    List<String> findings = WATCH.findings(exchange);
    if (!findings.isEmpty()) {
      throw new AssertionError(
          "The contract does not say what %s answered (%d):%n  %s%n%s"
              .formatted(
                  exchange,
                  exchange.status(),
                  String.join("\n  ", findings),
                  exchange.body().substring(0, Math.min(1000, exchange.body().length()))));
    }
    if (KEPT != null) {
      KEPT.keep(exchange);
    }
  }

  /** What the tests of all JVMs have reached that wrote into this folder. */
  static SpecCoverage coverage(Path folder) {
    SpecCoverage coverage = new SpecCoverage(SPEC);
    coverage.read(folder);
    return coverage;
  }

  List<String> findings(Exchange exchange) {
    return findings(exchange, Meaning.of(exchange));
  }

  /** The same of what it is known to mean. */
  List<String> findings(Exchange exchange, Meaning meaning) {
    if (meaning.path() == null) {
      // The contract's own file, the page for people: no routes of the API.
      return List.of();
    }
    Optional<SpecOperation> operation = spec.operation(meaning.method(), meaning.path());
    if (meaning.method().equals("OPTIONS") && isEmptyList(meaning)) {
      // "On a route that there is not, OPTIONS answers []": a site may switch routes off.
      return List.of();
    }
    if (operation.isEmpty() || meaning.status() == TOO_LARGE) {
      return beforeAnyRoute(meaning);
    }
    Response response = operation.get().responses().get(meaning.status());
    if (response == null && meaning.status() == BODY_TOO_LARGE) {
      return beforeAnyRoute(meaning);
    }
    if (response == null) {
      return List.of("%s has no response %d".formatted(operation.get().id(), meaning.status()));
    }
    List<String> findings = new ArrayList<>();
    String type = typeOf(response, meaning.headers());
    String schema = response.content().get(type);
    if (response.content().isEmpty() && !exchange.body().isEmpty()) {
      findings.add("%s %d has no body".formatted(operation.get().id(), meaning.status()));
    } else if (type.equals(ANY)) {
      findings.addAll(bytes(operation.get(), response, meaning));
    } else if (response.content().isEmpty()) {
      // There is nothing about it that the contract could say.
    } else if (meaning.bodiless()) {
      if (!exchange.body().isEmpty()) {
        findings.add("HEAD has no body");
      }
    } else if (schema == null) {
      findings.add(
          "%s has no %d of type %s".formatted(operation.get().id(), meaning.status(), type));
    } else if (meaning.body() == null) {
      findings.add("The body is no JSON");
    } else {
      findings.addAll(
          spec.check(meaning.body(), schema, meaning.trimmed() ? Extent.TRIMMED : Extent.WHOLE));
    }
    findings.addAll(headers(operation.get(), response, meaning));
    findings.addAll(unexplained(meaning));
    // What is in an envelope that is not shown cannot be told.
    boolean unseen = meaning.bodiless() && meaning.query().containsKey("_envelope");
    if (meaning.status() < 300 && !unseen) {
      findings.addAll(wronglyAccepted(operation.get(), meaning, exchange));
    }
    if (findings.isEmpty()) {
      coverage.reach(operation.get(), meaning, type, exchange);
    }
    return findings;
  }

  /** Of bytes the contract says nothing; but a file is told from whatever else may be sent. */
  private static List<String> bytes(SpecOperation operation, Response response, Meaning meaning) {
    List<String> findings = new ArrayList<>();
    if (type(meaning.headers()).equals(JSON)) {
      findings.add("%s %d is JSON and no file".formatted(operation.id(), meaning.status()));
    }
    for (String name : OF_A_FILE) {
      if (response.headers().containsKey(name)
          && meaning.headers().keySet().stream().noneMatch(name::equalsIgnoreCase)) {
        findings.add("%s %d has no %s".formatted(operation.id(), meaning.status(), name));
      }
    }
    return findings;
  }

  /** Values that the contract does not allow, unless the answer says that it ignored them. */
  private List<String> wronglyAccepted(
      SpecOperation operation, Meaning meaning, Exchange exchange) {
    String ignored = Objects.requireNonNullElse(exchange.header("Kbs-Ignored-Parameters"), "");
    Set<String> names = Set.of(ignored.split(", "));
    return RequestCheck.of(spec, operation, meaning, exchange).refused().entrySet().stream()
        .filter(value -> !names.contains(value.getKey()))
        .map(
            value ->
                "It was accepted, though %s is not allowed: %s"
                    .formatted(
                        value.getKey(),
                        value.getValue().stream()
                            .map(Mismatch::message)
                            .collect(Collectors.joining("; "))))
        .toList();
  }

  private List<String> beforeAnyRoute(Meaning meaning) {
    if (!BEFORE_ANY_ROUTE.contains(meaning.status())) {
      return List.of("There is no such operation");
    }
    if (meaning.bodiless()) {
      return List.of();
    }
    if (meaning.body() == null) {
      return List.of("The body is no JSON");
    }
    List<String> findings = new ArrayList<>(spec.check(meaning.body(), ERROR, Extent.WHOLE));
    findings.addAll(unexplained(meaning));
    return findings;
  }

  /** Codes that the contract does not explain, or not with the status that they came with. */
  private List<String> unexplained(Meaning meaning) {
    JsonNode body = meaning.body();
    if (meaning.status() < 400 || body == null || !body.path("code").isTextual()) {
      return List.of();
    }
    JsonNode codes = spec.root().path(CODES);
    List<String> findings = new ArrayList<>();
    String code = body.path("code").asText();
    boolean known = false;
    for (JsonNode status : codes.path(code).path("status")) {
      known |= status.asInt() == meaning.status();
    }
    if (!known) {
      findings.add("%s explains no %s with %d".formatted(CODES, code, meaning.status()));
    }
    for (JsonNode detail : body.at("/data/details")) {
      String of = detail.path("code").asText();
      if (!codes.path(of).path("detail").asBoolean()) {
        findings.add("%s explains no %s of one parameter".formatted(CODES, of));
      }
    }
    return findings;
  }

  private List<String> headers(SpecOperation operation, Response response, Meaning meaning) {
    HeaderCheck check = HeaderCheck.of(spec, response, meaning.headers());
    List<String> findings = new ArrayList<>();
    check
        .refused()
        .forEach((name, why) -> why.forEach(finding -> findings.add(name + finding.message())));
    for (String name : check.unknown()) {
      findings.add(
          "%s %d has no header %s: %s"
              .formatted(operation.id(), meaning.status(), name, meaning.headers().get(name)));
    }
    return findings;
  }

  static boolean isEmptyList(Meaning meaning) {
    return meaning.status() == 200
        && meaning.body() != null
        && meaning.body().isArray()
        && meaning.body().isEmpty();
  }

  /** The type by which a response has its content: its own, or any. */
  private static String typeOf(Response response, Map<String, String> headers) {
    return response.content().containsKey(ANY) ? ANY : type(headers);
  }

  /** The content type without its parameters; empty text where there is none. */
  static String type(Map<String, String> headers) {
    return headers.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase("Content-Type"))
        .map(entry -> entry.getValue().split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse("");
  }
}
