package io.kbsserver.rest.errors;

import io.kbsserver.refusal.Conflict;
import io.kbsserver.refusal.EndedStatement;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.NotThere;
import io.kbsserver.refusal.Outdated;
import io.kbsserver.refusal.Refusal;
import io.kbsserver.refusal.Unavailable;
import io.kbsserver.refusal.Unprocessable;
import io.kbsserver.refusal.Unsupported;
import io.kbsserver.refusal.UnwantedFile;
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
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one table that says which failure gets which answer. */
@Singleton
public class Failures implements ExceptionHandler<Throwable, HttpResponse<?>> {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private static final String SHUT_OUT = "kbs.shut-out";

  private final Routes routes;
  private final Outages outages;
  private final SecureRandom random = new SecureRandom();
  private final HttpClientAddressResolver addresses;

  Failures(Routes routes, Outages outages, HttpClientAddressResolver addresses) {
    this.routes = routes;
    this.outages = outages;
    this.addresses = addresses;
  }

  /** Lets a request hear why its login is none where it turns out to need one. */
  public static void shutOut(HttpRequest<?> request, RestException why) {
    request.setAttribute(SHUT_OUT, why);
  }

  private static boolean needsLogin(HttpRequest<?> request, Throwable failure) {
    return failure instanceof NotAllowed && request.getUserPrincipal().isEmpty()
        || failure instanceof RestException conversation
            && conversation.status() == HttpStatus.UNAUTHORIZED;
  }

  @Override
  @SuppressWarnings("rawtypes") // Micronaut declares the parameter so.
  public HttpResponse<?> handle(HttpRequest request, Throwable failure) {
    return answer((HttpRequest<?>) request, failure);
  }

  private HttpResponse<?> answer(HttpRequest<?> request, Throwable thrown) {
    Throwable failure =
        request
            .getAttribute(SHUT_OUT, Throwable.class)
            .filter(why -> needsLogin(request, thrown))
            .orElse(thrown);
    if (failure instanceof NotFound nothing
        && (nothing.code().equals(NotFound.route().code()) || routes.isNoneOfWordPress(request))) {
      return ErrorResponses.noRoute(request);
    }
    if (failure instanceof Refusal refusal) {
      HttpStatus status =
          refusal instanceof NotAllowed && request.getUserPrincipal().isEmpty()
              ? HttpStatus.UNAUTHORIZED
              : status(refusal);
      MutableHttpResponse<Object> answer = ErrorResponses.of(status, refusal);
      if (refusal instanceof Outdated outdated) {
        answer.header(HttpHeaders.ETAG, outdated.tag());
      }
      return refusal instanceof Unavailable ? later(answer) : answer;
    }
    if (failure instanceof RestException conversation) {
      MutableHttpResponse<Object> answer =
          ErrorResponses.of(
              conversation.status(),
              conversation.code(),
              conversation.getMessage(),
              conversation.faults());
      if (conversation.retryAfter().isPresent()) {
        return later(answer, conversation.retryAfter().get());
      }
      return conversation.status() == HttpStatus.SERVICE_UNAVAILABLE ? later(answer) : answer;
    }
    if (failure instanceof EOFException || failure instanceof SocketException) {
      LOG.debug("A client hung up: {}", failure.getMessage());
      return ErrorResponses.of(
          HttpStatus.BAD_REQUEST, "rest_bad_request", "The request ends too early.", Map.of());
    }
    Optional<String> outage = outages.explain(failure);
    if (outage.isPresent()) {
      return unavailable(outage.get());
    }
    if (EndedStatement.isCauseOf(failure)) {
      LOG.warn("The database has ended a statement: {}", failure.getMessage());
      return unavailable("The database is too busy at the moment. Please try again later.");
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
    if (refusal instanceof NotThere) {
      return HttpStatus.GONE;
    }
    if (refusal instanceof Unsupported) {
      return HttpStatus.NOT_IMPLEMENTED;
    }
    if (refusal instanceof Conflict) {
      return HttpStatus.CONFLICT;
    }
    if (refusal instanceof Outdated) {
      return HttpStatus.PRECONDITION_FAILED;
    }
    if (refusal instanceof Unprocessable) {
      return HttpStatus.UNPROCESSABLE_ENTITY;
    }
    if (refusal instanceof UnwantedFile) {
      return HttpStatus.UNSUPPORTED_MEDIA_TYPE;
    }
    if (refusal instanceof Unavailable) {
      return HttpStatus.SERVICE_UNAVAILABLE;
    }
    throw new IllegalStateException("No status for " + refusal.getClass());
  }

  private static MutableHttpResponse<Object> unavailable(String message) {
    return later(
        ErrorResponses.of(
            HttpStatus.SERVICE_UNAVAILABLE, "service_unavailable", message, Map.of()));
  }

  private static MutableHttpResponse<Object> later(MutableHttpResponse<Object> answer) {
    return later(answer, RetryAfter.soon());
  }

  private static MutableHttpResponse<Object> later(
      MutableHttpResponse<Object> answer, Duration time) {
    return answer.header(HttpHeaders.RETRY_AFTER, RetryAfter.header(time));
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
