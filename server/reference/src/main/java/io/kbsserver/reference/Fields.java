package io.kbsserver.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is said of fields and parameters, each as a row: nothing of it is left to be asked for. */
final class Fields {

  /**
   * Where an object is explained.
   *
   * @param id the anchor
   * @param title what stands above it
   * @param words what it is called elsewhere
   */
  record Place(String id, String title, String words) {}

  /** A bound in words; its value comes behind them. */
  record Bound(String words, String value) {}

  /** Whose fields they are. */
  enum Side {
    SENT,
    ANSWERED
  }

  private static final Map<String, String> BOUNDS = new LinkedHashMap<>();

  static {
    BOUNDS.put("minimum", "at least");
    BOUNDS.put("maximum", "at most");
    BOUNDS.put("minLength", "characters: at least");
    BOUNDS.put("maxLength", "characters: at most");
    BOUNDS.put("minItems", "values: at least");
    BOUNDS.put("maxItems", "values: at most");
    BOUNDS.put("pattern", "looks like");
  }

  private static final String REQUIRED = "required";

  private final PrintedContract contract;
  private final Markdown markdown;
  private final Map<String, Place> objects;

  /**
   * Rows that lead to these objects rather than repeating them.
   *
   * @param objects what has a place of its own, by the name of its schema
   */
  Fields(PrintedContract contract, Markdown markdown, Map<String, Place> objects) {
    this.contract = contract;
    this.markdown = markdown;
    this.objects = objects;
  }

  List<Map<String, Object>> of(JsonNode schema, Side side) {
    List<Map<String, Object>> rows = new ArrayList<>();
    collect("", schema, side, new ArrayDeque<>(), rows);
    return rows;
  }

  Map<String, Object> parameter(JsonNode parameter) {
    JsonNode schema = contract.resolved(parameter.path("schema"));
    Map<String, Object> row =
        row(
            parameter.path("name").asText(),
            schema,
            parameter.path("required").asBoolean() ? REQUIRED : "",
            parameter.path("description").asText(schema.path("description").asText()),
            contract.exampleOf(parameter));
    row.put("in", parameter.path("in").asText());
    row.put("deprecated", parameter.path("deprecated").asBoolean());
    return row;
  }

  private void collect(
      String prefix,
      JsonNode reference,
      Side side,
      Deque<String> within,
      List<Map<String, Object>> rows) {
    JsonNode schema = contract.resolved(reference);
    String name = PrintedContract.nameOf(reference);
    if (!name.isEmpty() && within.contains(name)) {
      return;
    }
    within.push(name);
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(one -> required.add(one.asText()));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode said = property.getValue();
      JsonNode type = contract.resolved(said);
      JsonNode inner = said;
      String path = prefix + property.getKey();
      String below = path + ".";
      if (type.path("type").asText().equals("array")) {
        inner = type.path("items");
        below = path + "[].";
      } else if (type.path("additionalProperties").isObject()) {
        inner = type.path("additionalProperties");
        below = path + ".*.";
      }
      String description =
          said.path("description")
              .asText(
                  type.path("description")
                      .asText(contract.resolved(inner).path("description").asText()));
      Map<String, Object> row =
          row(
              path,
              type,
              must(side, required, property.getKey()),
              description,
              type.path("example"));
      Place object = objects.get(PrintedContract.nameOf(inner));
      rows.add(row);
      if (object == null) {
        collect(below, inner, side, within, rows);
      } else {
        row.put("object", object);
      }
    }
    within.pop();
  }

  /** What is sent may be left out; what is answered is there, unless it is said otherwise. */
  private static String must(Side side, Set<String> required, String name) {
    return switch (side) {
      case SENT -> required.contains(name) ? REQUIRED : "";
      case ANSWERED -> required.contains(name) ? "" : "not always there";
    };
  }

  private Map<String, Object> row(
      String name, JsonNode schema, String must, String description, JsonNode example) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("type", type(schema));
    row.put("must", must);
    row.put("deprecated", schema.path("deprecated").asBoolean());
    row.put("description", markdown.html(description));
    JsonNode values = schema.has("items") ? contract.resolved(schema.path("items")) : schema;
    JsonNode allowed = schema.has("enum") ? schema : values;
    List<String> allowedValues = new ArrayList<>();
    allowed.path("enum").forEach(one -> allowedValues.add(shown(one)));
    row.put("allowed", allowedValues);
    row.put("hasAllowed", !allowedValues.isEmpty());
    List<Bound> bounds = new ArrayList<>();
    for (JsonNode said : values == schema ? List.of(schema) : List.of(schema, values)) {
      BOUNDS.forEach(
          (keyword, words) -> {
            if (said.has(keyword)) {
              bounds.add(new Bound(words, said.path(keyword).asText()));
            }
          });
    }
    row.put("bounds", bounds);
    row.put("hasBounds", !bounds.isEmpty());
    row.put("hasDefault", schema.has("default"));
    row.put("default", shown(schema.path("default")));
    boolean shows = !example.isMissingNode() && !example.isContainerNode();
    row.put("hasExample", shows);
    row.put("example", shows ? shown(example) : "");
    return row;
  }

  private static String shown(JsonNode value) {
    if (value.isTextual()) {
      return value.asText().isEmpty() ? "\"\"" : value.asText();
    }
    return value.toString();
  }

  private String type(JsonNode schema) {
    String type = schema.path("type").asText();
    String words =
        switch (type) {
          case "array" -> "list of " + plural(type(contract.resolved(schema.path("items"))));
          case "" -> "any";
          default ->
              schema.has("format") ? type + " (" + schema.path("format").asText() + ")" : type;
        };
    return schema.path("nullable").asBoolean() ? words + " or null" : words;
  }

  private static String plural(String type) {
    int end = type.indexOf(' ');
    String word = end < 0 ? type : type.substring(0, end);
    return (word.equals("any") ? "values" : word + "s") + (end < 0 ? "" : type.substring(end));
  }
}
