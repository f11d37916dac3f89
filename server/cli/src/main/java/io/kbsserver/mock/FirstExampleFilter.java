package io.kbsserver.mock;

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

/**
 * Answers a request with the first example of its operation where the server would ask a
 * controller: after it was read, checked, let in and bound. A batch is run, so that each of its
 * parts is answered so.
 */
@ServerFilter(MockServer.ROUTES)
@Requires(beans = MockMode.class)
class FirstExampleFilter implements Ordered {

  private static final String BATCH = "runBatch";

  private static final ExamplePreference ANY =
      new ExamplePreference(Optional.empty(), Optional.empty());

  private final BoundRequests requests;
  private final ExampleResponses responses;

  FirstExampleFilter(BoundRequests requests, ExampleResponses responses) {
    this.requests = requests;
    this.responses = responses;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.after();
  }

  @RequestFilter
  @Nullable
  HttpResponse<?> answer(HttpRequest<?> request) {
    return requests
        .bound(request)
        .filter(operation -> !operation.id().equals(BATCH))
        .map(ANY::among)
        .map(responses::of)
        .orElse(null);
  }
}
