package io.kbsserver.rest.bulkhead;

import io.kbsserver.access.RememberedLogins;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of who sends a request before anything is looked up. */
enum Visitor {
  /** Brings a login that was right before. */
  REMEMBERED,

  /** Brings a login. */
  UNKNOWN,

  /** Brings none. */
  ANONYMOUS;

  private static final String ATTRIBUTE = "kbs.visitor";

  static Visitor of(HttpRequest<?> request, RememberedLogins logins) {
    Optional<Visitor> known = request.getAttribute(ATTRIBUTE, Visitor.class);
    return known.orElseGet(
        () -> {
          Visitor visitor = seen(request.getHeaders().get(HttpHeaders.AUTHORIZATION), logins);
          request.setAttribute(ATTRIBUTE, visitor);
          return visitor;
        });
  }

  static Visitor seen(@Nullable String header, RememberedLogins logins) {
    if (header == null) {
      return ANONYMOUS;
    }
    return logins.include(header) ? REMEMBERED : UNKNOWN;
  }
}
