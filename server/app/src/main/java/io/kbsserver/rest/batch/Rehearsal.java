package io.kbsserver.rest.batch;

import io.kbsserver.rest.parameters.BoundRequests;
import io.kbsserver.rest.request.BatchedPart;
import io.kbsserver.rest.request.RequestReader;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a part of a batch as far as its parameters are checked and bound, where it is only asked
 * whether it could be run. It is not known yet who asks, and nothing has been looked up.
 */
@ServerFilter(RequestReader.ROUTES)
class Rehearsal implements Ordered {

  private final BoundRequests requests;

  Rehearsal(BoundRequests requests) {
    this.requests = requests;
  }

  /** After the filter that checks parameters. */
  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before() + 2;
  }

  @RequestFilter
  @Nullable HttpResponse<?> end(HttpRequest<?> request) {
    if (!BatchedPart.isRehearsed(request) || requests.bound(request).isEmpty()) {
      return null;
    }
    return HttpResponse.ok(Map.of());
  }
}
