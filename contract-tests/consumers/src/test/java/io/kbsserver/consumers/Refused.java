package io.kbsserver.consumers;

import io.kbsserver.client.ApiClient;
import io.kbsserver.client.ApiException;
import io.kbsserver.client.model.ApiError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/**
 * Why a request was refused, as a client reads it.
 *
 * @param code for programs
 * @param fields what is wrong with which parameter; empty where none is at fault
 * @param retryAfter seconds after which another try makes sense; 0 where none is stated
 */
record Refused(int status, String code, Map<String, String> fields, int retryAfter) {

  static Refused of(ApiException failure) {
    try {
      ApiError error =
          ApiClient.createDefaultObjectMapper()
              .readValue(failure.getResponseBody(), ApiError.class);
      return new Refused(
          failure.getCode(),
          error.getCode(),
          Objects.requireNonNullElse(error.getData().getParams(), Map.of()),
          failure.getResponseHeaders().firstValue("Retry-After").map(Integer::valueOf).orElse(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
