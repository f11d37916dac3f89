package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.contract.ContractFile;
import io.kbsserver.spec.Expectations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An OpenAPI file at one time of its history: a release, the one being worked on, or one asked of.
 *
 * @param tree all that it says
 */
record Edition(JsonNode tree) {

  /** Of all modules; Maven says where this one is. */
  static final Path HOUSE = Path.of(System.getProperty("basedir", "")).resolve("../..");

  static final Path WORKING = HOUSE.resolve("api/contract/src/main/openapi/kbs-v1.yaml");
  static final Path RELEASED = HOUSE.resolve("api/released");

  /** What a reader wants to know and no program acts on. */
  static final Set<String> DOCUMENTATION =
      Set.of(
          "description",
          "summary",
          "example",
          "examples",
          "externalDocs",
          "title",
          "tags",
          "x-generators");

  /** The keys below these are names that somebody chose, and no keywords. */
  static final Set<String> NAMED =
      Set.of(
          "args",
          "content",
          "headers",
          "parameters",
          "paths",
          "properties",
          "requestBodies",
          "responses",
          "schemas",
          "securitySchemes",
          Messages.WEBHOOKS);

  /** Values as they are; nothing in them is a keyword. */
  private static final Set<String> LITERAL = Set.of("default", "enum", "required");

  static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private static final ObjectMapper SORTING =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** A file or a folder as the caller of Maven named it, which runs the tests in the module. */
  static Path asked(String path) {
    return Path.of(System.getProperty("asked.from", "../..")).resolve(path);
  }

  static Edition read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Edition parse(String yaml) {
    return new Edition(ContractFile.read(yaml));
  }

  /**
   * All releases, the oldest first.
   *
   * @throws Unjudgeable where one is not what was released
   */
  static List<Edition> releases(Path folder) {
    List<String> changed = new ReleasedContracts(folder).findings();
    if (!changed.isEmpty()) {
      throw new Unjudgeable("in %s, %s".formatted(folder.normalize(), String.join(", ", changed)));
    }
    try (var files = Files.newDirectoryStream(folder, "*.yaml")) {
      List<Edition> releases = new ArrayList<>();
      for (Path file : files) {
        Edition release = read(file);
        if (!file.getFileName().toString().equals(release.version() + ".yaml")) {
          throw new IllegalStateException(
              file + " says that it is version " + release.version() + ": rename the file.");
        }
        releases.add(release);
      }
      releases.sort(Comparator.comparing(Edition::version));
      return releases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the file says in place of a version, whatever that is. */
  String versionText() {
    return tree.at("/info/version").asText();
  }

  Version version() {
    return Version.of(versionText());
  }

  /** What clients may expect, and those who are sent messages. */
  Expectations expectations() {
    return Expectations.of(Messages.asAnswers(tree));
  }

  /** The file without documentation and without its version. */
  ObjectNode withoutDocumentation() {
    ObjectNode bare = (ObjectNode) bare(tree, false);
    bare.remove("info");
    return bare;
  }

  /** The same for files that say the same but for documentation and the order of keys. */
  String digest() {
    try {
      Object plain = SORTING.treeToValue(withoutDocumentation(), Object.class);
      byte[] text = SORTING.writeValueAsString(plain).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What it means, whichever way it is written: the operations by method and path, each with all
   * that holds for it, and the messages among them, without references and documentation.
   */
  ObjectNode meaning() {
    return operations(true);
  }

  /** The same with references in their places: behind some of them, they come again without end. */
  ObjectNode outline() {
    return operations(false);
  }

  /** What is meant, where that is a reference; missing where it leads nowhere. */
  static JsonNode target(JsonNode root, JsonNode node) {
    JsonNode target = node;
    Set<JsonNode> seen = new HashSet<>();
    while (target.path("$ref").isTextual()) {
      target =
          seen.add(target)
              ? root.at(target.get("$ref").asText().substring(1))
              : MissingNode.getInstance();
    }
    return target;
  }

  private ObjectNode operations(boolean resolved) {
    ObjectNode bare = Messages.asAnswers(withoutDocumentation());
    ObjectNode meaning = JsonNodeFactory.instance.objectNode();
    ObjectNode operations = meaning.putObject("operations");
    bare.path("paths")
        .properties()
        .forEach(
            path ->
                METHODS.stream()
                    .filter(path.getValue()::has)
                    .forEach(
                        method ->
                            operations.set(
                                method.toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                operation(bare, path.getValue(), method, resolved))));
    meaning.set("securitySchemes", bare.at("/components/securitySchemes"));
    bare.remove(List.of("openapi", "paths", "components", "security"));
    meaning.setAll(bare);
    return meaning;
  }

  private static ObjectNode operation(
      ObjectNode bare, JsonNode path, String method, boolean whole) {
    ObjectNode operation = JsonNodeFactory.instance.objectNode();
    operation.set("security", bare.withArray("/security"));
    path.properties().stream()
        .filter(entry -> !METHODS.contains(entry.getKey()))
        .forEach(entry -> operation.set(entry.getKey(), entry.getValue()));
    operation.setAll((ObjectNode) path.get(method));
    Map<String, JsonNode> parameters = new TreeMap<>();
    for (JsonNode list : List.of(path.path("parameters"), path.get(method).path("parameters"))) {
      for (JsonNode parameter : list) {
        JsonNode resolved = whole ? resolved(bare, parameter, Set.of()) : target(bare, parameter);
        parameters.put(
            resolved.path("in").asText() + " parameter " + resolved.path("name").asText(),
            resolved);
      }
    }
    operation.remove("parameters");
    ObjectNode result = whole ? (ObjectNode) resolved(bare, operation, Set.of()) : operation;
    result.set("parameters", JsonNodeFactory.instance.objectNode().setAll(parameters));
    return result;
  }

  /** With what is referred to in the place of references, except where that would never end. */
  private static JsonNode resolved(ObjectNode bare, JsonNode node, Set<String> open) {
    if (node.isArray()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> list.add(resolved(bare, item, open)));
      return list;
    }
    if (!node.isObject()) {
      return node;
    }
    if (node.path("$ref").isTextual()) {
      String pointer = node.get("$ref").asText();
      if (open.contains(pointer)) {
        return node;
      }
      Set<String> inside = new HashSet<>(open);
      inside.add(pointer);
      return resolved(bare, bare.at(pointer.substring(1)), inside);
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    node.properties()
        .forEach(entry -> result.set(entry.getKey(), resolved(bare, entry.getValue(), open)));
    return result;
  }

  private static JsonNode bare(JsonNode node, boolean named) {
    if (node.isArray()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> list.add(bare(item, false)));
      return list;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    node.properties()
        .forEach(
            entry -> {
              String key = entry.getKey();
              if (named) {
                result.set(key, bare(entry.getValue(), false));
              } else if (LITERAL.contains(key)) {
                result.set(key, literal(key, entry.getValue()));
              } else if (!DOCUMENTATION.contains(key)) {
                result.set(key, bare(entry.getValue(), NAMED.contains(key)));
              }
            });
    return result;
  }

  /** The order of enum and required means nothing. */
  private static JsonNode literal(String key, JsonNode value) {
    if (key.equals("default") || !value.isArray()) {
      return value;
    }
    List<JsonNode> items = new ArrayList<>();
    value.forEach(items::add);
    items.sort(Comparator.comparing(JsonNode::asText));
    return JsonNodeFactory.instance.arrayNode().addAll(items);
  }
}
