package io.kbsserver.rest.limits;

import io.kbsserver.contract.Operation;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;

/** Counts what needs a login by the application password that it comes with. */
@ServerFilter(RequestReader.ROUTES)
@Requires(property = CredentialRateFilter.RATE)
class CredentialRateFilter implements Ordered {

  static final String RATE = "kbs.rate-limits.credential";

  private final RateLimit limit;
  private final Routes routes;

  CredentialRateFilter(@Property(name = RATE) String rate, Routes routes) {
    limit = new RateLimit(RateUse.OF_CREDENTIAL, Rate.parse(rate));
    this.routes = routes;
  }

  /** Once it is known. */
  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.after();
  }

  @RequestFilter
  void count(HttpRequest<?> request) {
    routes
        .operation(request)
        .filter(Operation::takesLogin)
        .flatMap(operation -> CurrentCaller.credential(request))
        .ifPresent(credential -> limit.count(request, credential));
  }

  RateLimit limit() {
    return limit;
  }
}
