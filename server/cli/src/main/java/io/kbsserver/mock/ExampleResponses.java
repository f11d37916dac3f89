package io.kbsserver.mock;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.contract.Example;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
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

  MutableHttpResponse<?> of(Example example) {
    MutableHttpResponse<Object> response = HttpResponse.status(example.status(), null);
    if (example.type().equals(MediaType.APPLICATION_JSON)) {
      response.body(tree(example.body())).contentType(MediaType.APPLICATION_JSON_TYPE);
    } else if (!example.type().isEmpty()) {
      // Bytes of whatever type: those that an example can show.
      response.body(example.body().asText()).contentType(MediaType.TEXT_PLAIN_TYPE);
    }
    example.headers().forEach(response::header);
    return response;
  }

  /** What an example shows, as the server's own code takes it. */
  io.micronaut.json.tree.JsonNode tree(JsonNode body) {
    try {
      return json.readValue(body.toString(), Argument.of(io.micronaut.json.tree.JsonNode.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
