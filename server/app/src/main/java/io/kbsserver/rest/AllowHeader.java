package io.kbsserver.rest;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Says in every answer of a route which methods the caller may use there. */
@ServerFilter(RequestReader.ROUTES)
class AllowHeader implements Ordered {

  private final Routes routes;

  AllowHeader(Routes routes) {
    this.routes = routes;
  }

  @Override
  public int getOrder() {
    return ResponseOrder.ALLOW;
  }

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.getHeaders().contains(HttpHeaders.ALLOW)
        || request.getMethod() == HttpMethod.OPTIONS) {
      return;
    }
    routes
        .of(request)
        // A refusal may mean that the caller does not even see the object, or that there is none.
        .filter(route -> response.code() < 400 || (route.isFixed() && response.code() != 404))
        .ifPresent(route -> routes.allow(route, request, response));
  }
}
