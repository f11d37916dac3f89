package io.kbsserver.rest.idempotency;

import io.kbsserver.contract.Operation;
import io.kbsserver.idempotency.GivenAnswer;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is kept of an answer as an operation has made it, and the answer that is made of that. What
 * is done to every answer afterwards ({@code _fields}, {@code _embed}, headers) is done again.
 */
@Singleton
class AnswerCodec {

  static final String REPLAYED = "Idempotency-Replayed";

  /** What a body is sent as is seen by who sends it. */
  private static final Pattern OF_THE_MESSAGE =
      Pattern.compile("content-.*", Pattern.CASE_INSENSITIVE);

  private static final String HEADERS = "headers";
  private static final String IGNORED = "ignored";

  private final JsonMapper json;
  private final Routes routes;

  AnswerCodec(JsonMapper json, Routes routes) {
    this.json = json;
    this.routes = routes;
  }

  /** What is kept of an answer. */
  GivenAnswer kept(HttpRequest<?> request, HttpResponse<?> response) {
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .getHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_MESSAGE.matcher(name).matches()) {
                headers.put(name, String.join(", ", values));
              }
            });
    List<String> ignored = new ArrayList<>(RequestParameters.of(request).unknown().ignored());
    boolean secret =
        response.code() < 400 && routes.operation(request).filter(Operation::isSecret).isPresent();
    try {
      return new GivenAnswer(
          response.code(),
          json.writeValueAsString(Map.of(HEADERS, headers, IGNORED, ignored)),
          secret ? null : json.writeValueAsBytes(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer to a request that came before. */
  MutableHttpResponse<?> again(HttpRequest<?> request, GivenAnswer kept) {
    try {
      JsonNode head = tree(kept.head().getBytes(StandardCharsets.UTF_8));
      MutableHttpResponse<?> response =
          HttpResponse.status(HttpStatus.valueOf(kept.status()))
              .body(tree(kept.body() == null ? new byte[0] : kept.body()))
              .contentType(MediaType.APPLICATION_JSON_TYPE);
      entries(head, HEADERS).forEach(response::header);
      JsonNode ignored = head.get(IGNORED);
      if (ignored != null) {
        ignored
            .values()
            .forEach(
                name -> RequestParameters.of(request).unknown().add(name.getStringValue(), ""));
      }
      return response.header(REPLAYED, "true");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> entries(JsonNode head, String name) {
    Map<String, String> entries = new LinkedHashMap<>();
    JsonNode object = head.get(name);
    if (object != null) {
      object
          .entries()
          .forEach(entry -> entries.put(entry.getKey(), entry.getValue().getStringValue()));
    }
    return entries;
  }

  private JsonNode tree(byte[] bytes) throws IOException {
    return json.readValue(bytes, Argument.of(JsonNode.class));
  }
}
