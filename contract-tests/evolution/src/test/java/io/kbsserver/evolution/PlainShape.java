package io.kbsserver.evolution;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says in the shape of our contract what OpenAPI lets one say in others: parts that stand elsewhere
 * stand in their place, except schemas; {@code allOf} is one schema; what may be left out is there.
 */
final class PlainShape {

  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private static final String OURS = "x-kbs-";

  /** The other extensions that this build acts on. Those of others mean nothing to clients. */
  private static final Set<String> EXTENSIONS =
      Set.of(
          "x-deprecated-since",
          "x-enum-varnames",
          "x-sunset",
          Messages.WEBHOOKS,
          "x-wordpress-routes");

  /** Values as they are; nothing in them is a keyword or a reference. */
  private static final Set<String> LITERAL = Set.of("default", "enum", "example", "examples");

  private static final String EXAMPLES = "examples";
  private static final String NULLABLE = "nullable";
  private static final String REFERENCE = "$ref";

  /** The keys below these are names as well. */
  private static final Set<String> NAMED_AS_WELL = Set.of("callbacks", "links", "mapping");

  private final ObjectNode root;

  private PlainShape(ObjectNode root) {
    this.root = root;
  }

  /**
   * The same contract in that shape.
   *
   * @throws Unjudgeable where it refers to what is not there
   */
  static ObjectNode of(ObjectNode contract) {
    PlainShape shape = new PlainShape(contract.deepCopy());
    dropNulls(shape.root, false);
    shape.references();
    shape.root.path("paths").forEach(shape::pathItem);
    shape.root.path(Messages.WEBHOOKS).forEach(shape::pathItem);
    shape.merge(shape.root, List.of(), false);
    dropExtensions(shape.root, false);
    return shape.root;
  }

  /**
   * The same contract with a response of its own for each status that a release has one for, where
   * it has one for all of them or for all of a kind.
   */
  static Edition completed(Edition contract, Edition release) {
    ObjectNode tree = contract.tree().deepCopy();
    release
        .tree()
        .path("paths")
        .properties()
        .forEach(
            path ->
                METHODS.forEach(
                    method ->
                        complete(
                            PathVariables.item(tree.path("paths"), path.getKey())
                                .path(method)
                                .path("responses"),
                            path.getValue().path(method).path("responses"))));
    return new Edition(tree);
  }

  private static void complete(JsonNode responses, JsonNode released) {
    released
        .fieldNames()
        .forEachRemaining(
            status -> {
              JsonNode kind = responses.path(status.charAt(0) + "XX");
              JsonNode general = kind.isObject() ? kind : responses.path("default");
              if (general.isObject()) {
                ((ObjectNode) responses).putIfAbsent(status, general);
              }
            });
  }

