package io.kbsserver.logging;

import io.micronaut.context.propagation.slf4j.MdcPropagationContext;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import java.util.Map;

/** Lets each line that is logged for a request bear its name, on whatever thread. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
class RequestIdInLogs implements Ordered {

  /** As it stands in the lines. */
  static final String NAME = "requestId";

  private static final String HEADER = "X-Request-ID";

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  /** Every request has one, once it comes here. */
  @RequestFilter
  @PreMatching
  void name(HttpRequest<?> request, MutablePropagatedContext context) {
    String id = request.getHeaders().get(HEADER);
    if (id != null) {
      context.add(new MdcPropagationContext(Map.of(NAME, id)));
    }
  }
}
