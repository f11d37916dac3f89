package io.kbsserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpMethod;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An operation as the contract describes it.
 *
 * @param id its operationId
 * @param method its method
 * @param path its path, with a name in braces for each variable part
 * @param callers who may call it, as far as that does not depend on an object
 * @param numbers the names of those parts of its path that are whole numbers
 * @param words those of which there are few, in lower case, by the name of the part
 * @param parameters its query parameters
 * @param body the properties of its body; none where it takes no body
 * @param takesFiles whether it takes files in a multipart form, whatever their parameters are
 *     called
 * @param isTakenAsFile whether a body that is no form is a file
 * @param setting the setting of the site without which there is no such operation; may be null
 * @param deprecation that it should not be used any more; null if it may
 * @param deprecatedParameters those of its parameters and of its body that should not be used
 * @param examples what it answers, what goes well first
 * @param source the operation as it stands in the file
 */
public record Operation(
    String id,
    HttpMethod method,
    String path,
    Callers callers,
    Set<String> numbers,
    Map<String, Set<String>> words,
    List<Parameter> parameters,
    BodySchema body,
    boolean takesFiles,
    boolean isTakenAsFile,
    String setting,
    Deprecation deprecation,
    Map<String, Deprecation> deprecatedParameters,
    List<Example> examples,
    JsonNode source) {

  private static final Set<HttpMethod> READING =
      EnumSet.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  static Operation of(String path, HttpMethod method, JsonNode item, ContractTree tree) {
    JsonNode operation = item.get(method.name().toLowerCase(Locale.ROOT));
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode resolved = tree.resolved(parameter);
      if (resolved.path("in").asText().equals("query")) {
        parameters.add(Parameter.of(resolved, tree));
      }
    }
    JsonNode content = tree.resolved(operation.path("requestBody")).path("content");
    return new Operation(
        operation.get("operationId").asText(),
        method,
        path,
        Callers.of(operation),
        numbers(item, operation, tree),
        words(item, operation, tree),
        List.copyOf(parameters),
        BodySchema.of(tree.resolved(content.at("/application~1json/schema")), tree),
        content.at("/multipart~1form-data/x-kbs-files").asBoolean(),
        content.has("application/octet-stream"),
        item.has("x-kbs-setting") ? item.get("x-kbs-setting").asText() : null,
        Deprecation.of(operation).orElse(null),
        deprecated(parameters, content, tree),
        Example.of(operation, tree),
        operation);
  }

  private static Set<String> numbers(JsonNode item, JsonNode operation, ContractTree tree) {
    Set<String> numbers = new HashSet<>();
    inPath(item, operation, tree)
        .forEach(
            (name, schema) -> {
              if (schema.type() == Schema.Type.INTEGER) {
                numbers.add(name);
              }
            });
    return Set.copyOf(numbers);
  }

  private static Map<String, Set<String>> words(
      JsonNode item, JsonNode operation, ContractTree tree) {
    Map<String, Set<String>> words = new HashMap<>();
    inPath(item, operation, tree)
        .forEach(
            (name, schema) -> {
              if (schema.values() != null) {
                words.put(name, Set.copyOf(schema.values()));
              }
            });
    return Map.copyOf(words);
  }

  private static Map<String, Schema> inPath(JsonNode item, JsonNode operation, ContractTree tree) {
    Map<String, Schema> found = new HashMap<>();
    for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
      for (JsonNode parameter : list) {
        JsonNode resolved = tree.resolved(parameter);
        if (resolved.path("in").asText().equals("path")) {
          found.put(resolved.path("name").asText(), Schema.of(resolved.path("schema"), tree));
        }
      }
    }
    return found;
  }

  /** The same on a route that says on its own who may call it, or when it is there at all. */
  Operation on(JsonNode route) {
    JsonNode callersThere = route.path("callers").path(method.name());
    if (callersThere.isMissingNode() && !route.has("setting")) {
      return this;
    }
    return new Operation(
        id,
        method,
        path,
        callersThere.isMissingNode() ? callers : Callers.named(callersThere.asText()),
        numbers,
        words,
        parameters,
        body,
        takesFiles,
        isTakenAsFile,
        route.path("setting").asText(setting),
        deprecation,
        deprecatedParameters,
        examples,
        source);
  }

  private static Map<String, Deprecation> deprecated(
      List<Parameter> parameters, JsonNode contents, ContractTree tree) {
    Map<String, Deprecation> deprecated = new HashMap<>();
    for (JsonNode content : contents) {
      tree.resolved(content.path("schema"))
          .path("properties")
          .properties()
          .forEach(
              property ->
                  Deprecation.of(tree.resolved(property.getValue()))
                      .ifPresent(marked -> deprecated.put(property.getKey(), marked)));
    }
    parameters.forEach(
        parameter ->
            Deprecation.of(parameter.source())
                .ifPresent(marked -> deprecated.put(parameter.name(), marked)));
    return Map.copyOf(deprecated);
  }

  /** Whether it changes one of many objects, which its path names. */
  public boolean changesObject() {
    return path.contains("{") && !READING.contains(method) && !makesNew();
  }

  /** Whether it makes something new, and tells where. */
  public boolean makesNew() {
    return source.at("/responses/200/headers").has("Location");
  }

  /** Whether what it answers when it goes well is a secret, to be shown once. */
  public boolean isSecret() {
    return source.path("x-kbs-secret").asBoolean();
  }

  /** Whether a login makes a difference to it, whether it needs one or not. */
  public boolean takesLogin() {
    return !source.has("security") || !source.get("security").isEmpty();
  }

  /** Whether it can be a part of a batch: what changes something, but where the mark says not. */
  public boolean isPartOfBatches() {
    return !READING.contains(method) && source.path("x-kbs-batch").asBoolean(true);
  }

  /** What it answers with this status, as the first example shows it. */
  public Optional<Example> example(int status) {
    return examples.stream().filter(example -> example.status() == status).findFirst();
  }

  /** Whether there is anything in it that should not be used any more. */
  public boolean isDeprecatedInPart() {
    return deprecation != null || !deprecatedParameters.isEmpty();
  }

  /** What a request that gives these parameters should not use any more, if there is anything. */
  public Optional<Deprecation> deprecationOf(Set<String> given) {
    return Stream.concat(
            Stream.ofNullable(deprecation),
            deprecatedParameters.entrySet().stream()
                .filter(parameter -> given.contains(parameter.getKey()))
                .map(Map.Entry::getValue))
        .reduce(Deprecation::and);
  }
}
