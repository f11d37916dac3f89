package io.kbsserver.rest.idempotency;

import io.micronaut.http.HttpRequest;

/** Says what the key of a request is for whose parts have keys of their own. */
public interface KeyClaims {

  /** Refuses a request whose key was used for another one; one without a key passes. */
  void claim(HttpRequest<?> request);
}
