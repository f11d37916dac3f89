package io.kbsserver.rest.login;

import io.kbsserver.access.Caller;
import io.kbsserver.rest.errors.RestException;
import io.kbsserver.rest.request.BatchedPart;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.http.server.util.HttpClientAddressResolver;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.utils.SecurityService;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who makes the request that is being answered. */
@Singleton
public class CurrentCaller {

  private static final String WITHDRAWN = "kbs.rights-withdrawn";

  private final SecurityService security;
  private final HttpClientAddressResolver addresses;

  CurrentCaller(SecurityService security, HttpClientAddressResolver addresses) {
    this.security = security;
    this.addresses = addresses;
  }

  /** The caller; the routes are closed to anonymous requests before this is asked. */
  public Caller get() {
    return get(currentRequest());
  }

  /** The same of a request. */
  public static Caller get(HttpRequest<?> request) {
    Caller caller =
        of(request.getUserPrincipal(Authentication.class).orElse(null))
            .orElseThrow(RestException::authenticationFailed);
    boolean withdrawn = request.getAttribute(WITHDRAWN).isPresent();
    return withdrawn ? caller.withoutRights() : caller;
  }

  /** The address that the request comes from, as far as proxies that are trusted tell. */
  public @Nullable String address() {
    return addresses.resolve(currentRequest());
  }

  /** The caller, if anybody has logged in. */
  public Optional<Caller> ifKnown() {
    return of(security.getAuthentication().orElse(null));
  }

  /** Who has logged in; nobody where there is no authentication. */
  public static Optional<Caller> of(@Nullable Authentication authentication) {
    return Optional.ofNullable(authentication)
        .map(known -> known.getAttributes().get(ApplicationPasswordFetcher.CALLER))
        .map(Caller.class::cast);
  }

  /** Which application password the request was sent with. */
  public Optional<String> credential() {
    return credential(currentRequest());
  }

  /** Which application password a request was sent with, if it is one that is valid. */
  public static Optional<String> credential(HttpRequest<?> request) {
    return request
        .getUserPrincipal(Authentication.class)
        .map(known -> known.getAttributes().get(ApplicationPasswordFetcher.CREDENTIAL))
        .map(String.class::cast);
  }

  /**
   * How much was changed when it was looked up who makes a request, as {@link
   * io.kbsserver.change.ChangeMark} says it: after the request had come, and before anything was
   * read for its answer. Nothing for a part of a batch, before which others may have changed
   * something.
   */
  public static Optional<String> mark(HttpRequest<?> request) {
    return BatchedPart.is(request)
        ? Optional.empty()
        : request
            .getUserPrincipal(Authentication.class)
            .map(known -> known.getAttributes().get(ApplicationPasswordFetcher.MARK))
            .map(String.class::cast);
  }

  /** Makes {@link #get} hand over a caller without rights for the rest of a request. */
  public static void withdrawRights(HttpRequest<?> request) {
    request.setAttribute(WITHDRAWN, true);
  }

  private static HttpRequest<?> currentRequest() {
    return ServerRequestContext.currentRequest().orElseThrow();
  }
}
