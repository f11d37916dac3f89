package io.kbsserver.generators;

import static io.kbsserver.generators.Document.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Derives from the contract what the generators of clients can read with their default options.
 *
 * <p>A client that is generated from the view sends what the contract allows, and reads all that
 * the contract lets the server answer. No route and no field is named here: what generators stumble
 * on is found, or marked in the contract.
 */
public final class GeneratorsView {

  /** What generators are told of an argument that may be of several types. */
  private static final String MARK = "x-generators";

  /**
   * Names that languages, or what generators make for each client, have taken already. Names of
   * schemas are neither sent nor answered.
   */
  private static final Map<String, String> TAKEN =
      Map.of("Error", "ErrorEnvelope", "FormData", "SubmittedForm");

  /** What the enums of some languages call something of every value. */
  private static final Set<String> TAKEN_BY_ENUMS = Set.of("name", "ordinal");

  private static final String EMBED =
      """
      name: _embed
      in: query
      description: >-
        The names of links that are to be followed; what they lead to stands in `_embedded`. `true`
        follows all that can be.
      style: form
      explode: false
      schema: {type: array, items: {type: string}}
      example: [agent, customer]
      """;

  /** Objects, lists of them, or the error that stands for one. */
  private static final String EMBEDDED =
      """
      type: object
      description: What `_embed` asks for, by the names of the links.
      additionalProperties: {type: array, items: {}}
      """;

  private static final String SCHEMAS = "#/components/schemas/";

  private final Document view;
  private final Map<Object, Set<String>> dropped = new IdentityHashMap<>();
  private final Set<Object> opened = Collections.newSetFromMap(new IdentityHashMap<>());

  private GeneratorsView(Document contract) {
    this.view = contract;
  }

