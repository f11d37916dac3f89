package io.kbsserver.rest.bulkhead;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Those who guess, and those who say nothing, take no places from those whose login is remembered.
 */
@Singleton
class BoundedLogins implements LoginTurns {

  private final Bulkhead<Visitor> places;
  private final RememberedLogins logins;
  private final BulkheadLimits limits;

  BoundedLogins(Bulkhead<Visitor> places, RememberedLogins logins, BulkheadLimits limits) {
    this.places = places;
    this.logins = logins;
    this.limits = limits;
  }

  @Override
  public CompletionStage<HttpRequest<?>> next(HttpRequest<?> request) {
    return Bulkhead.isEntered()
        ? CompletableFuture.completedFuture(request)
        : Turn.of(request, places, Visitor.of(request, logins), limits.longestWait());
  }
}
