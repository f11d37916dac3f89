package io.kbsserver.mock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether a request is one that the contract allows: names, types, ranges, what is required. */
final class RequestCheck {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BAD_REQUEST = 400;

  private final References references;
  private final boolean lenient;
  private final Map<String, String> invalid = new TreeMap<>();
  private final Map<String, String> missing = new TreeMap<>();

  private RequestCheck(References references, boolean lenient) {
    this.references = references;
    this.lenient = lenient;
  }

  /** The refusal that a request deserves; nothing where it is as it should be. */
  static Optional<Answer> refusal(
      MockOperation operation,
      Preference preference,
      String query,
      String contentType,
      String body,
      References references) {
    RequestCheck check = new RequestCheck(references, preference.lenient());
    Map<String, List<String>> values = pairs(query);
    values.forEach((name, all) -> check.name(operation, name, String.join("", all)));
    operation.parameters().stream()
        .filter(parameter -> parameter.path("in").asText().equals("query"))
        .forEach(parameter -> check.parameter(parameter, values));
    try {
      check.body(operation, contentType, body);
    } catch (JsonProcessingException e) {
      return Optional.of(
          Answer.refusal(BAD_REQUEST, "rest_invalid_json", "Invalid JSON body passed.", Map.of()));
    }
    if (!check.missing.isEmpty()) {
      return Optional.of(
          Answer.refusal(
              BAD_REQUEST, "required_fields", "Required fields missing.", check.missing));
    }
    if (!check.invalid.isEmpty()) {
      String names = String.join(", ", check.invalid.keySet());
      return Optional.of(
          Answer.refusal(
              BAD_REQUEST, "rest_invalid_param", "Invalid parameter(s): " + names, check.invalid));
    }
    return Optional.empty();
  }

  /** As on a fresh site, what nobody knows is a mistake. */
  private void name(MockOperation operation, String name, String value) {
    if (!lenient && !value.isEmpty() && !operation.knows(name.split("\\[", 2)[0])) {
      invalid.put(name, name + " is no parameter of this operation.");
    }
  }

  private void parameter(JsonNode parameter, Map<String, List<String>> values) {
    String name = parameter.path("name").asText();
    JsonNode schema = references.resolved(parameter.path("schema"));
    List<String> given = values.getOrDefault(name, List.of());
    if (schema.path("type").asText().equals("array")) {
      JsonNode items = references.resolved(schema.path("items"));
      given.stream()
          .flatMap(list -> List.of(list.split(",")).stream())
          .forEach(item -> value(name, items, item.strip()));
    } else {
      given.forEach(text -> value(name, schema, text));
    }
  }

  private void body(MockOperation operation, String contentType, String body)
      throws JsonProcessingException {
    if (operation.body().isEmpty() || contentType.startsWith("multipart/")) {
      return;
    }
    JsonNode schema = operation.body().values().iterator().next();
    JsonNode given = JSON.createObjectNode();
    // curl -d '{…}' sends JSON as a form.
    if (contentType.startsWith("application/json") || body.startsWith("{")) {
      given = body.isBlank() ? given : JSON.readTree(body);
    } else {
      ObjectNode form = (ObjectNode) given;
      pairs(body).forEach((name, all) -> form.put(name, all.get(all.size() - 1)));
    }
    given
        .properties()
        .forEach(
            field -> name(operation, field.getKey(), field.getValue().isNull() ? "" : "given"));
    for (JsonNode name : schema.path("required")) {
      if (given.path(name.asText()).asText().isEmpty()) {
        missing.put(name.asText(), name.asText() + " is required.");
      }
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode value = given.path(property.getKey());
      JsonNode propertySchema = references.resolved(property.getValue());
      if (value.isContainerNode() && propertySchema.has("type")) {
        invalid.put(
            property.getKey(),
            property.getKey() + " is not of type " + propertySchema.get("type").asText() + ".");
      } else if (value.isValueNode() && !value.isNull()) {
        value(property.getKey(), propertySchema, value.asText());
      }
    }
  }

  private void value(String name, JsonNode schema, String text) {
    if (text.isEmpty()) {
      return;
    }
    if (schema.path("type").asText().equals("integer")) {
      if (!text.matches("-?\\d{1,18}")) {
        invalid.put(name, name + " is not of type integer.");
      } else if (schema.has("minimum") && Long.parseLong(text) < schema.get("minimum").asLong()
          || schema.has("maximum") && Long.parseLong(text) > schema.get("maximum").asLong()) {
        invalid.put(
            name,
            name
                + " must be at least "
                + schema.path("minimum").asText()
                + (schema.has("maximum") ? " and at most " + schema.get("maximum").asText() : ""));
      }
    }
    if (schema.has("enum")) {
      List<String> allowed = new ArrayList<>();
      schema.get("enum").forEach(each -> allowed.add(each.asText()));
      if (!allowed.contains(text)) {
        invalid.put(name, name + " is not one of " + String.join(", ", allowed) + ".");
      }
    }
    if (schema.has("maxLength") && text.length() > schema.get("maxLength").asInt()) {
      invalid.put(name, name + " is longer than " + schema.get("maxLength").asText() + ".");
    }
  }

  /** The values by name: {@code status[]=open} and {@code status=open} mean the same. */
  private static Map<String, List<String>> pairs(String text) {
    Map<String, List<String>> pairs = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      String[] parts = pair.split("=", 2);
      String name = decoded(parts[0]).replaceAll("\\[\\d*]$", "");
      pairs
          .computeIfAbsent(name, key -> new ArrayList<>())
          .add(parts.length > 1 ? decoded(parts[1]) : "");
    }
    return pairs;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
