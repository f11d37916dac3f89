package io.kbsserver.rest.response;

import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Route;
import io.kbsserver.rest.login.AllowedMethods;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.routing.Routes;
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
  private final AllowedMethods allowed;

  AllowHeader(Routes routes, AllowedMethods allowed) {
    this.routes = routes;
    this.allowed = allowed;
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
        .filter(route -> isTold(route, request, response.code()))
        .ifPresent(route -> allowed.tell(route, request, response));
  }

  /**
   * A refusal may mean that the caller does not even see the object, or that there is none; not
   * where the contract has said before who may read such objects at all.
   */
  private boolean isTold(Route route, HttpRequest<?> request, int status) {
    if (status < 400) {
      return true;
    }
    if (status == 503) {
      // It is not known, and nothing is asked of a server that has too much to do.
      return false;
    }
    // Who may make something is said before it is known what it would hang on.
    boolean forFewToMake =
        !route.isFixed() && route.operations().stream().anyMatch(AllowHeader::isForFewToMake);
    return status == 404
        ? forFewToMake || routes.operation(request).filter(AllowHeader::isForFewToRead).isPresent()
        : route.isFixed() || (status == 400 && forFewToMake);
  }

  private static boolean isForFewToMake(Operation operation) {
    return operation.callers().areFew() && operation.makesNew();
  }

  private static boolean isForFewToRead(Operation operation) {
    return operation.callers().areFew() && !operation.changesObject() && !operation.makesNew();
  }
}
