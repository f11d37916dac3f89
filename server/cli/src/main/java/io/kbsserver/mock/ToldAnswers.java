package io.kbsserver.mock;

import static java.util.stream.Collectors.toMap;

import io.kbsserver.contract.Example;
import io.kbsserver.contract.Operation;
import io.kbsserver.list.Page;
import io.kbsserver.rest.preconditions.StateTags;
import io.kbsserver.rest.response.Paging;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/** What the mock answers to those who do not ask for an example of their choice. */
@Singleton
@Requires(beans = MockMode.class)
class ToldAnswers {

  private static final ExamplePreference ANY =
      new ExamplePreference(Optional.empty(), Optional.empty());

  private static final String WEAK = "W/";

  private final ToldExamples examples;
  private final ToldLists lists;
  private final Paging paging;
  private final ExampleResponses responses;
  private final StateTags tags;

  ToldAnswers(
      ToldExamples examples,
      ToldLists lists,
      Paging paging,
      ExampleResponses responses,
      StateTags tags) {
    this.examples = examples;
    this.lists = lists;
    this.paging = paging;
    this.responses = responses;
    this.tags = tags;
  }

  /** The variable parts of the path of a request. */
  static Map<String, String> inPath(HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request)
        .map(RouteMatch::getVariableValues)
        .orElse(Map.of())
        .entrySet()
        .stream()
        .collect(toMap(Entry::getKey, variable -> variable.getValue().toString()));
  }

  /**
   * The first example of an operation, told about what is asked for.
   *
   * @param inPath the variable parts of the path
   * @param arguments the checked parameters
   */
  HttpResponse<?> about(
      Operation operation, Map<String, String> inPath, Map<String, Object> arguments) {
    Example shown = ANY.among(operation);
    Map<String, String> names = examples.names(shown, operation, inPath);
    Example told = examples.retold(shown, names);
    return tagged(
        ToldLists.isShownBy(told)
            ? list(lists.page(operation, shown.body(), names, arguments).map(responses::tree), told)
            : responses.of(told));
  }

  /** What is answered otherwise has another tag, as strong as the example's. */
  private MutableHttpResponse<?> tagged(MutableHttpResponse<?> response) {
    String shown = response.getHeaders().get(HttpHeaders.ETAG);
    Object told = response.body();
    if (shown != null && told != null) {
      String tag = tags.of(told);
      response.getHeaders().set(HttpHeaders.ETAG, shown.startsWith(WEAK) ? WEAK + tag : tag);
    }
    return response;
  }

  /** What such an answer shows. */
  JsonNode shown(Operation operation, Map<String, String> inPath) {
    Example shown = ANY.among(operation);
    return responses.tree(examples.retold(shown, examples.names(shown, operation, inPath)).body());
  }

  private MutableHttpResponse<?> list(Page<JsonNode> page, Example told) {
    MutableHttpResponse<List<JsonNode>> response = paging.page(page);
    told.headers().entrySet().stream()
        .filter(header -> !response.getHeaders().contains(header.getKey()))
        .forEach(header -> response.header(header.getKey(), header.getValue()));
    return response;
  }
}