  private static void dropNulls(JsonNode node, boolean named) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
        String key = entry.getKey();
        if (named || !LITERAL.contains(key)) {
          if (entry.getValue().isNull()) {
            object.remove(key);
          }
          dropNulls(entry.getValue(), areNames(named, key, entry.getValue()));
        }
      }
    } else {
      node.forEach(item -> dropNulls(item, false));
    }
  }

  /** Whether the keys of what stands below a key are names that somebody chose. */
  private static boolean areNames(boolean named, String key, JsonNode below) {
    return !named && Edition.NAMED.contains(key) && below.isObject();
  }

  private static void dropExtensions(JsonNode node, boolean named) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
        String key = entry.getKey();
        if (!named && key.startsWith("x-") && !key.startsWith(OURS) && !EXTENSIONS.contains(key)) {
          object.remove(key);
        } else if (named || !LITERAL.contains(key)) {
          dropExtensions(entry.getValue(), areNames(named, key, entry.getValue()));
        }
      }
    } else {
      node.forEach(item -> dropExtensions(item, false));
    }
  }

  /**
   * That all references lead into the file: nothing is asked of other hosts, by no library either.
   *
   * @throws Unjudgeable where one leads elsewhere, or nowhere
   */
  static void demandOwn(JsonNode contract) {
    new PlainShape(contract.deepCopy()).references();
  }

  private void references() {
    references(root, false, "#");
  }

  /**
   * Each reference leads where it ends, within the file.
   *
   * @param named whether the keys are names that somebody chose
   */
  private void references(JsonNode node, boolean named, String place) {
    if (!(node instanceof ObjectNode object)) {
      for (int i = 0; i < node.size(); i++) {
        references(node.get(i), false, place + "/" + i);
      }
      return;
    }
    if (!named) {
      reference(object, place);
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String key = entry.getKey();
      JsonNode value = entry.getValue();
      if (named || !LITERAL.contains(key)) {
        boolean names = Edition.NAMED.contains(key) || NAMED_AS_WELL.contains(key);
        references(
            value,
            !named && names && value.isObject(),
            place + JsonPointer.empty().appendProperty(key));
      } else if (key.equals(EXAMPLES)) {
        // Each is a reference, or a value as it is.
        value.forEach(example -> reference(example, place + "/" + key));
      }
    }
  }

  /** What leads elsewhere from this object itself. */
  private void reference(JsonNode node, String place) {
    if (node.path(REFERENCE).isTextual()) {
      ((ObjectNode) node).put(REFERENCE, end(node.get(REFERENCE).asText(), place));
    }
    if (node.path("operationRef").isTextual()) {
      end(node.get("operationRef").asText(), place);
    }
    for (JsonNode schema : node.path("discriminator").path("mapping")) {
      // A name, or a reference.
      if (schema.asText().contains("/")) {
        end(schema.asText(), place);
      }
    }
  }

  /** Where a reference ends; that it does nowhere is told with the place that it stands at. */
  private String end(String reference, String place) {
    try {
      return end(reference, new HashSet<>());
    } catch (Unjudgeable e) {
      throw new Unjudgeable(e.getMessage() + " (at " + place + ")");
    }
  }

  private String end(String reference, Set<String> seen) {
    if (!reference.startsWith("#/")) {
      throw new Unjudgeable("it refers to %s, which is not in the file".formatted(reference));
    }
    if (!seen.add(reference)) {
      throw new Unjudgeable("the reference %s leads back to itself".formatted(reference));
    }
    String pointer = URLDecoder.decode(reference.replace("+", "%2B"), StandardCharsets.UTF_8);
    JsonNode target = root.at(pointer.substring(1));
    if (target.isMissingNode()) {
      throw new Unjudgeable("it refers to %s, and there is no such part".formatted(reference));
    }
    return target.path("$ref").isTextual() ? end(target.get("$ref").asText(), seen) : pointer;
  }

  private void pathItem(JsonNode node) {
    if (!(node instanceof ObjectNode item)) {
      return;
    }
    inline(item);
    JsonNode shared = item.path("parameters").deepCopy();
    item.remove("parameters");
    for (String method : METHODS) {
      if (item.get(method) instanceof ObjectNode operation) {
        operation(operation, shared);
      } else {
        item.remove(method);
      }
    }
  }

  private void operation(ObjectNode operation, JsonNode shared) {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    for (JsonNode list : List.of(shared, operation.path("parameters"))) {
      for (JsonNode parameter : list) {
        ObjectNode plain = (ObjectNode) inlined(parameter);
        demandNothing(plain);
        parameters.put(plain.path("in") + " " + plain.path("name"), plain);
      }
    }
    operation.putArray("parameters").addAll(parameters.values());
    if (operation.get("requestBody") instanceof ObjectNode body) {
      inline(body);
      body.path("content").forEach(this::demandNothing);
    }
    for (JsonNode response : operation.path("responses")) {
      inline((ObjectNode) response);
      response.path("content").forEach(this::demandNothing);
      for (JsonNode header : response.path("headers")) {
        inline((ObjectNode) header);
        demandNothing(header);
      }
    }
  }

  /** A schema that everything fulfils, where there is none. */
  private void demandNothing(JsonNode value) {
    ((ObjectNode) value).putIfAbsent("schema", root.objectNode());
  }

  private JsonNode inlined(JsonNode node) {
    JsonNode copy = node.deepCopy();
    inline((ObjectNode) copy);
    return copy;
  }

  /** Puts what is referred to in the place of a reference. */
  private void inline(ObjectNode node) {
    if (node.path("$ref").isTextual()) {
      ObjectNode target = root.at(node.remove("$ref").asText().substring(1)).deepCopy();
      target.properties().forEach(entry -> node.putIfAbsent(entry.getKey(), entry.getValue()));
    }
  }

  /**
   * Makes one schema of all parts of {@code allOf}, wherever that stands.
   *
   * @param open the references that were followed on the way here
   * @param named whether the keys are names that somebody chose
   */
  private void merge(JsonNode node, List<String> open, boolean named) {
    if (!(node instanceof ObjectNode object)) {
      node.forEach(item -> merge(item, open, false));
      return;
    }
    List<String> inside = new ArrayList<>(open);
    if (!named && object.path("allOf").isArray()) {
      ObjectNode one = merged(object, open, inside);
      if (one != null) {
        object.removeAll();
        object.setAll(one);
      }
    }
    object.properties().stream()
        .filter(entry -> named || !LITERAL.contains(entry.getKey()))
        .forEach(
            entry ->
                merge(entry.getValue(), inside, areNames(named, entry.getKey(), entry.getValue())));
  }

  /**
   * All that a schema demands as one; null where that cannot be said without {@code allOf}.
   *
   * @param open the references that were followed on the way here: who has itself within is told
   *     once, and then again
   * @param followed is told which are followed from here
   */
  private ObjectNode merged(ObjectNode schema, List<String> open, List<String> followed) {
    ObjectNode one = schema.deepCopy();
    one.remove("allOf");
    boolean neverNull = false;
    for (JsonNode part : schema.path("allOf")) {
      ObjectNode other = (ObjectNode) part;
      List<String> inside = new ArrayList<>(open);
      if (other.path("$ref").isTextual()) {
        String reference = other.get("$ref").asText();
        if (Collections.frequency(open, reference) > 1) {
          return null;
        }
        inside.add(reference);
        followed.add(reference);
        other = (ObjectNode) root.at(reference.substring(1));
      }
      ObjectNode plain = merged(other, inside, followed);
      if (plain == null || !add(one, plain)) {
        return null;
      }
      neverNull |= plain.has("type") && !plain.path(NULLABLE).asBoolean();
    }
    if (neverNull && !schema.path(NULLABLE).asBoolean()) {
      // What a part does not allow, no other does.
      one.remove(NULLABLE);
    }
    return one;
  }

  private static boolean add(ObjectNode one, ObjectNode other) {
    for (Map.Entry<String, JsonNode> entry : other.properties()) {
      String keyword = entry.getKey();
      JsonNode there = one.get(keyword);
      if (there == null) {
        one.set(keyword, entry.getValue());
      } else if (keyword.equals("required")) {
        Set<JsonNode> names = new LinkedHashSet<>();
        there.forEach(names::add);
        entry.getValue().forEach(names::add);
        ((ArrayNode) there).removeAll().addAll(new ArrayList<>(names));
      } else if (keyword.equals("properties")) {
        for (Map.Entry<String, JsonNode> property : entry.getValue().properties()) {
          JsonNode known = ((ObjectNode) there).putIfAbsent(property.getKey(), property.getValue());
          if (known != null && !known.equals(property.getValue())) {
            return false;
          }
        }
      } else if (!Edition.DOCUMENTATION.contains(keyword)
          && !keyword.equals(NULLABLE)
          && !there.equals(entry.getValue())) {
        return false;
      }
    }
    return true;
  }
}
