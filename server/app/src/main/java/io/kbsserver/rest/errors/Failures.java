package io.kbsserver.rest.errors;

import io.kbsserver.refusal.EndedStatement;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.Refusal;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.util.HttpClientAddressResolver;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.net.SocketException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one table that says which failure gets which answer. */
@Singleton
class Failures implements ExceptionHandler<Throwable, HttpResponse<?>> {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Routes routes;
  private final SecureRandom random = new SecureRandom();
  private final HttpClientAddressResolver addresses;

  Failures(Routes routes, HttpClientAddressResolver addresses) {
    this.routes = routes;
    this.addresses = addresses;
  }

  @Override
  @SuppressWarnings("rawtypes") // Micronaut declares the parameter so.
  public HttpResponse<?> handle(HttpRequest request, Throwable failure) {
    if (failure instanceof NotFound nothing
        && (nothing.code().equals(NotFound.route().code()) || routes.isNoneOfWordPress(request))) {
      return ErrorResponses.noRoute(request);
    }
    if (failure instanceof Refusal refusal) {
      return ErrorResponses.of(
          status(refusal), refusal.code(), refusal.getMessage(), refusal.faults());
    }
    if (failure instanceof RestException conversation) {
      MutableHttpResponse<Object> answer =
          ErrorResponses.of(
              conversation.status(),
              conversation.code(),
              conversation.getMessage(),
              conversation.faults());
      return conversation.status() == HttpStatus.SERVICE_UNAVAILABLE ? later(answer) : answer;
    }
    if (failure instanceof EOFException || failure instanceof SocketException) {
      LOG.debug("A client hung up: {}", failure.getMessage());
      return ErrorResponses.of(
          HttpStatus.BAD_REQUEST, "rest_bad_request", "The request ends too early.", Map.of());
    }
    if (isDatabaseAway(failure)) {
      LOG.error("The database does not answer: {}", failure.getMessage());
      return databaseAway();
    }
    if (EndedStatement.isCauseOf(failure)) {
      LOG.warn("The database has ended a statement: {}", failure.getMessage());
      return later(
          ErrorResponses.of(
              HttpStatus.SERVICE_UNAVAILABLE,
              "service_unavailable",
              "The database is too busy at the moment. Please try again later.",
              Map.of()));
    }
    String reference = reference();
    LOG.error(
        "Reference {}: {} {} from {} failed",
        reference,
        request.getMethod(),
        path(request),
        addresses.resolve(request),
        failure);
    return ErrorResponses.of(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "internal_server_error",
        "There was an error on this server. Reference: " + reference + ".",
        Map.of());
  }

  static HttpStatus status(Refusal refusal) {
    if (refusal instanceof InvalidParameters) {
      return HttpStatus.BAD_REQUEST;
    }
    if (refusal instanceof NotAllowed) {
      return HttpStatus.FORBIDDEN;
    }
    if (refusal instanceof NotFound) {
      return HttpStatus.NOT_FOUND;
    }
    throw new IllegalStateException("No status for " + refusal.getClass());
  }

  private static MutableHttpResponse<Object> databaseAway() {
    return later(
        ErrorResponses.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            "service_unavailable",
            "The database is not available at the moment. Please try again later.",
            Map.of()));
  }

  private static MutableHttpResponse<Object> later(MutableHttpResponse<Object> answer) {
    return answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(RETRY_AFTER_SECONDS));
  }

  private static boolean isDatabaseAway(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || cause instanceof SQLNonTransientConnectionException
          || cause instanceof SQLRecoverableException
          || (cause instanceof SQLException sql
              && sql.getSQLState() != null
              && sql.getSQLState().startsWith("08"))) {
        return true;
      }
    }
    return false;
  }

  /** Without the query, which may hold what a customer wrote. */
  private static String path(HttpRequest<?> request) {
    return request.getPath();
  }

  private String reference() {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
