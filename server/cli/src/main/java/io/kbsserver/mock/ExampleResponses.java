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
    try {
      MutableHttpResponse<JsonNode> response =
          HttpResponse.<JsonNode>status(example.status(), null)
              .body(json.readValue(example.body().toString(), Argument.of(JsonNode.class)))
              .contentType(MediaType.APPLICATION_JSON_TYPE);
      example.headers().forEach(response::header);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
