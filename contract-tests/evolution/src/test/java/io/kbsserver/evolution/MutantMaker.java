package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kbsserver.spec.Testimony;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes each contract that differs from ours at one place in what it means: a property, type,
 * bound, value, flag, parameter, status, header, type of contents, example or error code. Words,
 * order, the other marks of ours and the widths of numbers are left alone;
 * docs/contract-mutation.md names what else is.
 */
final class MutantMaker {

  /** What the mutants name that nobody has. */
  static final String NONE = Testimony.NOTHING;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Predicate<Testimony> NEVER = testimony -> false;
  private static final Set<String> WIDTHS = Set.of("int32", "int64", "binary");
  private static final List<String> BOUNDS =
      List.of("maximum", "maxLength", "maxItems", "minimum", "minLength", "minItems");

  private final JsonNode root;
  private final Set<String> answered = new HashSet<>();

  /** By their names: an example that is referred to from several places is one. */
  private final Map<String, Mutant> mutants = new LinkedHashMap<>();

  private MutantMaker(JsonNode root) {
    this.root = root;
  }

  static List<Mutant> all(JsonNode contract) {
    MutantMaker maker = new MutantMaker(contract);
    maker.make();
    return List.copyOf(maker.mutants.values());
  }

  private void make() {
    for (JsonNode item : root.get("paths")) {
      item.forEach(operation -> reach(operation.path("responses"), answered));
    }
    root.at("/components/schemas")
        .properties()
        .forEach(
            entry -> {
              String pointer = "/components/schemas/" + entry.getKey();
              schema(pointer, entry.getValue(), answered.contains(pointer));
            });
    root.at("/components/parameters")
        .properties()
        .forEach(e -> parameter("/components/parameters/" + escaped(e.getKey()), e.getValue()));
    root.at("/components/headers")
        .properties()
        .forEach(
            e ->
                schema(
                    "/components/headers/" + escaped(e.getKey()) + "/schema",
                    e.getValue().get("schema"),
                    true));
    root.at("/components/responses")
        .properties()
        .forEach(e -> response("/components/responses/" + escaped(e.getKey()), e.getValue()));
    root.at("/components/requestBodies")
        .properties()
        .forEach(e -> body("/components/requestBodies/" + escaped(e.getKey()), e.getValue()));
    for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (Edition.METHODS.contains(method.getKey())) {
          operation("/paths/" + escaped(path.getKey()) + "/" + method.getKey(), method.getValue());
        }
      }
    }
    root.path("x-kbs-error-codes")
        .properties()
        .forEach(e -> code("/x-kbs-error-codes/" + escaped(e.getKey()), e.getValue()));
  }

  private void operation(String pointer, JsonNode operation) {
    add("operation", pointer, null, "dropped");
    boolean open = operation.path("security").isArray() && operation.get("security").isEmpty();
    ArrayNode login = NODES.arrayNode();
    login.addObject().putArray("applicationPassword");
    add("login", pointer + "/security", open ? login : NODES.arrayNode(), open ? "asked" : "open");
    for (int i = 0; i < operation.path("parameters").size(); i++) {
      JsonNode parameter = operation.get("parameters").get(i);
      String place = pointer + "/parameters/" + i;
      JsonNode resolved = resolved(parameter);
      if (!resolved.path("in").asText().equals("path")) {
        add("parameter", place, null, resolved.path("name").asText() + " dropped");
        if (!parameter.has("$ref")) {
          parameter(place, parameter);
        }
      } else if (!parameter.has("$ref")) {
        schema(place + "/schema", parameter.get("schema"), false);
      }
    }
    if (operation.has("requestBody") && !operation.get("requestBody").has("$ref")) {
      body(pointer + "/requestBody", operation.get("requestBody"));
    }
    for (Map.Entry<String, JsonNode> response : operation.get("responses").properties()) {
      String place = pointer + "/responses/" + response.getKey();
      add("status", place, null, "dropped");
      if (!response.getValue().has("$ref")) {
        response(place, response.getValue());
      }
    }
  }

  private void parameter(String pointer, JsonNode parameter) {
    if (!parameter.path("in").asText().equals("path")) {
      boolean required = parameter.path("required").asBoolean();
      add(
          "required",
          pointer + "/required",
          NODES.booleanNode(!required),
          String.valueOf(!required));
    }
    schema(pointer + "/schema", parameter.get("schema"), false);
  }

  private void body(String pointer, JsonNode body) {
    for (Map.Entry<String, JsonNode> content : body.path("content").properties()) {
      String place = pointer + "/content/" + escaped(content.getKey());
      add("media type", place, null, "dropped");
      JsonNode schema = content.getValue().path("schema");
      if (!schema.has("$ref")) {
        schema(place + "/schema", schema, false);
      }
      examples(place, content.getValue(), false);
    }
  }

  private void response(String pointer, JsonNode response) {
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      String place = pointer + "/headers/" + escaped(header.getKey());
      add("header", place, null, "dropped");
      if (!header.getValue().has("$ref")) {
        schema(place + "/schema", header.getValue().get("schema"), true);
      }
    }
    for (Map.Entry<String, JsonNode> content : response.path("content").properties()) {
      String place = pointer + "/content/" + escaped(content.getKey());
      add("media type", place, null, "dropped");
      JsonNode schema = content.getValue().path("schema");
      if (!schema.has("$ref")) {
        schema(place + "/schema", schema, true);
      }
      examples(place, content.getValue(), true);
    }
  }

  private void code(String pointer, JsonNode code) {
    add("error code", pointer, null, "dropped");
    for (int i = 0; i < code.path("status").size(); i++) {
      add("error code", pointer + "/status/" + i, NODES.numberNode(418), "of another status");
    }
    boolean detail = code.path("detail").asBoolean();
    if (detail) {
      add("error code", pointer + "/detail", NODES.booleanNode(false), "of no parameter");
    }
  }

  private void schema(String pointer, JsonNode schema, boolean answer) {
    Predicate<Testimony> seen = answer ? t -> t.answered().any(root, pointer) : NEVER;
    if (schema.has("$ref")) {
      add("type", pointer, NODES.objectNode().put("type", "string"), "string, and no reference");
      return;
    }
    String type = schema.path("type").asText();
    if (!type.isEmpty()) {
      // Texts that begin with a digit are taken for numbers.
      String other = !type.equals("string") ? "string" : answer ? "integer" : "boolean";
      Predicate<Testimony> objects =
          type.equals("object") && !answer ? t -> t.taken().any(root, pointer) : NEVER;
      boolean number = answer && type.equals("integer");
      add("type", pointer + "/type", NODES.textNode(other), other, number ? seen : objects);
    }
    if (schema.has("format") && !WIDTHS.contains(schema.get("format").asText())) {
      add("format", pointer + "/format", null, schema.get("format").asText() + " dropped", seen);
    }
    if (schema.has("pattern")) {
      add("pattern", pointer + "/pattern", null, "dropped", seen);
    }
    bounds(pointer, schema, answer);
    values(pointer, schema, seen);
    boolean nullable = schema.path("nullable").asBoolean();
    if (nullable) {
      Predicate<Testimony> none = answer ? NEVER : t -> t.taken().none(root, pointer);
      add("nullable", pointer + "/nullable", null, "dropped", none);
    } else if (answer && !type.isEmpty()) {
      add("nullable", pointer + "/nullable", NODES.booleanNode(true), "added", seen);
    }
    properties(pointer, schema, answer);
    if (schema.has("default") && !answer) {
      standard(pointer, schema);
    }
    if (schema.has("example")) {
      examples(pointer, pointer + "/example", schema.get("example"), answer);
    }
    if (schema.has("items")) {
      schema(pointer + "/items", schema.get("items"), answer);
    }
    if (schema.path("additionalProperties").isObject()) {
      schema(pointer + "/additionalProperties", schema.get("additionalProperties"), answer);
    }
  }

  private void bounds(String pointer, JsonNode schema, boolean answer) {
    for (String bound : BOUNDS) {
      if (schema.path(bound).isIntegralNumber()) {
        long value = schema.get(bound).asLong();
        int outwards = bound.startsWith("max") ? 1 : -1;
        Predicate<Testimony> reached = answer ? t -> t.answered().reached(pointer, value) : NEVER;
        String place = pointer + "/" + bound;
        if (bound.startsWith("min") && !bound.equals("minimum") && value == 0) {
          continue;
        }
        add("bound", place, NODES.numberNode(value + outwards), "wider", reached);
        add("bound", place, NODES.numberNode(value - outwards), "narrower");
      }
    }
  }

  private void values(String pointer, JsonNode schema, Predicate<Testimony> seen) {
    for (int i = 0; i < schema.path("enum").size(); i++) {
      String value = schema.get("enum").get(i).asText();
      add("value", pointer + "/enum/" + i, null, value + " dropped");
    }
    if (schema.has("enum")) {
      ArrayNode more = schema.get("enum").deepCopy();
      add("value", pointer + "/enum", more.add(NONE), "one more", seen);
    }
  }

  private void properties(String pointer, JsonNode schema, boolean answer) {
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = property.getKey();
      String place = pointer + "/properties/" + escaped(name);
      add("property", place, null, "dropped");
      ArrayNode names = NODES.arrayNode();
      if (required.contains(name)) {
        required.stream().filter(each -> !each.equals(name)).forEach(names::add);
        Predicate<Testimony> always = answer ? t -> t.answered().always(pointer, name) : NEVER;
        add("required", pointer + "/required", names, name + " no longer", always);
      } else {
        required.forEach(names::add);
        add("required", pointer + "/required", names.add(name), name + " as well");
      }
      schema(place, property.getValue(), answer);
    }
  }

  /** The other default is one that a request was likely to give. */
  private void standard(String pointer, JsonNode schema) {
    JsonNode value = schema.get("default");
    JsonNode other = null;
    if (value.isBoolean()) {
      other = NODES.booleanNode(!value.asBoolean());
    } else if (value.isIntegralNumber()) {
      long least = schema.path("minimum").asLong(7);
      other = NODES.numberNode(value.asLong() == least ? least + 1 : least);
    } else {
      for (JsonNode each : schema.path("enum")) {
        other = each.equals(value) ? other : each;
      }
    }
    if (other != null) {
      String name = root.at(pointer.replaceFirst("/schema$", "")).path("name").asText();
      String before = value.asText();
      String after = other.asText();
      Mutant mutant =
          new Mutant("default", pointer + "/default", other, before + " is " + after, NEVER);
      add(
          mutant.kind(),
          mutant.pointer(),
          other,
          mutant.words(),
          t -> t.takesForGranted(mutant.part(), name, before, after));
    }
  }

  private void examples(String pointer, JsonNode content, boolean answer) {
    String schema = pointer + "/schema";
    if (content.has("example")) {
      examples(schema, pointer + "/example", content.get("example"), answer);
    }
    for (Map.Entry<String, JsonNode> example : content.path("examples").properties()) {
      String place = pointer + "/examples/" + escaped(example.getKey());
      String value =
          (example.getValue().has("$ref")
                  ? example.getValue().get("$ref").asText().substring(1)
                  : place)
              + "/value";
      examples(schema, value, root.at(value), answer);
    }
  }

  /** An example is of what was seen, with each of its fields dropped, renamed, and retyped. */
  private void examples(String schema, String place, JsonNode example, boolean answer) {
    for (Mutation mutation : Mutation.all(root, schema, example, true)) {
      add(
          "example",
          place,
          mutation.value(),
          mutation.place() + " " + mutation.words(),
          t -> {
            var values = answer ? t.answered() : t.taken();
            List<String> known = values.strange(root, schema, example);
            return values.strange(root, schema, mutation.value()).stream()
                .anyMatch(finding -> !known.contains(finding));
          });
    }
  }

  private void reach(JsonNode node, Set<String> into) {
    if (node.path("$ref").isTextual()) {
      String target = node.get("$ref").asText().substring(1);
      if (into.add(target)) {
        reach(root.at(target), into);
      }
      return;
    }
    node.forEach(child -> reach(child, into));
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
  }

  private void add(String kind, String pointer, JsonNode after, String words) {
    add(kind, pointer, after, words, NEVER);
  }

  private void add(
      String kind, String pointer, JsonNode after, String words, Predicate<Testimony> unwitnessed) {
    Mutant mutant = new Mutant(kind, pointer, after, words, unwitnessed);
    mutants.merge(mutant.name(), mutant, Mutant::or);
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
