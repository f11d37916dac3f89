package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.evolution.Change.Renamed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The variables of paths. Nobody sends their names: a path of which only these are others is the
 * same path, and clients that are there go on. In generated code they are names of arguments.
 *
 * @param before a path as it was
 * @param now the same path as it is called now
 */
record PathVariables(String before, String now) {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");
  private static final String PARAMETERS = "parameters";
  private static final String NAME = "name";

  /** The working contract with the names that a release has for the variables of its paths. */
  static Edition asIn(Edition released, Edition working) {
    List<PathVariables> all = between(released, working);
    if (all.isEmpty()) {
      return working;
    }
    ObjectNode tree = working.tree().deepCopy();
    all.forEach(path -> path.takeBack(tree));
    return new Edition(tree);
  }

  /** What is called otherwise in clients that are generated anew. */
  static Set<Change> renamed(Edition released, Edition working) {
    Set<Change> changes = new LinkedHashSet<>();
    for (PathVariables path : between(released, working)) {
      JsonNode item = working.tree().path("paths").path(path.now);
      for (String method : Edition.METHODS) {
        if (item.has(method)) {
          String operation = method.toUpperCase(Locale.ROOT) + " " + path.before;
          path.names()
              .forEach(
                  (name, old) ->
                      changes.add(
                          new Renamed(
                              operation, "path parameter " + old, "is called %s".formatted(name))));
        }
      }
    }
    return changes;
  }

  /** What a path of a release is in another contract; missing where it is not there. */
  static JsonNode item(JsonNode paths, String path) {
    if (paths.has(path)) {
      return paths.path(path);
    }
    return paths.properties().stream()
        .filter(entry -> shape(entry.getKey()).equals(shape(path)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> paths.path(path));
  }

  private static List<PathVariables> between(Edition released, Edition working) {
    JsonNode before = released.tree().path("paths");
    JsonNode now = working.tree().path("paths");
    List<PathVariables> all = new ArrayList<>();
    before
        .fieldNames()
        .forEachRemaining(
            path ->
                now.fieldNames()
                    .forEachRemaining(
                        other -> {
                          if (!now.has(path)
                              && !before.has(other)
                              && shape(other).equals(shape(path))) {
                            all.add(new PathVariables(path, other));
                          }
                        }));
    return all;
  }

  private static String shape(String path) {
    return VARIABLE.matcher(path).replaceAll("{}");
  }

  /** The names that are others, and what each of them was. */
  private Map<String, String> names() {
    List<String> old = variables(before);
    List<String> current = variables(now);
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < old.size(); i++) {
      if (!old.get(i).equals(current.get(i))) {
        names.put(current.get(i), old.get(i));
      }
    }
    return names;
  }

  private static List<String> variables(String path) {
    return VARIABLE.matcher(path).results().map((MatchResult match) -> match.group(1)).toList();
  }

  private void takeBack(ObjectNode tree) {
    ObjectNode paths = (ObjectNode) tree.get("paths");
    JsonNode item = paths.remove(now);
    paths.set(before, item);
    takeBack(tree, item);
    Edition.METHODS.forEach(method -> takeBack(tree, item.path(method)));
  }

  private void takeBack(ObjectNode tree, JsonNode holder) {
    if (holder.path(PARAMETERS) instanceof ArrayNode parameters) {
      for (int i = 0; i < parameters.size(); i++) {
        JsonNode parameter = Edition.target(tree, parameters.get(i));
        String old = names().get(parameter.path(NAME).asText());
        if (old != null && parameter.path("in").asText().equals("path")) {
          parameters.set(i, ((ObjectNode) parameter.deepCopy()).put(NAME, old));
        }
      }
    }
  }
}
