package io.kbsserver.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An operation of the contract, and what it can answer.
 *
 * @param method the HTTP method
 * @param secured whether it wants a login
 * @param parameters all of them, those of the path included
 * @param ofRoute further names that WordPress takes on its routes
 * @param body the schemas of the body by media type; none where there is no body
 * @param required whether there has to be a body
 * @param examples in the order of the contract: what goes well comes first
 */
record MockOperation(
    String method,
    boolean secured,
    List<JsonNode> parameters,
    Set<String> ofRoute,
    Map<String, JsonNode> body,
    boolean required,
    List<Example> examples) {

  /** An answer under its name. */
  record Example(String name, Answer answer) {}

  static MockOperation of(String method, JsonNode operation, JsonNode path, References references) {
    List<JsonNode> parameters = new ArrayList<>();
    path.path("parameters").forEach(each -> parameters.add(references.resolved(each)));
    operation.path("parameters").forEach(each -> parameters.add(references.resolved(each)));
    Set<String> ofRoute = new HashSet<>();
    path.path("x-wordpress-routes")
        .forEach(route -> route.path("args").fieldNames().forEachRemaining(ofRoute::add));
    JsonNode request = references.resolved(operation.path("requestBody"));
    Map<String, JsonNode> schemas = new LinkedHashMap<>();
    request
        .path("content")
        .properties()
        .forEach(
            content ->
                schemas.put(
                    content.getKey(), references.resolved(content.getValue().path("schema"))));
    List<Example> examples = new ArrayList<>();
    operation
        .path("responses")
        .properties()
        .forEach(
            response ->
                addExamples(
                    Integer.parseInt(response.getKey()),
                    references.resolved(response.getValue()),
                    references,
                    examples));
    JsonNode security = operation.path("security");
    return new MockOperation(
        method,
        security.isMissingNode() || !security.isEmpty(),
        List.copyOf(parameters),
        ofRoute,
        schemas,
        request.path("required").asBoolean(),
        List.copyOf(examples));
  }

  private static void addExamples(
      int status, JsonNode response, References references, List<Example> examples) {
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .path("headers")
        .properties()
        .forEach(
            header -> {
              JsonNode example = references.resolved(header.getValue()).path("example");
              if (!example.isMissingNode()) {
                headers.put(header.getKey(), example.asText());
              }
            });
    response
        .at("/content/application~1json/examples")
        .properties()
        .forEach(
            example ->
                examples.add(
                    new Example(
                        example.getKey(),
                        new Answer(
                            status,
                            headers,
                            references.resolved(example.getValue()).path("value")))));
  }

  /** Whether it takes a parameter of this name in the query or in the body. */
  boolean knows(String name) {
    return name.startsWith("_")
        || name.equals("rest_route")
        || method.equals("OPTIONS")
        || ofRoute.contains(name)
        || parameters.stream().anyMatch(each -> each.path("name").asText().equals(name))
        || body.values().stream().anyMatch(schema -> schema.path("properties").has(name));
  }

  /** The first example that is asked for. */
  Optional<Answer> answer(Preference preference) {
    return examples.stream()
        .filter(
            example ->
                preference
                    .code()
                    .map(Integer.toString(example.answer().status())::equals)
                    .orElse(true))
        .filter(example -> preference.example().map(example.name()::equals).orElse(true))
        .map(Example::answer)
        .findFirst();
  }

  /** What may be asked for, for those who asked for something else. */
  String choice() {
    return examples.stream()
        .collect(
            Collectors.groupingBy(
                example -> example.answer().status(),
                LinkedHashMap::new,
                Collectors.mapping(Example::name, Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(status -> status.getKey() + " (" + status.getValue() + ")")
        .collect(Collectors.joining(", "));
  }
}
