package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A value in JSON that is another one at a single place: a field dropped, renamed or of another
 * type.
 *
 * @param place where, with a star for whichever item of a list, or key of a map
 * @param made makes it: most are never looked at
 */
record Mutation(String place, String words, Supplier<JsonNode> made) {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  JsonNode value() {
    return made.get();
  }

  /**
   * All of a value that a contract describes: of each list those of the fields that no earlier item
   * has, and nothing of what it lets be anything.
   *
   * @param schema where it is described
   * @param example whether it is as good without what may be missing
   */
  static List<Mutation> all(JsonNode contract, String schema, JsonNode value, boolean example) {
    List<Mutation> all = new ArrayList<>();
    if (example) {
      all.add(new Mutation("", "of another type", () -> retyped(value)));
    }
    new Maker(contract, value, example, new HashSet<>(), all)
        .collect(contract.at(schema), value, "", "");
    return all;
  }

  /** The places of all fields of a value. */
  static Set<String> places(JsonNode value) {
    Set<String> places = new HashSet<>();
    places(value, "", places);
    return places;
  }

  private static void places(JsonNode value, String place, Set<String> places) {
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      places.add(place + "/" + field.getKey());
      places(field.getValue(), place + "/" + field.getKey(), places);
    }
    if (value.isArray()) {
      value.forEach(item -> places(item, place + "/*", places));
    }
  }

  private record Maker(
      JsonNode contract, JsonNode whole, boolean example, Set<String> known, List<Mutation> all) {

    void collect(JsonNode unresolved, JsonNode value, String pointer, String place) {
      JsonNode schema =
          unresolved.has("$ref")
              ? contract.at(unresolved.get("$ref").asText().substring(1))
              : unresolved;
      Set<String> required = new HashSet<>();
      schema.path("required").forEach(name -> required.add(name.asText()));
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        String name = field.getKey();
        boolean named = schema.path("properties").has(name);
        JsonNode inner =
            named ? schema.get("properties").get(name) : schema.path("additionalProperties");
        if (!inner.isObject() || inner.isEmpty()) {
          continue;
        }
        String there = place + "/" + (named ? name : "*");
        if (known.add(there)) {
          fields(field, named, required.contains(name), pointer, there);
        }
        collect(
            inner,
            field.getValue(),
            pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
            there);
      }
      for (int i = 0; i < (value.isArray() ? value.size() : 0); i++) {
        collect(schema.path("items"), value.get(i), pointer + "/" + i, place + "/*");
      }
    }

    private void fields(
        Map.Entry<String, JsonNode> field,
        boolean named,
        boolean required,
        String pointer,
        String place) {
      String name = field.getKey();
      if (named && (required || !example)) {
        all.add(of(place, "dropped", whole, pointer, object -> object.remove(name)));
      }
      if (named) {
        all.add(
            of(
                place,
                "renamed",
                whole,
                pointer,
                object -> object.set(MutantMaker.NONE, object.remove(name))));
      }
      all.add(
          of(
              place,
              "of another type",
              whole,
              pointer,
              object -> object.set(name, retyped(field.getValue()))));
    }
  }

  private static Mutation of(
      String place, String words, JsonNode whole, String pointer, Consumer<ObjectNode> change) {
    return new Mutation(
        place,
        words,
        () -> {
          JsonNode copy = whole.deepCopy();
          change.accept((ObjectNode) copy.at(pointer));
          return copy;
        });
  }

  /** Of a type that is neither its own nor taken for it. */
  private static JsonNode retyped(JsonNode value) {
    if (value.isNull()) {
      return NODES.booleanNode(true);
    }
    return value.isObject() ? NODES.arrayNode() : NODES.objectNode();
  }
}
