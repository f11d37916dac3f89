package io.kbsserver.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.spec.Spec.Extent;
import io.kbsserver.spec.Spec.Mismatch;
import io.kbsserver.spec.Spec.Response;
import io.kbsserver.spec.Spec.SpecOperation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * A contract, and what a client expects of it: exchanges that have only what the client relies on.
 * What the contract does not promise is a finding.
 */
public final class Expectations {

  /** What the contract says in its introduction, since every route takes it. */
  private static final Set<String> ON_EVERY_ROUTE =
      Set.of("_embed", "_envelope", "_method", "rest_route");

  private static final String AUTHORIZATION = "Authorization";
  private static final String TYPE = "Content-Type";

  private final Spec spec;

  private Expectations(Spec spec) {
    this.spec = spec;
  }

  /** A part of an exchange. */
  public enum Part {
    PATH,
    QUERY,
    REQUEST_HEADER,
    REQUEST_BODY,
    STATUS,
    HEADER,
    BODY
  }

  /**
   * Something of an exchange.
   *
   * @param pointer where in the part, as a JSON pointer; headers and parameters are one step
   * @param message what is to be said of it, as a clause whose subject is the client
   */
  public record Violation(Part part, String pointer, String message) {}

  /** The contract in a file that was read. */
  public static Expectations of(JsonNode contract) {
    return new Expectations(new Spec(contract));
  }

  /** Every status of every operation, such as {@code getTicket 200}. */
  public Set<String> answers() {
    Set<String> answers = new LinkedHashSet<>();
    for (SpecOperation operation : spec.operations()) {
      operation.responses().keySet().forEach(status -> answers.add(answer(operation, status)));
    }
    return answers;
  }

  /** Which of them a client gets; empty where it is none. */
  public Optional<String> answer(Exchange exchange) {
    return operation(Meaning.of(exchange))
        .map(operation -> answer(operation, exchange.status()))
        .filter(answers()::contains);
  }

  /**
   * What the contract does not promise.
   *
   * @param standIn whether a text, by part and pointer, stands in for what the server gives, which
   *     may be of another type
   */
  public List<Violation> findings(Exchange exchange, BiPredicate<Part, String> standIn) {
    Meaning meaning = Meaning.of(exchange);
    Optional<SpecOperation> operation = operation(meaning);
    if (meaning.status() == SpecWatch.TOO_LARGE
        || (operation.isEmpty() && SpecWatch.BEFORE_ANY_ROUTE.contains(meaning.status()))) {
      return body(meaning, exchange, SpecWatch.ERROR, standIn);
    }
    if (operation.isEmpty()) {
      // "On a route that there is not, OPTIONS answers []."
      return meaning.method().equals("OPTIONS") && SpecWatch.isEmptyList(meaning)
          ? List.of()
          : List.of(
              new Violation(
                  Part.PATH,
                  "",
                  "asks %s %s, which the contract does not have"
                      .formatted(meaning.method(), exchange.target().split("\\?", 2)[0])));
    }
    if (!operation.get().bases().contains(Meaning.ROOT)) {
      return List.of(
          new Violation(
              Part.PATH,
              "",
              "asks %s, and the contract says: below %s"
                  .formatted(
                      exchange.target().split("\\?", 2)[0],
                      String.join(", ", operation.get().bases()))));
    }
    List<Violation> findings = new ArrayList<>(login(operation.get(), meaning, exchange, standIn));
    if (meaning.status() >= 200 && meaning.status() < 300) {
      findings.addAll(request(operation.get(), meaning, exchange, standIn));
    }
    Response response = operation.get().response(meaning.status()).orElse(null);
    if (response == null) {
      findings.add(
          new Violation(
              Part.STATUS,
              "",
              "expects %d, which %s does not answer"
                  .formatted(meaning.status(), operation.get().id())));
    } else {
      findings.addAll(response(response, meaning, exchange, standIn));
    }
    return findings;
  }

  /**
   * All that a client can send where it succeeds, and read of what it is answered then: parameters,
   * content types and fields by operation, properties by schema; and headers of all answers by
   * group of operations.
   */
  public Set<String> usable() {
    PartsUsed all = new PartsUsed(spec);
    spec.operations().forEach(all::addAll);
    return all.parts();
  }

  /** What of that a client sends, and reads with a value. */
  public Set<String> used(Exchange exchange) {
    Meaning meaning = Meaning.of(exchange);
    PartsUsed used = new PartsUsed(spec);
    Optional<SpecOperation> operation = operation(meaning);
    operation.ifPresent(asked -> used.addHeaders(asked, meaning));
    if (meaning.status() < 400) {
      operation.ifPresent(asked -> used.add(asked, meaning, exchange));
    }
    return used.parts();
  }

