package io.kbsserver.rest;

import io.kbsserver.access.Caller;
import io.micronaut.security.utils.SecurityService;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Who makes the request that is being answered. */
@Singleton
public class CurrentCaller {

  private final SecurityService security;

  CurrentCaller(SecurityService security) {
    this.security = security;
  }

  /** The caller; the routes are closed to anonymous requests before this is asked. */
  public Caller get() {
    return ifKnown().orElseThrow(RestException::authenticationFailed);
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
