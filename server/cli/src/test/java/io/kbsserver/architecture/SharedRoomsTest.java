package io.kbsserver.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What serves all routes knows none of them, by the names that clients send either: ArchUnit sees
 * the classes, this the texts.
 */
class SharedRoomsTest {

  private static final List<String> SHARED = List.of("rest", "list", "link");

  /**
   * Of WordPress's lists, however few routes have one by now; the status of an error, the name of a
   * part of a form, a description in OpenAPI, and words that are too common to be searched for.
   */
  private static final Set<String> OF_ALL_ROUTES =
      Set.of(
          "page",
          "per_page",
          "offset",
          "include",
          "exclude",
          "search",
          "status",
          "name",
          "description",
          "who",
          "Prefer");

  /**
   * What is no parameter there: tags of metrics, a keyword of schemas. Batches are of all routes.
   */
  private static final Set<String> OF_SOMETHING_ELSE =
      new TreeSet<>(
          Set.of(
              "BatchController.java says requests",
              "BatchController.java says validation",
              "BulkheadMetrics.java says kind",
              "RateLimit.java says limit",
              "RouteRepresentation.java says format"));

  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
  private static final Pattern TEXT = Pattern.compile("\"((?:\\\\.|[^\"\\\\\\n])*)\"");

  @Test
  void noSharedRoomNamesWhatOneRouteTakes() throws IOException {
    Set<String> names = ofOneRoute();
    assertTrue(names.contains("idOrNumber"), () -> "Of tickets alone: " + names);
    Set<String> found = new TreeSet<>();
    for (String room : SHARED) {
      for (Path file : House.filesOf(room)) {
        String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
        TEXT.matcher(code)
            .results()
            .map(text -> text.group(1))
            .filter(names::contains)
            .forEach(text -> found.add(file.getFileName() + " says " + text));
      }
    }
    assertEquals(OF_SOMETHING_ELSE, found);
  }

  private static Set<String> ofOneRoute() {
    Contract contract = Contract.packaged();
    Map<String, Set<String>> resources = new HashMap<>();
    for (Operation operation : contract.operations()) {
      for (String name : names(operation, contract)) {
        resources.computeIfAbsent(name, any -> new HashSet<>()).add(resource(operation.path()));
      }
    }
    return resources.entrySet().stream()
        .filter(entry -> entry.getValue().size() == 1)
        .map(Map.Entry::getKey)
        .filter(name -> !OF_ALL_ROUTES.contains(name))
        .collect(Collectors.toSet());
  }

  /** What clients send to it: parts of the path, parameters, fields of the body. */
  private static Set<String> names(Operation operation, Contract contract) {
    Set<String> names =
        VARIABLE
            .matcher(operation.path())
            .results()
            .map((MatchResult variable) -> variable.group(1))
            .collect(Collectors.toSet());
    operation.parameters().forEach(parameter -> names.add(parameter.name()));
    for (JsonNode content :
        contract.resolved(operation.source().path("requestBody")).path("content")) {
      contract
          .resolved(content.path("schema"))
          .path("properties")
          .fieldNames()
          .forEachRemaining(names::add);
    }
    return names;
  }

  /** The path without its variable parts. */
  private static String resource(String path) {
    return path.replaceFirst("/\\{.*", "");
  }
}
