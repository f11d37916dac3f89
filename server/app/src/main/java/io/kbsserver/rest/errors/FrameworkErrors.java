package io.kbsserver.rest.errors;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;

/** Puts the failures that Micronaut itself answers into the envelope of WordPress. */
@Singleton
@Primary
class FrameworkErrors implements ErrorResponseProcessor<Object> {

  @Override
  public MutableHttpResponse<Object> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    if (response.status() == HttpStatus.NOT_FOUND
        || response.status() == HttpStatus.METHOD_NOT_ALLOWED) {
      // WordPress knows no "method not allowed": such a route does not exist.
      return ErrorResponses.noRoute(context.getRequest());
    }
    Map<String, Object> body =
        switch (response.status()) {
          case REQUEST_ENTITY_TOO_LARGE ->
              isBodyTooLarge(context)
                  ? envelope(
                      response,
                      HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                      "rest_content_too_large",
                      "The request body is larger than this server accepts.")
                  : envelope(
                      response,
                      HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                      "rest_headers_too_large",
                      "The address or a header is longer than this server accepts.");
          default ->
              envelope(
                  response,
                  response.status(),
                  "rest_" + response.status().name().toLowerCase(Locale.ROOT),
                  response.status().getReason() + ".");
        };
    return response.body((Object) body).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  /** Micronaut answers 413 for what stands before the body as well. */
  private static boolean isBodyTooLarge(ErrorContext context) {
    return context
        .getRootCause()
        .filter(
            cause ->
                cause instanceof ContentLengthExceededException
                    || cause instanceof BufferLengthExceededException)
        .isPresent();
  }

  private static Map<String, Object> envelope(
      MutableHttpResponse<?> response, HttpStatus status, String code, String message) {
    response.status(status);
    return ErrorResponses.envelope(status, code, message, Map.of());
  }
}
