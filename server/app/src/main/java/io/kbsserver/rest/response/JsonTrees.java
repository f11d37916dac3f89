package io.kbsserver.rest.response;

import io.kbsserver.rest.download.DownloadBody;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;

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
    if (body != null && !isBytes(response)) {
      ((MutableHttpResponse<Object>) response).body(change.apply(of(body)));
    }
  }

  /** Whether an answer is no tree of JSON, or says that such a one has not changed. */
  static boolean isBytes(HttpResponse<?> response) {
    return response.body() instanceof DownloadBody
        || response.body() instanceof byte[]
        || response.body() instanceof InputStream
        || response.body() instanceof Publisher
        || response.code() == HttpStatus.NOT_MODIFIED.getCode();
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
