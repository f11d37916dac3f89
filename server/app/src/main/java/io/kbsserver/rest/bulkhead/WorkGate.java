package io.kbsserver.rest.bulkhead;

import io.kbsserver.contract.Callers;
import io.kbsserver.contract.Operation;
import io.kbsserver.rest.request.BatchedPart;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.FilterContinuation;
import io.micronaut.http.filter.ServerFilterPhase;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.reactivestreams.Publisher;

/**
 * The second gate, right before the work that needs a connection to the database. Who has not
 * logged in gets one for what everybody may see, and stands with those who search, so that reads
 * keep theirs; otherwise they stay where the {@linkplain LoginGate first gate} has let them.
 */
@Singleton
@ServerFilter(RequestReader.ROUTES)
class WorkGate implements Ordered {

  private final Bulkhead<WorkKind> places;
  private final Routes routes;
  private final BulkheadLimits limits;

  WorkGate(Bulkhead<WorkKind> places, Routes routes, BulkheadLimits limits) {
    this.places = places;
    this.routes = routes;
    this.limits = limits;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.after() + 1;
  }

  @RequestFilter
  Publisher<MutableHttpResponse<?>> enter(
      HttpRequest<?> request, FilterContinuation<Publisher<MutableHttpResponse<?>>> after) {
    // A part of a batch has the place of the batch.
    Optional<WorkKind> kind = BatchedPart.is(request) ? Optional.empty() : kind(request);
    return kind.isEmpty() || places.moveHere(kind.get())
        ? after.proceed()
        : Turn.then(
            Turn.of(
                request, PropagatedContext.getOrEmpty(), places, kind.get(), limits.longestWait()),
            after);
  }

  private Optional<WorkKind> kind(HttpRequest<?> request) {
    Optional<Operation> operation = routes.operation(request);
    return request.getUserPrincipal().isPresent()
        ? operation.map(
            known ->
                WorkKind.of(known, RequestParameters.of(request).parameters(request.getMethod())))
        : operation.filter(WorkGate::showsToStrangers).map(open -> WorkKind.SEARCH);
  }

  /** Where a login makes no difference either way, nothing is looked up. */
  private static boolean showsToStrangers(Operation operation) {
    return operation.callers() == Callers.ANYONE && operation.takesLogin();
  }
}
