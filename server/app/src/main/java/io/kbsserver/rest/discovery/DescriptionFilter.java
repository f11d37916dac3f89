package io.kbsserver.rest.discovery;

import io.kbsserver.contract.Route;
import io.kbsserver.rest.login.AllowedMethods;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers OPTIONS on every route, from the contract. The route of an object is read first, by what
 * answers GET there: only that knows whether the caller sees it.
 */
@ServerFilter(RequestReader.ROUTES)
class DescriptionFilter implements Ordered {

  private static final int SERVER_ERROR = 500;

  private final Routes routes;
  private final AllowedMethods allowed;
  private final DiscoveryRepresentation discovery;

  DescriptionFilter(Routes routes, AllowedMethods allowed, DiscoveryRepresentation discovery) {
    this.routes = routes;
    this.allowed = allowed;
    this.discovery = discovery;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.after() + 2;
  }

  @RequestFilter
  @Nullable HttpResponse<?> describe(HttpRequest<?> request) {
    return route(request)
        .filter(route -> route.isFixed() || !mayRead(request))
        .map(route -> discovery.describe(route, request, route.isFixed()))
        .orElse(null);
  }

  @ResponseFilter
  HttpResponse<?> describeObject(HttpRequest<?> request, HttpResponse<?> read) {
    return route(request)
        .filter(route -> !route.isFixed() && read.code() < SERVER_ERROR)
        .<HttpResponse<?>>map(route -> discovery.describe(route, request, read.code() < 400))
        .orElse(read);
  }

  private boolean mayRead(HttpRequest<?> request) {
    return routes.operation(request).map(routes::reading).filter(allowed::include).isPresent();
  }

  private Optional<Route> route(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.OPTIONS ? routes.of(request) : Optional.empty();
  }
}
