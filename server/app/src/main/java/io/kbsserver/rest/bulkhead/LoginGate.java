package io.kbsserver.rest.bulkhead;

import io.kbsserver.access.RememberedLogins;
import io.kbsserver.rest.request.RequestReader;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.FilterContinuation;
import io.micronaut.http.filter.ServerFilterPhase;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The first gate, after the body has been read and before anything is checked. Those who guess, and
 * those who say nothing, take no places from those whose login is remembered.
 */
@Singleton
@ServerFilter(RequestReader.ROUTES)
class LoginGate implements LoginTurns, Ordered {

  private final Bulkhead<Visitor> places;
  private final RememberedLogins logins;
  private final BulkheadLimits limits;

  LoginGate(Bulkhead<Visitor> places, RememberedLogins logins, BulkheadLimits limits) {
    this.places = places;
    this.logins = logins;
    this.limits = limits;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before();
  }

  @RequestFilter
  Publisher<MutableHttpResponse<?>> enter(
      HttpRequest<?> request, FilterContinuation<Publisher<MutableHttpResponse<?>>> after) {
    return Turn.then(next(request), after);
  }

  @Override
  public Mono<HttpRequest<?>> next(HttpRequest<?> request) {
    PropagatedContext context = PropagatedContext.getOrEmpty();
    return Mono.defer(
        () ->
            Bulkhead.isEntered()
                ? Mono.just(request)
                : Turn.of(
                    request, context, places, Visitor.of(request, logins), limits.longestWait()));
  }
}
