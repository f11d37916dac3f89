package io.kbsserver.rest.response;

import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/** Changes answers as the trees of JSON that they become. */
@Singleton
class JsonTrees {

  private final JsonMapper json;

  JsonTrees(JsonMapper json) {
    this.json = json;
  }

  /** Puts something else in the place of a body; an answer without one stays as it is. */
  @SuppressWarnings("unchecked")
  void replace(MutableHttpResponse<?> response, UnaryOperator<JsonNode> change) {
    Object body = response.body();
    if (body != null) {
      ((MutableHttpResponse<Object>) response).body(change.apply(of(body)));
    }
  }

  /** A value as it is sent. */
  JsonNode of(Object body) {
    if (body instanceof JsonNode tree) {
      return tree;
    }
    try {
      return json.writeValueToTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
