package io.kbsserver.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.rest.Operation.Access;
import io.kbsserver.rest.Operation.Body;
import io.kbsserver.rest.Operation.Parameter;
import io.kbsserver.rest.Operation.Schema;
import io.kbsserver.rest.Operation.Several;
import io.kbsserver.rest.Operation.Type;
import io.micronaut.http.HttpMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The OpenAPI file that everything is generated from, as it is packaged. */
@Singleton
class Contract {

  private static final String JSON = "application/json";

  private final byte[] file;
  private final JsonNode root;
  private final Map<String, Operation> operations = new HashMap<>();
  private final Map<String, Body> bodies = new HashMap<>();
  private final List<Route> routes = new ArrayList<>();

  @Inject
  Contract() {
    this(ContractFile.bytes());
  }

  Contract(byte[] file) {
    this.file = file.clone();
    root = ContractFile.tree(file);
    root.path("paths")
        .properties()
        .forEach(path -> routes.addAll(readPath(path.getKey(), path.getValue())));
    root.path("components")
        .path("schemas")
        .properties()
        .forEach(schema -> bodies.put(schema.getKey(), body(schema.getValue())));
  }

  /** The file as it stands in the source tree. */
  byte[] file() {
    return file.clone();
  }

  /** The operation that a generated method of this name stands for. */
  Optional<Operation> operation(String id) {
    return Optional.ofNullable(operations.get(id));
  }

  /** The routes, in the order of the file. */
  List<Route> routes() {
    return List.copyOf(routes);
  }

  /** The body that a generated model of this name stands for. */
  Body body(String schema) {
    return Optional.ofNullable(bodies.get(schema))
        .orElseThrow(() -> new IllegalArgumentException("Not in the contract: " + schema));
  }

  private List<Route> readPath(String path, JsonNode item) {
    List<Operation> found = new ArrayList<>();
    item.properties()
        .forEach(
            entry -> {
              if (entry.getValue().has("operationId")) {
                Operation operation =
                    operation(
                        HttpMethod.parse(entry.getKey().toUpperCase(Locale.ROOT)),
                        entry.getValue(),
                        item);
                operations.put(operation.id(), operation);
                found.add(operation);
              }
            });
    List<Route> result = new ArrayList<>();
    item.path("x-wordpress-routes").forEach(route -> result.add(Route.of(path, route, found)));
    return result.isEmpty() ? List.of(Route.of(path, found)) : result;
  }

  private Operation operation(HttpMethod method, JsonNode operation, JsonNode path) {
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode resolved = resolved(parameter);
      if (resolved.path("in").asText().equals("query")) {
        parameters.add(parameter(resolved));
      }
    }
    Access access = Access.LOGIN;
    if (operation.has("security") && operation.get("security").isEmpty()) {
      access = Access.ANYONE;
    } else if (operation.path("x-kbs-caller").asText().equals("agent")) {
      access = Access.AGENT;
    }
    return new Operation(
        operation.get("operationId").asText(),
        method,
        access,
        List.copyOf(parameters),
        bodyOf(operation),
        path.has("x-kbs-setting") ? path.get("x-kbs-setting").asText() : null,
        Deprecation.of(operation).orElse(null),
        deprecated(parameters, operation),
        operation);
  }

  private Body bodyOf(JsonNode operation) {
    JsonNode schema =
        resolved(operation.path("requestBody")).path("content").path(JSON).path("schema");
    return body(resolved(schema));
  }

  private Map<String, Deprecation> deprecated(List<Parameter> parameters, JsonNode operation) {
    Map<String, Deprecation> deprecated = new HashMap<>();
    for (JsonNode content : resolved(operation.path("requestBody")).path("content")) {
      resolved(content.path("schema"))
          .path("properties")
          .properties()
          .forEach(
              property ->
                  Deprecation.of(resolved(property.getValue()))
                      .ifPresent(marked -> deprecated.put(property.getKey(), marked)));
    }
    parameters.forEach(
        parameter ->
            Deprecation.of(parameter.source())
                .ifPresent(marked -> deprecated.put(parameter.name(), marked)));
    return Map.copyOf(deprecated);
  }

  private Parameter parameter(JsonNode node) {
    JsonNode schema = resolved(node.path("schema"));
    JsonNode value = schema.path("default");
    Object defaultValue = null;
    if (value.isTextual()) {
      defaultValue = value.asText();
    } else if (value.isIntegralNumber()) {
      defaultValue = value.asLong();
    } else if (value.isArray()) {
      defaultValue = List.of();
    }
    return new Parameter(
        node.get("name").asText(),
        schema(schema),
        defaultValue,
        node.has("x-kbs-setting") ? node.get("x-kbs-setting").asText() : null,
        node);
  }

  private Body body(JsonNode node) {
    Map<String, Schema> properties = new LinkedHashMap<>();
    node.path("properties")
        .properties()
        .forEach(property -> properties.put(property.getKey(), schema(property.getValue())));
    return new Body(properties);
  }

  private Schema schema(JsonNode unresolved) {
    JsonNode node = resolved(unresolved);
    List<String> values = null;
    if (node.has("enum")) {
      values = new ArrayList<>();
      for (JsonNode value : node.get("enum")) {
        values.add(value.asText());
      }
    }
    return new Schema(
        switch (node.path("type").asText()) {
          case "string" -> Type.STRING;
          case "integer" -> Type.INTEGER;
          case "array" -> Type.ARRAY;
          default -> Type.ANY;
        },
        node.has("items") ? schema(node.get("items")) : null,
        values,
        node.has("minimum") ? node.get("minimum").asLong() : null,
        node.has("maximum") ? node.get("maximum").asLong() : null,
        node.has("maxLength") ? node.get("maxLength").asInt() : null,
        node.has("maxItems") ? node.get("maxItems").asInt() : null,
        node.has("format") ? node.get("format").asText() : null,
        several(node),
        node.path("x-kbs-id").asBoolean());
  }

  private static Several several(JsonNode node) {
    if (node.has("x-kbs-several")) {
      return Several.valueOf(node.get("x-kbs-several").asText().toUpperCase(Locale.ROOT));
    }
    return node.path("type").asText().equals("array") ? Several.LIST : null;
  }

  /** What a reference refers to; anything else is itself. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
  }
}