  /** What a client relies on in an answer, though the contract says that it may not be there. */
  public List<String> notAlwaysThere(Exchange exchange) {
    Meaning meaning = Meaning.of(exchange);
    List<String> names = new ArrayList<>();
    operation(meaning)
        .flatMap(operation -> operation.response(meaning.status()))
        .flatMap(response -> schema(response, meaning))
        .filter(schema -> meaning.body() != null)
        .ifPresent(
            schema -> notAlwaysThere(meaning.body(), spec.root().at(schema), "", false, names));
    return names;
  }

  private void notAlwaysThere(
      JsonNode value, JsonNode unresolved, String name, boolean optional, List<String> names) {
    JsonNode schema =
        unresolved.has("$ref")
            ? spec.root().at(unresolved.get("$ref").asText().substring(1))
            : unresolved;
    if (optional) {
      names.add(name + " (may be missing)");
    } else if (schema.path("nullable").asBoolean() && !value.isNull()) {
      names.add(name + " (may be null)");
    }
    value.forEach(item -> notAlwaysThere(item, schema.path("items"), name + "[]", false, names));
    Set<String> required = new LinkedHashSet<>();
    schema.path("required").forEach(each -> required.add(each.asText()));
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      JsonNode described = schema.path("properties").path(property.getKey());
      notAlwaysThere(
          property.getValue(),
          described.isMissingNode() ? schema.path("additionalProperties") : described,
          name.isEmpty() ? property.getKey() : name + "." + property.getKey(),
          !described.isMissingNode() && !required.contains(property.getKey()),
          names);
    }
  }

  private Optional<SpecOperation> operation(Meaning meaning) {
    return Optional.ofNullable(meaning.path())
        .flatMap(path -> spec.operation(meaning.method(), path));
  }

  /** What is answered well has to be logged in for, and who need not log in is not refused. */
  private static List<Violation> login(
      SpecOperation operation,
      Meaning meaning,
      Exchange exchange,
      BiPredicate<Part, String> standIn) {
    if (standIn.test(Part.REQUEST_HEADER, step(AUTHORIZATION))) {
      // A provider state brings the login.
      return List.of();
    }
    if (meaning.status() < 400) {
      return operation.login().finding(operation.id(), exchange, meaning).stream()
          .map(message -> finding(Part.REQUEST_HEADER, AUTHORIZATION, message))
          .toList();
    }
    boolean refused = meaning.status() == 401 && exchange.requestHeader(AUTHORIZATION) == null;
    return refused && operation.login().isOpen()
        ? List.of(
            new Violation(
                Part.STATUS,
                "",
                "expects 401 without a login, and %s is open to everybody"
                    .formatted(operation.id())))
        : List.of();
  }

  private List<Violation> request(
      SpecOperation operation,
      Meaning meaning,
      Exchange exchange,
      BiPredicate<Part, String> standIn) {
    List<Violation> findings = new ArrayList<>();
    RequestCheck check = RequestCheck.of(spec, operation, meaning, exchange);
    for (String name : check.unknown()) {
      if (!ON_EVERY_ROUTE.contains(name)) {
        findings.add(
            finding(
                part(operation, name, exchange),
                name,
                "sends %s, which the contract does not have".formatted(name)));
      }
    }
    check
        .refused()
        .forEach(
            (name, deviations) -> {
              Part part = part(operation, name, exchange);
              deviations.stream()
                  .filter(deviation -> !standsIn(deviation, part, step(name), standIn))
                  .forEach(
                      deviation ->
                          findings.add(
                              finding(
                                  part,
                                  name,
                                  "sends %s = %s, and the contract says: %s"
                                      .formatted(name, shown(deviation), deviation.reason()))));
            });
    for (String name : check.missing()) {
      findings.add(
          new Violation(
              part(operation, name, exchange),
              "",
              "sends no %s, which the contract requires".formatted(name)));
    }
    String type = type(exchange.requestHeaders());
    if (exchange.requestBody() != null
        && !type.isEmpty()
        && !operation.requestTypes().contains(type)) {
      findings.add(
          finding(
              Part.REQUEST_HEADER,
              TYPE,
              operation.requestTypes().isEmpty()
                  ? "sends a body, which %s does not take".formatted(operation.id())
                  : "sends %s, and %s takes %s"
                      .formatted(
                          type, operation.id(), String.join(", ", operation.requestTypes()))));
    }
    return findings;
  }

  /** Where a parameter or a field stands, or has to. */
  private static Part part(SpecOperation operation, String name, Exchange exchange) {
    if (Meaning.fieldsSent(exchange).containsKey(name)) {
      return Part.REQUEST_BODY;
    }
    return operation.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(
            parameter ->
                switch (parameter.in()) {
                  case "path" -> Part.PATH;
                  case "header" -> Part.REQUEST_HEADER;
                  default -> Part.QUERY;
                })
        .findFirst()
        .orElse(operation.requiredFields().contains(name) ? Part.REQUEST_BODY : Part.QUERY);
  }

  private List<Violation> response(
      Response response, Meaning meaning, Exchange exchange, BiPredicate<Part, String> standIn) {
    List<Violation> findings = new ArrayList<>();
    HeaderCheck headers = HeaderCheck.of(spec, response, meaning.headers());
    for (String name : headers.unknown()) {
      findings.add(
          finding(
              Part.HEADER,
              name,
              "expects the header %s, which the contract does not have".formatted(name)));
    }
    headers
        .refused()
        .forEach(
            (name, deviations) ->
                deviations.stream()
                    .filter(deviation -> !standsIn(deviation, Part.HEADER, step(name), standIn))
                    .forEach(
                        deviation ->
                            findings.add(
                                finding(
                                    Part.HEADER,
                                    name,
                                    "expects the header %s = %s, and the contract says: %s"
                                        .formatted(name, shown(deviation), deviation.reason())))));
    Optional<String> schema = schema(response, meaning);
    String type = SpecWatch.type(meaning.headers());
    if (response.content().containsKey(SpecWatch.ANY)) {
      if (type.equals(SpecWatch.JSON)) {
        findings.add(
            finding(Part.HEADER, TYPE, "expects JSON, and the contract says: the bytes of a file"));
      }
      return findings;
    }
    if (schema.isPresent()) {
      findings.addAll(body(meaning, exchange, schema.get(), standIn));
    } else if (!type.isEmpty()) {
      String described = String.join(", ", response.content().keySet());
      findings.add(
          finding(
              Part.HEADER,
              TYPE,
              "expects %s, and the contract says: %s"
                  .formatted(type, described.isEmpty() ? "no body" : described)));
    } else if (!exchange.body().isEmpty()) {
      findings.add(new Violation(Part.BODY, "", "expects a body, and the contract says: no body"));
    }
    return findings;
  }

  /** Of the content type that is expected; of the first one where none is. */
  static Optional<String> schema(Response response, Meaning meaning) {
    String type = SpecWatch.type(meaning.headers());
    return type.isEmpty()
        ? response.content().values().stream().findFirst()
        : Optional.ofNullable(response.content().get(type));
  }

  private List<Violation> body(
      Meaning meaning, Exchange exchange, String schema, BiPredicate<Part, String> standIn) {
    if (exchange.body().isEmpty()) {
      return List.of();
    }
    if (meaning.bodiless() || meaning.body() == null) {
      String what = meaning.bodiless() ? "a body of HEAD" : "a body that is no JSON";
      return List.of(new Violation(Part.BODY, "", "expects " + what));
    }
    if (spec.root().at(schema).isMissingNode()) {
      return List.of(
          new Violation(Part.BODY, "", "expects an answer that the contract does not describe"));
    }
    return spec.deviations(meaning.body(), schema, Extent.TRIMMED).stream()
        .filter(deviation -> !standsIn(deviation, Part.BODY, deviation.pointer(), standIn))
        .map(
            deviation ->
                new Violation(
                    Part.BODY,
                    deviation.pointer(),
                    deviation.keyword().equals("additionalProperties")
                        ? "expects %s, which the contract does not have"
                            .formatted(name(deviation.pointer()))
                        : "expects %s = %s, and the contract says: %s"
                            .formatted(
                                name(deviation.pointer()), shown(deviation), deviation.reason())))
        .toList();
  }

  private static boolean standsIn(
      Mismatch deviation, Part part, String pointer, BiPredicate<Part, String> standIn) {
    return deviation.keyword().equals("type")
        && deviation.value().isTextual()
        && standIn.test(part, pointer);
  }

  private static String answer(SpecOperation operation, int status) {
    return operation.id() + " " + status;
  }

  private static Violation finding(Part part, String name, String message) {
    return new Violation(part, part == Part.PATH ? "" : step(name), message);
  }

  private static String step(String name) {
    return "/" + Spec.escaped(name);
  }

  private static String type(Map<String, List<String>> headers) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(TYPE))
        .map(header -> SpecWatch.type(Map.of(TYPE, String.join(", ", header.getValue()))))
        .findFirst()
        .orElse("");
  }

  /** A pointer as people write it: {@code [0].ticket_data.number}. */
  private static String name(String pointer) {
    if (pointer.isEmpty()) {
      return "the body";
    }
    String name = pointer.replaceAll("/(\\d+)(?=/|$)", "[$1]").replace("/", ".");
    return (name.startsWith(".") ? name.substring(1) : name).replace("~1", "/").replace("~0", "~");
  }

  private static String shown(Mismatch deviation) {
    String text = deviation.value().toString();
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
