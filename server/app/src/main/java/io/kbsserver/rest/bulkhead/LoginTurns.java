package io.kbsserver.rest.bulkhead;

import io.micronaut.http.HttpRequest;
import reactor.core.publisher.Mono;

/** Bounds what is done before it is known who asks. */
public interface LoginTurns {

  /** The same request, on a thread on which it may be found out who sends it. */
  Mono<HttpRequest<?>> next(HttpRequest<?> request);
}
