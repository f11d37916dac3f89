package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.evolution.Change.Renamed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is never sent, and what the code of generated clients is full of: the classes that are made
 * of tags and schemas, and the order of arguments. Clients that are there go on; made anew, they do
 * not compile with what was written around them.
 */
final class NamesInClients {

  private static final String SCHEMAS = "#/components/schemas/";

  private final Set<Change> changes = new LinkedHashSet<>();
  private final Set<String> replaced = new HashSet<>();
  private final JsonNode before;
  private final JsonNode now;

  private NamesInClients(JsonNode before, JsonNode now) {
    this.before = before;
    this.now = now;
  }

  static Set<Change> changed(Edition released, Edition working) {
    NamesInClients names = new NamesInClients(released.tree(), working.tree());
    released.tree().path("paths").properties().forEach(names::path);
    for (Map.Entry<String, JsonNode> schema :
        released.tree().at("/components/schemas").properties()) {
      String name = schema.getKey();
      if (!working.tree().at("/components/schemas").has(name) && !names.replaced.contains(name)) {
        names.changes.add(new Renamed("The contract", "schema " + name, "is gone"));
      }
    }
    return names.changes;
  }

  private void path(Map.Entry<String, JsonNode> path) {
    JsonNode other = now.path("paths").path(path.getKey());
    for (String method : Edition.METHODS) {
      if (path.getValue().has(method) && other.has(method)) {
        operation(
            method.toUpperCase(Locale.ROOT) + " " + path.getKey(), path.getValue(), other, method);
      }
    }
  }

  private void operation(String name, JsonNode oldPath, JsonNode path, String method) {
    JsonNode old = oldPath.get(method);
    JsonNode current = path.get(method);
    if (!old.path("tags").equals(current.path("tags"))) {
      changes.add(
          new Renamed(
              name,
              "",
              "has the tags %s, had %s".formatted(current.path("tags"), old.path("tags"))));
    }
    arguments(name, names(before, oldPath, old), names(now, path, current));
    Set<String> seen = new HashSet<>();
    for (String part : List.of("parameters", "requestBody", "responses")) {
      schemas(name, old.path(part), current.path(part), seen);
    }
  }

  /** New ones may come behind those that were there. */
  private void arguments(String operation, List<String> old, List<String> current) {
    List<String> left = new ArrayList<>(old);
    left.retainAll(current);
    for (int i = 0; i < left.size(); i++) {
      if (!left.get(i).equals(current.get(i))) {
        changes.add(
            new Renamed(
                operation,
                "",
                "has %s as parameter %d, where %s was"
                    .formatted(current.get(i), i + 1, left.get(i))));
        return;
      }
    }
  }

  private static List<String> names(JsonNode root, JsonNode path, JsonNode operation) {
    // An operation may describe one of its path's again.
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode list : List.of(path.path("parameters"), operation.path("parameters"))) {
      for (JsonNode parameter : list) {
        JsonNode resolved = resolved(root, parameter);
        names.add(resolved.path("in").asText() + " " + resolved.path("name").asText());
      }
    }
    return List.copyOf(names);
  }

  private void schemas(String operation, JsonNode old, JsonNode current, Set<String> seen) {
    String reference = old.path("$ref").asText();
    String other = current.path("$ref").asText();
    // A schema may have itself within, on either side.
    if (current.isMissingNode() || (!reference.isEmpty() && !seen.add(reference + " " + other))) {
      return;
    }
    if (reference.startsWith(SCHEMAS) && other.startsWith(SCHEMAS)) {
      String name = reference.substring(SCHEMAS.length());
      String otherName = other.substring(SCHEMAS.length());
      if (!name.equals(otherName)) {
        replaced.add(name);
        changes.add(
            new Renamed(
                operation, "", "has the schema %s, where %s was".formatted(otherName, name)));
      }
    } else if (reference.startsWith(SCHEMAS) && isOfItsOwn(current)) {
      String name = reference.substring(SCHEMAS.length());
      changes.add(
          new Renamed(
              operation, "", "has a schema written out in place, where %s was".formatted(name)));
    } else if (other.startsWith(SCHEMAS) && isOfItsOwn(old)) {
      String name = other.substring(SCHEMAS.length());
      changes.add(
          new Renamed(
              operation, "", "has the schema %s, where one was written out".formatted(name)));
    }
    JsonNode inside = resolved(before, old);
    JsonNode otherInside = resolved(now, current);
    for (Map.Entry<String, JsonNode> entry : inside.properties()) {
      if (!Edition.DOCUMENTATION.contains(entry.getKey()) || entry.getValue().has("$ref")) {
        schemas(operation, entry.getValue(), otherInside.path(entry.getKey()), seen);
      }
    }
    for (int i = 0; inside.isArray() && i < inside.size(); i++) {
      schemas(operation, inside.get(i), otherInside.path(i), seen);
    }
  }

  /** Whether generators make a type of it that they have to find a name for. */
  private static boolean isOfItsOwn(JsonNode schema) {
    return schema.has("properties") || schema.has("enum");
  }

  private static JsonNode resolved(JsonNode root, JsonNode node) {
    return node.path("$ref").isTextual() ? root.at(node.get("$ref").asText().substring(1)) : node;
  }
}
