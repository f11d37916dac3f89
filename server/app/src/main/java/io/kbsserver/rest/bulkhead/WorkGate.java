package io.kbsserver.rest.bulkhead;

import io.kbsserver.rest.request.RequestReader;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The second gate, right before the work that needs a connection to the database. Who has not
 * logged in gets nothing that needs one, and stays where the {@linkplain LoginGate first gate} has
 * let them.
 */
@ServerFilter(RequestReader.ROUTES)
class WorkGate implements Ordered {

  private final Work work;

  WorkGate(Work work) {
    this.work = work;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.after();
  }

  @RequestFilter
  CompletionStage<HttpRequest<?>> enter(HttpRequest<?> request) {
    return request.getUserPrincipal().isPresent()
        ? work.next(request)
        : CompletableFuture.completedFuture(request);
  }
}
