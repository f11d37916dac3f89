package io.kbsserver.rest.response;

import io.kbsserver.rest.request.BatchedPart;
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
import java.util.Map;

/**
 * For clients that cannot read a status or headers: both move into the body. The parts of a batch
 * are shown so anyway.
 */
@ServerFilter(RequestReader.ROUTES)
class Envelope implements Ordered {

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
        || BatchedPart.is(request)
        || JsonTrees.isBytes(response)) {
      return;
    }
    int status = response.code();
    Map<String, JsonNode> headers = EnvelopeHeaders.of(response);
    headers.keySet().forEach(response.getHeaders()::remove);
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
}
