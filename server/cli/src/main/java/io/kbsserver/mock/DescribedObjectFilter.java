package io.kbsserver.mock;

import io.kbsserver.rest.parameters.BoundRequests;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;

/**
 * Where the server would look whether there is such an object before it describes its route: there
 * is, whichever it is.
 */
@ServerFilter(MockServer.ROUTES)
@Requires(beans = MockMode.class)
class DescribedObjectFilter implements Ordered {

  private final BoundRequests requests;

  DescribedObjectFilter(BoundRequests requests) {
    this.requests = requests;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.after() + 3;
  }

  @RequestFilter
  @Nullable
  HttpResponse<?> find(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.OPTIONS && requests.operation(request).isPresent()
        ? HttpResponse.ok()
        : null;
  }
}
