package io.kbsserver.rest.response;

import static java.util.Objects.requireNonNull;

import io.kbsserver.list.Late;
import io.kbsserver.list.LateTexts;
import io.kbsserver.refusal.Refusal;
import io.kbsserver.rest.body.Scalars;
import io.kbsserver.rest.errors.ErrorResponses;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.request.RequestReader;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Puts what links lead to into the answer, when the parameter {@code _embed} asks for it.
 *
 * <p>All that a page links to is read at once. What cannot be read is embedded as the error that
 * reading it would give.
 */
@ServerFilter(RequestReader.ROUTES)
class Embedding implements Ordered {

  private static final String PARAMETER = "_embed";
  private static final String LINKS = "_links";

  /** What names no relation, and asks for all; "0" is as good as nothing to PHP. */
  private static final Set<String> ALL = Set.of("0", "1", "true");

  private final JsonTrees trees;
  private final LinkedObjects linked;

  Embedding(JsonTrees trees, LinkedObjects linked) {
    this.trees = trees;
    this.linked = linked;
  }

  @Override
  public int getOrder() {
    return ResponseOrder.EMBEDDING;
  }

  @ResponseFilter
  void embed(HttpRequest<?> request, MutableHttpResponse<?> response) {
    Map<String, Object> query = RequestParameters.of(request).query();
    if (query.containsKey(PARAMETER) && response.code() < 400) {
      Predicate<String> relations = relations(query.get(PARAMETER));
      List<LateTexts> late = new ArrayList<>();
      trees.replace(response, body -> embeddedIn(body, relations, late));
      AttachedTexts.add(response, late);
    }
  }

  private JsonNode embeddedIn(JsonNode body, Predicate<String> relations, List<LateTexts> late) {
    Set<String> hrefs = new LinkedHashSet<>();
    items(body).forEach(item -> links(item, relations).values().forEach(hrefs::addAll));
    if (hrefs.isEmpty()) {
      return body;
    }
    Map<String, JsonNode> objects = new HashMap<>();
    linked.read(hrefs).forEach((href, object) -> objects.put(href, trees.of(shown(object, late))));
    if (!body.isArray()) {
      return withEmbedded(body, links(body, relations), objects);
    }
    List<JsonNode> items = new ArrayList<>();
    body.values().forEach(item -> items.add(withEmbedded(item, links(item, relations), objects)));
    return JsonNode.createArrayNode(items);
  }

  private static Object shown(Object object, List<LateTexts> late) {
    if (object instanceof Late<?> texts) {
      late.add(texts.texts());
      return texts.item();
    }
    return object instanceof Refusal refusal ? ErrorResponses.envelope(refusal) : object;
  }

  /** Which relations are asked for; without naming any, all are. */
  private static Predicate<String> relations(Object value) {
    List<String> named =
        Scalars.items(value).stream().map(Scalars::text).filter(name -> !name.isEmpty()).toList();
    boolean all =
        named.isEmpty() || (!Scalars.isCompound(value) && ALL.contains(Scalars.text(value)));
    return all ? relation -> true : named::contains;
  }

  private static Iterable<JsonNode> items(JsonNode body) {
    return body.isArray() ? body.values() : List.of(body);
  }

  /** Where the embeddable links of the wanted relations lead to. */
  private static Map<String, List<String>> links(JsonNode item, Predicate<String> relations) {
    Map<String, List<String>> hrefs = new LinkedHashMap<>();
    JsonNode links = item.get(LINKS);
    if (links != null && links.isObject()) {
      links
          .entries()
          .forEach(
              link -> {
                if (relations.test(link.getKey()) && isEmbeddable(link.getValue())) {
                  List<String> addresses =
                      hrefs.computeIfAbsent(link.getKey(), relation -> new ArrayList<>());
                  link.getValue()
                      .values()
                      .forEach(
                          target ->
                              addresses.add(requireNonNull(target.get("href")).getStringValue()));
                }
              });
    }
    return hrefs;
  }

  private static JsonNode withEmbedded(
      JsonNode item, Map<String, List<String>> links, Map<String, JsonNode> objects) {
    if (links.isEmpty()) {
      return item;
    }
    Map<String, JsonNode> embedded = new LinkedHashMap<>();
    links.forEach(
        (relation, hrefs) ->
            embedded.put(
                relation, JsonNode.createArrayNode(hrefs.stream().map(objects::get).toList())));
    Map<String, JsonNode> result = new LinkedHashMap<>();
    item.entries().forEach(entry -> result.put(entry.getKey(), entry.getValue()));
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