  /** Called by the build, with the contract and the file to write. */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[1]);
    Files.createDirectories(target.getParent());
    Files.writeString(target, of(Files.readString(Path.of(arguments[0]))));
  }

  /** The view of a contract, both as YAML. */
  static String of(String contract) {
    GeneratorsView made = new GeneratorsView(Document.parse(contract));
    FileBodies.leaveAsTheyAre(made.view);
    made.view.each(GeneratorsView::applyMark);
    made.view.each(GeneratorsView::dropListAsDefault);
    made.view.each(GeneratorsView::renameValues);
    made.view.each(made::dropTwins);
    made.view.each(made::pruneExamples);
    map(made.view.root().get("paths")).values().forEach(made::offerEmbedding);
    made.view.each(made::openAnswers);
    made.renameSchemas();
    made.refuseTwins();
    return "# Made from the contract, for generators of clients. Not to be edited.\n"
        + made.view.yaml();
  }

  private static void applyMark(Map<String, Object> object) {
    if (object.remove(MARK) instanceof Map<?, ?> mark) {
      object.putAll(map(mark));
    }
  }

  /** Not given means the default, and Go cannot write a list as one. */
  private static void dropListAsDefault(Map<String, Object> object) {
    if (object.get("default") instanceof List<?>) {
      object.remove("default");
    }
  }

  /**
   * A value that generated code cannot be called after gets another name there; it is sent as is.
   * As a default it goes: Kotlin's generator would call it by its old name.
   */
  private static void renameValues(Map<String, Object> schema) {
    if (schema.get("enum") instanceof List<?> values
        && values.stream().anyMatch(TAKEN_BY_ENUMS::contains)) {
      schema.put(
          "x-enum-varnames",
          values.stream()
              .map(value -> TAKEN_BY_ENUMS.contains(value) ? value + "_" : value)
              .toList());
      if (schema.get("default") instanceof String value && TAKEN_BY_ENUMS.contains(value)) {
        schema.remove("default");
      }
    }
  }

  /**
   * Of a field that is answered under two names, such as {@code links} and {@code _links}, the name
   * of WordPress stays: in generated code, both are one.
   */
  private void dropTwins(Map<String, Object> schema) {
    if (!(schema.get("properties") instanceof Map<?, ?> fields)) {
      return;
    }
    Map<String, Object> properties = map(fields);
    for (String name : List.copyOf(properties.keySet())) {
      String bare = name.replaceFirst("^_+", "");
      if (!bare.equals(name) && Objects.equals(properties.get(bare), properties.get(name))) {
        properties.remove(bare);
        if (schema.get("required") instanceof List<?> required) {
          required.remove(bare);
        }
        dropped.computeIfAbsent(schema, none -> new HashSet<>()).add(bare);
      }
    }
  }

  private void pruneExamples(Map<String, Object> content) {
    Object schema = content.get("schema");
    prune(content.get("example"), schema);
    if (content.get("examples") instanceof Map<?, ?> examples) {
      for (Object example : examples.values()) {
        prune(map(view.resolved(example)).get("value"), schema);
      }
    }
  }

  private void prune(Object value, Object unresolved) {
    if (!(view.resolved(unresolved) instanceof Map<?, ?> schema)) {
      return;
    }
    if (value instanceof List<?> list) {
      list.forEach(item -> prune(item, schema.get("items")));
    } else if (value instanceof Map<?, ?> object) {
      object.keySet().removeAll(dropped.getOrDefault(schema, Set.of()));
      Map<String, Object> properties =
          schema.get("properties") instanceof Map<?, ?> fields ? map(fields) : Map.of();
      object.forEach(
          (name, field) ->
              prune(field, properties.getOrDefault(name, schema.get("additionalProperties"))));
    }
  }

  /**
   * What links lead to may be read together with what has them. The contract says so once, for all
   * routes; clients that are generated know what stands at an operation.
   */
  private void offerEmbedding(Object path) {
    if (!(map(path).get("get") instanceof Map<?, ?> get)) {
      return;
    }
    Map<String, Object> operation = map(get);
    boolean offered = false;
    for (Object response : map(operation.get("responses")).values()) {
      if (map(view.resolved(response)).get("content") instanceof Map<?, ?> content) {
        for (Object type : content.values()) {
          offered |= hasRoom(map(type));
        }
      }
    }
    if (offered) {
      List<Object> parameters = new ArrayList<>();
      if (operation.get("parameters") instanceof List<?> others) {
        parameters.addAll(others);
      }
      parameters.add(new LinkedHashMap<>(Map.of("$ref", "#/components/parameters/Embed")));
      operation.put("parameters", parameters);
      map(map(view.root().get("components"))
              .computeIfAbsent("parameters", none -> new LinkedHashMap<>()))
          .putIfAbsent("Embed", read(EMBED));
    }
  }

  /** Whether links of an example can be embedded; then there is room for what they lead to. */
  private boolean hasRoom(Map<String, Object> content) {
    boolean embeddable = isEmbeddable(content.get("example"), false);
    if (content.get("examples") instanceof Map<?, ?> examples) {
      for (Object example : examples.values()) {
        embeddable |= isEmbeddable(map(view.resolved(example)).get("value"), false);
      }
    }
    if (embeddable) {
      Map<String, Object> schema = map(view.resolved(content.get("schema")));
      Map<String, Object> object =
          schema.containsKey("items") ? map(view.resolved(schema.get("items"))) : schema;
      map(object.get("properties")).putIfAbsent("_embedded", read(EMBEDDED));
    }
    return embeddable;
  }

  private static boolean isEmbeddable(Object value, boolean link) {
    if (value instanceof List<?> list) {
      return list.stream().anyMatch(item -> isEmbeddable(item, link));
    }
    if (!(value instanceof Map<?, ?> object)) {
      return false;
    }
    return link
        ? Boolean.TRUE.equals(object.get("embeddable"))
        : object.get("_links") instanceof Map<?, ?> links
            && links.values().stream().anyMatch(each -> isEmbeddable(each, true));
  }

  private static Map<String, Object> read(String yaml) {
    return Document.parse(yaml).root();
  }

  /** Fields of a later version are no error; generators ask for that in so many words. */
  private void openAnswers(Map<String, Object> operation) {
    if (isOperation(operation)) {
      for (Object response : map(operation.get("responses")).values()) {
        if (map(view.resolved(response)).get("content") instanceof Map<?, ?> content) {
          content.values().forEach(type -> open(map(type).get("schema")));
        }
      }
    }
  }

  /** A link names an operation, too, and is none. */
  private static boolean isOperation(Map<String, Object> object) {
    return object.containsKey("operationId") && object.containsKey("responses");
  }

  private void open(Object unresolved) {
    if (view.resolved(unresolved) instanceof Map<?, ?> found && opened.add(found)) {
      Map<String, Object> schema = map(found);
      if (schema.get("properties") instanceof Map<?, ?> fields) {
        fields.values().forEach(this::open);
        schema.putIfAbsent("additionalProperties", true);
      }
      open(schema.get("items"));
      open(schema.get("additionalProperties"));
    }
  }

  private void renameSchemas() {
    Map<String, Object> components = map(view.root().get("components"));
    Map<String, Object> schemas = new LinkedHashMap<>();
    map(components.get("schemas"))
        .forEach((name, schema) -> schemas.put(TAKEN.getOrDefault(name, name), schema));
    components.put("schemas", schemas);
    view.each(
        object -> {
          if (object.get("$ref") instanceof String reference && reference.startsWith(SCHEMAS)) {
            String name = reference.substring(SCHEMAS.length());
            object.put("$ref", SCHEMAS + TAKEN.getOrDefault(name, name));
          }
        });
  }

  /** What is left of names that are one name in generated code is for people to solve. */
  private void refuseTwins() {
    List<String> operations = new ArrayList<>();
    view.each(
        object -> {
          if (isOperation(object)) {
            String id = String.valueOf(object.get("operationId"));
            operations.add(id);
            if (object.get("parameters") instanceof List<?> parameters) {
              refuseTwins(
                  id,
                  parameters.stream().map(each -> map(view.resolved(each)).get("name")).toList());
            }
          }
          if (object.get("properties") instanceof Map<?, ?> fields) {
            refuseTwins("A schema", fields.keySet());
          }
          if (object.get("enum") instanceof List<?> values) {
            refuseTwins("A list of values", values);
          }
        });
    refuseTwins("The contract", operations);
    refuseTwins("The contract", map(map(view.root().get("components")).get("schemas")).keySet());
  }

  private static void refuseTwins(String where, Iterable<?> names) {
    Map<String, Object> known = new LinkedHashMap<>();
    for (Object name : names) {
      String folded = String.valueOf(name).replaceAll("[^\\p{Alnum}]", "").toLowerCase(Locale.ROOT);
      Object twin = known.putIfAbsent(folded, name);
      if (twin != null) {
        throw new IllegalStateException(
            "%s has %s and %s, which are one name in generated code.".formatted(where, twin, name));
      }
    }
  }
}
