package io.kbsserver.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kbsserver.spec.Spec.Extent;
import io.kbsserver.spec.Spec.Mismatch;
import io.kbsserver.spec.Spec.SpecOperation;
import io.kbsserver.spec.Spec.SpecParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request held against the contract: not the type in which a value was written, which WordPress
 * takes loosely, but the value.
 *
 * @param unknown the parameters and fields that the contract does not have
 * @param refused the values that it does not allow: why, by parameter or field
 * @param missing the parameters and fields that it requires and that were not given
 */
record RequestCheck(
    List<String> unknown, Map<String, List<Mismatch>> refused, List<String> missing) {

  private static final Set<String> EMPTY = Set.of("0", "false", "null");

  /** "7abc" is 7 where values are handled leniently. */
  private static final Set<String> TRUTH = Set.of("true", "false", "1", "0");

  private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?\\.?\\d.*", Pattern.DOTALL);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  static RequestCheck of(Spec spec, SpecOperation operation, Meaning meaning, Exchange exchange) {
    Map<String, JsonNode> sent = new LinkedHashMap<>();
    Map<String, String> schemas = new LinkedHashMap<>(operation.fields());
    operation.parameters().forEach(each -> schemas.put(each.name(), each.schema()));
    sent.putAll(inPath(operation, meaning));
    sent.putAll(inHeaders(operation, exchange));
    meaning.query().forEach((name, value) -> sent.put(name, NODES.textNode(value)));
    Map<String, JsonNode> fields = Meaning.fieldsSent(exchange);
    sent.putAll(fields);
    // A field may have the name of a part of the path.
    operation.fields().entrySet().stream()
        .filter(field -> fields.containsKey(field.getKey()))
        .forEach(field -> schemas.put(field.getKey(), field.getValue()));
    Map<String, List<Mismatch>> refused = new LinkedHashMap<>();
    sent.forEach(
        (name, value) -> {
          JsonNode schema = spec.root().at(schemas.getOrDefault(name, ""));
          if (schemas.containsKey(name) && !isEmpty(value, schema)) {
            JsonNode meant = meant(value, schema);
            List<Mismatch> findings = spec.deviations(meant, schemas.get(name), Extent.WHOLE);
            if (!findings.isEmpty()) {
              refused.put(name, findings);
            }
          }
        });
    Stream<String> required =
        Stream.concat(
            operation.parameters().stream()
                .filter(SpecParameter::required)
                .map(SpecParameter::name),
            operation.requiredFields().stream());
    return new RequestCheck(
        sent.keySet().stream().filter(name -> !schemas.containsKey(name)).toList(),
        refused,
        required.filter(name -> !sent.containsKey(name)).toList());
  }

  private static Map<String, JsonNode> inPath(SpecOperation operation, Meaning meaning) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    Matcher path = operation.path().matcher(meaning.path());
    if (path.matches()) {
      for (int i = 0; i < operation.variables().size(); i++) {
        String value = Meaning.decoded(path.group(i + 1).replace("+", "%2B"));
        values.put(operation.variables().get(i), NODES.textNode(value));
      }
    }
    return values;
  }

  private static Map<String, JsonNode> inHeaders(SpecOperation operation, Exchange exchange) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (SpecParameter parameter : operation.parameters()) {
      String value = exchange.requestHeader(parameter.name());
      if (parameter.in().equals("header") && value != null) {
        values.put(parameter.name(), NODES.textNode(value));
      }
    }
    return values;
  }

  /** Empty values mean "not given" where null does, and an empty text always does. */
  private static boolean isEmpty(JsonNode value, JsonNode schema) {
    if (value.isContainerNode()) {
      return value.isEmpty();
    }
    return value.asText().trim().isEmpty()
        || (schema.path("nullable").asBoolean() && EMPTY.contains(value.asText()));
  }

  /** A value as the type that it has to have, where it can be read so. */
  private static JsonNode meant(JsonNode value, JsonNode schema) {
    String type = schema.path("type").asText();
    if (type.equals("array")) {
      return list(value, schema.path("items"));
    }
    if (type.equals("string") && value.isValueNode()) {
      return NODES.textNode(value.asText());
    }
    if (type.equals("boolean") && TRUTH.contains(value.asText())) {
      return NODES.booleanNode(value.asText().equals("true") || value.asText().equals("1"));
    }
    boolean whole =
        value.isNumber() || value.isBoolean() || NUMBER.matcher(value.asText()).matches();
    return type.equals("integer") && whole ? NODES.numberNode((long) value.asDouble()) : value;
  }

  private static JsonNode list(JsonNode value, JsonNode schema) {
    ArrayNode list = NODES.arrayNode();
    if (value.isArray()) {
      value.forEach(item -> list.add(meant(item, schema)));
    } else if (!value.isTextual()) {
      list.add(meant(value, schema));
    } else {
      Stream.of(value.asText().split("[,\\s]+"))
          .filter(item -> !item.trim().isEmpty())
          .forEach(item -> list.add(meant(NODES.textNode(item), schema)));
    }
    return list;
  }
}
