package io.kbsserver.rest.limits;

import io.kbsserver.access.ClientNetwork;
import io.kbsserver.rest.address.Proxies;
import io.kbsserver.rest.request.BatchedPart;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;

/** Counts what needs a login by the address that it comes from, before anything is read of it. */
@ServerFilter(RequestReader.ROUTES)
@Requires(property = AddressRateFilter.RATE)
class AddressRateFilter implements Ordered {

  static final String RATE = "kbs.rate-limits.address";

  private final RateLimit limit;
  private final Routes routes;
  private final Proxies proxies;

  AddressRateFilter(@Property(name = RATE) String rate, Routes routes, Proxies proxies) {
    limit = new RateLimit(RateUse.OF_ADDRESS, Rate.parse(rate));
    this.routes = routes;
    this.proxies = proxies;
  }

  /** Before the filter that looks how much there is to do, and those that read the body. */
  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before() - 3;
  }

  @RequestFilter
  void count(HttpRequest<?> request) {
    routes
        .operation(request)
        .filter(operation -> operation.takesLogin() && !BatchedPart.isRehearsed(request))
        .ifPresent(
            operation -> limit.count(request, ClientNetwork.of(proxies.of(request).client())));
  }

  RateLimit limit() {
    return limit;
  }
}
