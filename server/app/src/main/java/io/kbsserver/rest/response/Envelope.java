package io.kbsserver.rest.response;

import static java.util.Objects.requireNonNull;

import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.request.RequestReader;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.json.tree.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** For clients that cannot read a status or headers: both move into the body. */
@ServerFilter(RequestReader.ROUTES)
class Envelope implements Ordered {

  private static final List<String> NUMBERS = List.of("X-WP-Total", "X-WP-TotalPages");

  /** Headers that describe the message on the wire. */
  private static final Pattern OF_THE_MESSAGE =
      Pattern.compile("date|content-.*", Pattern.CASE_INSENSITIVE);

  private final JsonTrees trees;

  Envelope(JsonTrees trees) {
    this.trees = trees;
  }

  @Override
  public int getOrder() {
    return ResponseOrder.ENVELOPE;
  }

  @ResponseFilter
  void wrap(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (!RequestParameters.of(request).query().containsKey("_envelope")
        || JsonTrees.isBytes(response)) {
      return;
    }
    int status = response.code();
    Map<String, JsonNode> headers = headers(response);
    trees.replace(
        response,
        body -> {
          Map<String, JsonNode> envelope = new LinkedHashMap<>();
          envelope.put("body", body);
          envelope.put("status", JsonNode.createNumberNode(status));
          envelope.put("headers", JsonNode.createObjectNode(headers));
          return JsonNode.createObjectNode(envelope);
        });
    response.status(HttpStatus.OK);
  }

  private static Map<String, JsonNode> headers(MutableHttpResponse<?> response) {
    Map<String, JsonNode> headers = new TreeMap<>();
    for (String name : List.copyOf(response.getHeaders().names())) {
      if (!OF_THE_MESSAGE.matcher(name).matches()) {
        String value = requireNonNull(response.getHeaders().get(name));
        boolean number = NUMBERS.stream().anyMatch(name::equalsIgnoreCase);
        headers.put(
            name,
            number
                ? JsonNode.createNumberNode(Long.parseLong(value))
                : JsonNode.createStringNode(value));
        response.getHeaders().remove(name);
      }
    }
    return headers;
  }
}
