package io.kbsserver.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.spec.Spec.Response;
import io.kbsserver.spec.Spec.SpecOperation;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What of a contract is sent and read, or can be: each part in a few words. */
final class PartsUsed {

  private static final String SCHEMAS = "/components/schemas/";

  /** What the server says of any request in the same way, and not of what was asked for. */
  private static final Set<String> OF_ANY_REQUEST =
      Set.of("Idempotency-Replayed", "Kbs-Changed-Parameters", "Kbs-Ignored-Parameters");

  private final Spec spec;
  private final Set<String> parts = new LinkedHashSet<>();
  private final Set<String> visited = new LinkedHashSet<>();

  PartsUsed(Spec spec) {
    this.spec = spec;
  }

  Set<String> parts() {
    return parts;
  }

  /** All that can be sent to an operation, and read where it succeeds; and all headers. */
  void addAll(SpecOperation operation) {
    parts.addAll(SpecCoverage.sendable(operation));
    operation
        .responses()
        .forEach(
            (status, response) -> {
              response.headers().keySet().forEach(name -> parts.add(header(operation, name)));
              if (status < 300) {
                response.content().values().forEach(this::addAll);
              }
            });
  }

  private void addAll(String unresolved) {
    String schema = resolved(unresolved);
    if (spec.root().at(schema).isMissingNode() || !visited.add(schema)) {
      return;
    }
    for (Map.Entry<String, JsonNode> property :
        spec.root().at(schema + "/properties").properties()) {
      String place = property(schema, property.getKey());
      parts.add(name(place));
      addAll(place);
    }
    addAll(schema + "/items");
    addAll(schema + "/additionalProperties");
  }

  /** What is sent and read in one exchange that succeeds. */
  void add(SpecOperation operation, Meaning meaning, Exchange exchange) {
    parts.addAll(SpecCoverage.sent(operation, meaning, exchange));
    Response response = operation.responses().get(meaning.status());
    // What is embedded is of the answer as well.
    JsonNode body =
        meaning.query().containsKey("_embed") ? Meaning.json(exchange.body()) : meaning.body();
    if (response != null && body != null) {
      Expectations.schema(response, meaning).ifPresent(schema -> add(body, schema));
    }
  }

  /** The headers that are read in one exchange, whatever became of it. */
  void addHeaders(SpecOperation operation, Meaning meaning) {
    Response response = operation.responses().get(meaning.status());
    if (response != null) {
      response.headers().keySet().stream()
          .filter(name -> meaning.headers().keySet().stream().anyMatch(name::equalsIgnoreCase))
          .forEach(name -> parts.add(header(operation, name)));
    }
  }

  private void add(JsonNode value, String unresolved) {
    String schema = resolved(unresolved);
    if (value.isArray()) {
      value.forEach(item -> add(item, schema + "/items"));
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String place = property(schema, field.getKey());
      if (spec.root().at(place).isMissingNode()) {
        add(field.getValue(), schema + "/additionalProperties");
      } else {
        if (saysSomething(field.getValue())) {
          parts.add(name(place));
        }
        add(field.getValue(), place);
      }
    }
  }

  /** Of a property that is null or empty, only that it is there is held against anything. */
  private static boolean saysSomething(JsonNode value) {
    return !value.isNull() && !(value.isContainerNode() && value.isEmpty());
  }

  private String resolved(String pointer) {
    JsonNode node = spec.root().at(pointer);
    return node.has("$ref") ? node.get("$ref").asText().substring(1) : pointer;
  }

  /** By the group of the operation: what lists say of their pages, each says by itself. */
  private String header(SpecOperation operation, String name) {
    String group = spec.root().at(operation.pointer()).path("tags").path(0).asText();
    return OF_ANY_REQUEST.contains(name) || group.isEmpty()
        ? "header " + name
        : group + ": header " + name;
  }

  private static String property(String schema, String name) {
    return schema + "/properties/" + Spec.escaped(name);
  }

  private static String name(String place) {
    return "property "
        + place
            .replace(SCHEMAS, "")
            .replace("/properties/", ".")
            .replace("/items", "[]")
            .replace("/additionalProperties", ".*")
            .replace("~1", "/");
  }
}
