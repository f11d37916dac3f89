package io.kbsserver.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an OpenAPI file says, with its references followed. */
final class PrintedContract {

  /** An operation, where it stands. */
  record PrintedOperation(String method, String path, JsonNode item, JsonNode node) {

    String id() {
      return node.path("operationId").asText();
    }

    boolean describes() {
      return method.equals("OPTIONS");
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> METHODS =
      List.of("get", "post", "put", "patch", "delete", "options");
  private static final String SCHEMAS = "#/components/schemas/";

  private final JsonNode root;

  PrintedContract(JsonNode root) {
    this.root = root;
  }

  JsonNode at(String pointer) {
    return root.at(pointer);
  }

  JsonNode resolved(JsonNode node) {
    return node.path("$ref").isTextual() ? at(node.path("$ref").asText().substring(1)) : node;
  }

  /** The name of the schema that is referred to; empty where it stands on the spot. */
  static String nameOf(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.startsWith(SCHEMAS) ? reference.substring(SCHEMAS.length()) : "";
  }

  List<PrintedOperation> operations(String where) {
    List<PrintedOperation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : at(where).properties()) {
      for (String method : METHODS) {
        JsonNode node = path.getValue().path(method);
        if (node.isObject()) {
          operations.add(
              new PrintedOperation(
                  method.toUpperCase(Locale.ROOT), path.getKey(), path.getValue(), node));
        }
      }
    }
    return operations;
  }

  List<JsonNode> parameters(PrintedOperation operation) {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    for (JsonNode where : List.of(operation.item(), operation.node())) {
      for (JsonNode one : where.path("parameters")) {
        JsonNode parameter = resolved(one);
        parameters.put(parameter.path("in").asText() + parameter.path("name").asText(), parameter);
      }
    }
    return List.copyOf(parameters.values());
  }

  /** The first example of a body; missing where there is none. */
  JsonNode example(JsonNode media) {
    for (JsonNode example : media.path("examples")) {
      return resolved(example).path("value");
    }
    return media.path("example");
  }

  /** The value of a parameter that is shown. */
  JsonNode exampleOf(JsonNode parameter) {
    return parameter.has("example")
        ? parameter.path("example")
        : resolved(parameter.path("schema")).path("example");
  }

  static String json(String text) {
    return TextNode.valueOf(text).toString();
  }

  static String pretty(JsonNode value) {
    try {
      return JSON.writerWithDefaultPrettyPrinter()
          .writeValueAsString(value)
          .replace("\" : ", "\": ");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
