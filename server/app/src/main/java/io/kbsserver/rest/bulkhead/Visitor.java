package io.kbsserver.rest.bulkhead;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;

/** What is known of who sends a request before anything is looked up. */
enum Visitor {
  /** Brings a login that was right before. */
  REMEMBERED,

  /** Brings a login. */
  UNKNOWN,

  /** Brings none. */
  ANONYMOUS;

  static Visitor of(HttpRequest<?> request, RememberedLogins logins) {
    String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return ANONYMOUS;
    }
    return request.getUserPrincipal().isPresent() || logins.include(header) ? REMEMBERED : UNKNOWN;
  }
}
