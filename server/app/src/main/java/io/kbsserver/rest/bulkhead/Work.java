package io.kbsserver.rest.bulkhead;

import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The work that operations do with the database. */
@Singleton
class Work {

  private final Bulkhead<WorkKind> places;
  private final Routes routes;
  private final BulkheadLimits limits;

  Work(Bulkhead<WorkKind> places, Routes routes, BulkheadLimits limits) {
    this.places = places;
    this.routes = routes;
    this.limits = limits;
  }

  /** Refuses a request for which there would be no place if it came to its work now. */
  void refuseIfFull(HttpRequest<?> request) {
    kind(request).ifPresent(places::refuseIfFull);
  }

  /** The same request, on a thread that may do its work. */
  CompletionStage<HttpRequest<?>> next(HttpRequest<?> request) {
    Optional<WorkKind> kind = kind(request);
    return kind.isEmpty() || places.moveHere(kind.get())
        ? CompletableFuture.completedFuture(request)
        : Turn.of(request, places, kind.get(), limits.longestWait());
  }

  private Optional<WorkKind> kind(HttpRequest<?> request) {
    return routes
        .operation(request)
        .map(
            operation ->
                WorkKind.of(
                    operation, RequestParameters.of(request).parameters(request.getMethod())));
  }
}
