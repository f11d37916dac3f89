package io.kbsserver.rest;

import io.kbsserver.access.Caller;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.http.server.util.HttpClientAddressResolver;
import io.micronaut.security.utils.SecurityService;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Who makes the request that is being answered. */
@Singleton
public class CurrentCaller {

  private final SecurityService security;
  private final HttpClientAddressResolver addresses;

  CurrentCaller(SecurityService security, HttpClientAddressResolver addresses) {
    this.security = security;
    this.addresses = addresses;
  }

  /** The caller; the routes are closed to anonymous requests before this is asked. */
  public Caller get() {
    return ifKnown().orElseThrow(RestException::authenticationFailed);
  }

  /** The address that the request comes from, as far as proxies that are trusted tell. */
  public String address() {
    return addresses.resolve(ServerRequestContext.currentRequest().orElseThrow());
  }

  /** The caller, if anybody has logged in. */
  public Optional<Caller> ifKnown() {
    return security
        .getAuthentication()
        .map(
            authentication -> authentication.getAttributes().get(ApplicationPasswordFetcher.CALLER))
        .map(Caller.class::cast);
  }
}
