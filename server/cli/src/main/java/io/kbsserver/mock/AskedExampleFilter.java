package io.kbsserver.mock;

import io.kbsserver.contract.Operation;
import io.kbsserver.rest.parameters.BoundRequests;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Optional;

/** Answers a request that asks for an example with that one, whatever else it says. */
@ServerFilter(MockServer.ROUTES)
@Requires(beans = MockMode.class)
class AskedExampleFilter implements Ordered {

  private final BoundRequests requests;
  private final ExampleResponses responses;

  AskedExampleFilter(BoundRequests requests, ExampleResponses responses) {
    this.requests = requests;
    this.responses = responses;
  }

  /** Before anything is checked. */
  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before() - 1;
  }

  @RequestFilter
  @Nullable
  HttpResponse<?> answer(HttpRequest<?> request) {
    Optional<ExamplePreference> asked = ExamplePreference.of(request);
    Optional<Operation> operation = requests.operation(request);
    return asked.isPresent() && operation.isPresent()
        ? responses.of(asked.get().among(operation.get()))
        : null;
  }
}
