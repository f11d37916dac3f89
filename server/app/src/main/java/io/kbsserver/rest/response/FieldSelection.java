package io.kbsserver.rest.response;

import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.request.RequestReader;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trims answers to the fields that the parameter {@code _fields} asks for. */
@ServerFilter(RequestReader.ROUTES)
class FieldSelection implements Ordered {

  private static final String LINKS = "_links";

  private final JsonTrees trees;

  FieldSelection(JsonTrees trees) {
    this.trees = trees;
  }

  @Override
  public int getOrder() {
    return ResponseOrder.FIELDS;
  }

  @ResponseFilter
  void select(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (RequestParameters.of(request).arguments().get("_fields") instanceof List<?> fields
        && !fields.isEmpty()
        && response.code() < 400) {
      SelectedFields selected = new SelectedFields(fields);
      trees.replace(response, whole -> selectedOf(whole, selected));
    }
  }

  private static JsonNode selectedOf(JsonNode whole, SelectedFields fields) {
    if (whole.isArray()) {
      List<JsonNode> items = new ArrayList<>();
      whole.values().forEach(item -> items.add(fields.of(item)));
      return JsonNode.createArrayNode(items);
    }
    Map<String, JsonNode> item = new LinkedHashMap<>();
    fields.of(whole).entries().forEach(e -> item.put(e.getKey(), e.getValue()));
    JsonNode links = whole.get(LINKS);
    if (links != null) {
      item.put(LINKS, links);
    }
    return JsonNode.createObjectNode(item);
  }
}
