package io.kbsserver.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values that a server was seen to send or to take, by the schema that they are values of: what
 * of all that a contract lets be there has been there.
 */
public final class SeenValues {

  private final Map<String, Values> bySchema = new HashMap<>();

  private static final class Values {
    private final Set<JsonNodeType> types = EnumSet.noneOf(JsonNodeType.class);
    private final Map<String, Integer> names = new HashMap<>();
    private int objects;
    private long least = Long.MAX_VALUE;
    private long most = Long.MIN_VALUE;
  }

  /** Remembers a value of a schema, and what is in it. */
  void see(JsonNode root, String pointer, JsonNode value, boolean whole) {
    String schema = resolved(root, pointer);
    Values values = bySchema.computeIfAbsent(schema, s -> new Values());
    values.types.add(value.getNodeType());
    if (value.isNull()) {
      return;
    }
    long size =
        value.isTextual()
            ? value.asText().codePointCount(0, value.asText().length())
            : value.isArray() ? value.size() : value.isNumber() ? value.asLong() : 0;
    values.least = Math.min(values.least, size);
    values.most = Math.max(values.most, size);
    if (value.isObject()) {
      values.objects += whole ? 1 : 0;
      value
          .properties()
          .forEach(
              property -> {
                if (whole) {
                  values.names.merge(property.getKey(), 1, Integer::sum);
                }
                String inner = inner(root, schema, property.getKey());
                if (inner != null) {
                  see(root, inner, property.getValue(), whole);
                }
              });
    } else if (root.at(schema).has("items")) {
      value.forEach(item -> see(root, schema + "/items", item, whole));
    }
  }

  /** Whether there was a value of this schema that is not null. */
  public boolean any(JsonNode root, String pointer) {
    Values values = bySchema.get(resolved(root, pointer));
    return values != null && values.types.stream().anyMatch(type -> type != JsonNodeType.NULL);
  }

  /** Whether null was a value of this schema. */
  public boolean none(JsonNode root, String pointer) {
    Values values = bySchema.get(resolved(root, pointer));
    return values != null && values.types.contains(JsonNodeType.NULL);
  }

  /** Whether there were objects of this schema, each with this property. */
  public boolean always(String pointer, String name) {
    Values values = bySchema.get(pointer);
    return values != null
        && values.objects > 0
        && values.names.getOrDefault(name, 0) == values.objects;
  }

  /** Whether there was a value of just this length, size or number. */
  public boolean reached(String pointer, long bound) {
    Values values = bySchema.get(pointer);
    return values != null && (values.least == bound || values.most == bound);
  }

  /** What of a value was never seen of this schema; empty where all was. */
  public List<String> strange(JsonNode root, String pointer, JsonNode value) {
    List<String> findings = new ArrayList<>();
    strange(root, pointer, value, findings);
    return findings;
  }

  private void strange(JsonNode root, String pointer, JsonNode value, List<String> findings) {
    String schema = resolved(root, pointer);
    Values values = bySchema.get(schema);
    if (values == null) {
      return;
    }
    if (!values.types.contains(value.getNodeType())) {
      findings.add(schema + " was never of type " + value.getNodeType());
      return;
    }
    if (value.isObject()) {
      boolean map = root.at(schema).path("properties").isEmpty();
      value
          .properties()
          .forEach(
              property -> {
                if (!map && !values.names.containsKey(property.getKey())) {
                  findings.add(schema + " never had " + property.getKey());
                }
                String inner = inner(root, schema, property.getKey());
                if (inner != null) {
                  strange(root, inner, property.getValue(), findings);
                }
              });
      values.names.forEach(
          (name, times) -> {
            if (times == values.objects && !value.has(name)) {
              findings.add(schema + " always had " + name);
            }
          });
    } else if (root.at(schema).has("items")) {
      value.forEach(item -> strange(root, schema + "/items", item, findings));
    }
  }

  private static String inner(JsonNode root, String schema, String name) {
    if (root.at(schema).path("properties").has(name)) {
      return schema + "/properties/" + Spec.escaped(name);
    }
    return root.at(schema).path("additionalProperties").isObject()
        ? schema + "/additionalProperties"
        : null;
  }

  private static String resolved(JsonNode root, String pointer) {
    JsonNode node = root.at(pointer);
    return node.path("$ref").isTextual()
        ? resolved(root, node.get("$ref").asText().substring(1))
        : pointer;
  }
}
