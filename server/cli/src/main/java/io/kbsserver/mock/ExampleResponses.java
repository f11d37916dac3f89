package io.kbsserver.mock;

import io.kbsserver.contract.Example;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers with an example. */
@Singleton
class ExampleResponses {

  private final JsonMapper json;

  ExampleResponses(JsonMapper json) {
    this.json = json;
  }

  HttpResponse<?> of(Example example) {
    MutableHttpResponse<Object> response = HttpResponse.status(example.status(), null);
    if (example.type().equals(MediaType.APPLICATION_JSON)) {
      response.body(tree(example)).contentType(MediaType.APPLICATION_JSON_TYPE);
    } else if (!example.type().isEmpty()) {
      // Bytes of whatever type: those that an example can show.
      response.body(example.body().asText()).contentType(MediaType.TEXT_PLAIN_TYPE);
    }
    example.headers().forEach(response::header);
    return response;
  }

  private JsonNode tree(Example example) {
    try {
      return json.readValue(example.body().toString(), Argument.of(JsonNode.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
