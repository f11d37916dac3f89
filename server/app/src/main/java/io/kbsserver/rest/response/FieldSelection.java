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
      trees.replace(response, whole -> selectedOf(whole, fields));
    }
  }

  private static JsonNode selectedOf(JsonNode whole, List<?> fields) {
    if (whole.isArray()) {
      List<JsonNode> items = new ArrayList<>();
      whole.values().forEach(item -> items.add(selected(item, fields)));
      return JsonNode.createArrayNode(items);
    }
    Map<String, JsonNode> item = new LinkedHashMap<>();
    selected(whole, fields).entries().forEach(e -> item.put(e.getKey(), e.getValue()));
    item.put(LINKS, whole.get(LINKS));
    return JsonNode.createObjectNode(item);
  }

  private static JsonNode selected(JsonNode item, List<?> fields) {
    Map<String, JsonNode> result = new LinkedHashMap<>();
    item.entries()
        .forEach(
            entry -> {
              List<String> nested = new ArrayList<>();
              for (Object field : fields) {
                if (field.equals(entry.getKey())) {
                  result.put(entry.getKey(), entry.getValue());
                  return;
                }
                if (field.toString().startsWith(entry.getKey() + ".")) {
                  nested.add(field.toString().substring(entry.getKey().length() + 1));
                }
              }
              if (!nested.isEmpty() && entry.getValue().isObject()) {
                result.put(entry.getKey(), selected(entry.getValue(), nested));
              }
            });
    return JsonNode.createObjectNode(result);
  }
}
