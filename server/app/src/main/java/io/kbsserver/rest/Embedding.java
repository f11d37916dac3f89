package io.kbsserver.rest;

import io.kbsserver.refusal.NotFound;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Puts what links lead to into the answer, when the parameter {@code _embed} asks for it.
 *
 * <p>So far no link leads to a route of this server. What cannot be read is embedded as the error
 * that reading it would give.
 */
@ServerFilter(RequestReader.ROUTES)
class Embedding implements Ordered {

  private static final String PARAMETER = "_embed";
  private static final String LINKS = "_links";

  private final JsonTrees trees;

  Embedding(JsonTrees trees) {
    this.trees = trees;
  }

  @Override
  public int getOrder() {
    return ResponseOrder.EMBEDDING;
  }

  @ResponseFilter
  void embed(HttpRequest<?> request, MutableHttpResponse<?> response) {
    Map<String, Object> query = RestRequest.of(request).query();
    if (query.containsKey(PARAMETER) && response.code() < 400) {
      Predicate<String> relations = relations(query.get(PARAMETER));
      NotFound nothing = NotFound.route();
      JsonNode refusal =
          trees.of(
              ErrorResponses.envelope(
                  HttpStatus.NOT_FOUND, nothing.code(), nothing.getMessage(), Map.of()));
      trees.replace(response, body -> embeddedIn(body, relations, refusal));
    }
  }

  /** Which relations are asked for; without naming any, all are. */
  private static Predicate<String> relations(Object value) {
    List<String> named =
        Scalars.items(value).stream().map(Scalars::text).filter(name -> !name.isEmpty()).toList();
    boolean all = named.isEmpty() || named.equals(List.of("1")) || named.equals(List.of("true"));
    return all ? relation -> true : named::contains;
  }

  private static JsonNode embeddedIn(JsonNode body, Predicate<String> relations, JsonNode refusal) {
    if (body.isArray()) {
      List<JsonNode> items = new ArrayList<>();
      body.values().forEach(item -> items.add(embeddedIn(item, relations, refusal)));
      return JsonNode.createArrayNode(items);
    }
    JsonNode links = body.get(LINKS);
    if (links == null || !links.isObject()) {
      return body;
    }
    Map<String, JsonNode> embedded = new LinkedHashMap<>();
    links
        .entries()
        .forEach(
            link -> {
              if (relations.test(link.getKey()) && isEmbeddable(link.getValue())) {
                List<JsonNode> objects = new ArrayList<>();
                link.getValue().values().forEach(target -> objects.add(refusal));
                embedded.put(link.getKey(), JsonNode.createArrayNode(objects));
              }
            });
    if (embedded.isEmpty()) {
      return body;
    }
    Map<String, JsonNode> result = new LinkedHashMap<>();
    body.entries().forEach(entry -> result.put(entry.getKey(), entry.getValue()));
    result.put("_embedded", JsonNode.createObjectNode(embedded));
    return JsonNode.createObjectNode(result);
  }

  private static boolean isEmbeddable(JsonNode links) {
    for (JsonNode link : links.values()) {
      JsonNode embeddable = link.get("embeddable");
      if (embeddable != null && embeddable.isBoolean() && embeddable.getBooleanValue()) {
        return true;
      }
    }
    return false;
  }
}
