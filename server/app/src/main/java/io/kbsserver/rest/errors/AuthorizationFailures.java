package io.kbsserver.rest.errors;

import io.kbsserver.contract.Example;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Answers who is not let in: nobody has logged in, or not with a password that is valid, or not as
 * somebody who may do this.
 *
 * <p>As in WordPress there is no WWW-Authenticate: a browser would ask for the password, keep it
 * and send it along with the requests of any page.
 */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
class AuthorizationFailures
    implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {

  private final Routes routes;

  AuthorizationFailures(Routes routes) {
    this.routes = routes;
  }

  @Override
  @SuppressWarnings("rawtypes") // Micronaut declares the parameter so.
  public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException exception) {
    RestException failure =
        exception.isForbidden()
            ? told((HttpRequest<?>) request, RestException.forbidden())
            : told((HttpRequest<?>) request, RestException.authenticationFailed());
    return ErrorResponses.of(failure.status(), failure.code(), failure.getMessage(), Map.of());
  }

  /** The plugin and WordPress itself say it in other words; the contract has those of each. */
  private RestException told(HttpRequest<?> request, RestException otherwise) {
    return routes
        .operation(request)
        .flatMap(operation -> operation.example(otherwise.status().getCode()))
        .map(Example::body)
        .map(
            body ->
                new RestException(
                    otherwise.status(),
                    body.path("code").asText(),
                    body.path("message").asText()))
        .orElse(otherwise);
  }
}
