package io.kbsserver.rest.batch;

import io.kbsserver.contract.Operation;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.request.BatchedPart;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Map;

/** Refuses a part of a batch that can be none, before anything else is done for it. */
@ServerFilter(RequestReader.ROUTES)
class PartGate implements Ordered {

  private final Routes routes;

  PartGate(Routes routes) {
    this.routes = routes;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before() - 4;
  }

  @RequestFilter
  void refuse(HttpRequest<?> request) {
    if (BatchedPart.is(request)
        && !routes.operation(request).map(Operation::isPartOfBatches).orElse(true)) {
      throw new InvalidParameters(
          "rest_batch_not_allowed", "This request cannot be a part of a batch.", Map.of());
    }
  }
}
