package io.kbsserver.rest.response;

import io.kbsserver.rest.limits.RateUse;
import io.kbsserver.rest.request.RequestReader;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;
import java.util.stream.Collectors;

/** Says what is left of the limits that a request counts for. */
@ServerFilter(RequestReader.ROUTES)
class RateLimitHeaders implements Ordered {

  static final String POLICY = "RateLimit-Policy";
  static final String LEFT = "RateLimit";
  static final String NAMES = POLICY + ", " + LEFT;

  @Override
  public int getOrder() {
    return ResponseOrder.RATE_LIMITS;
  }

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    List<RateUse> uses = RateUse.of(request);
    if (!uses.isEmpty()) {
      response
          .header(POLICY, uses.stream().map(RateUse::policy).collect(Collectors.joining(", ")))
          .header(LEFT, uses.stream().map(RateUse::left).collect(Collectors.joining(", ")));
    }
  }
}
