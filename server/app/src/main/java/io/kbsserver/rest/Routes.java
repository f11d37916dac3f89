package io.kbsserver.rest;

import io.kbsserver.site.SiteSettings;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The routes of the contract, and what the caller may do on them. */
@Singleton
class Routes {

  private final Contract contract;
  private final SiteSettings settings;
  private final CurrentCaller caller;

  Routes(Contract contract, SiteSettings settings, CurrentCaller caller) {
    this.contract = contract;
    this.settings = settings;
    this.caller = caller;
  }

  /** All of them, in the order of the contract. */
  List<Route> all() {
    return contract.routes();
  }

  /** Says in an answer which methods the caller may use on a route; not the one just refused. */
  void allow(Route route, HttpRequest<?> request, MutableHttpResponse<?> response) {
    List<String> methods = new ArrayList<>(route.methodsFor(caller.ifKnown(), settings.current()));
    if (response.code() == HttpStatus.FORBIDDEN.getCode()) {
      methods.remove(request.getMethodName());
    }
    if (!methods.isEmpty()) {
      response.header(HttpHeaders.ALLOW, String.join(", ", methods));
    }
  }

  /**
   * The route of a request: of those that the contract has at its path, the one whose pattern it
   * meets, or the last, which takes what the others do not.
   */
  Optional<Route> of(HttpRequest<?> request) {
    Optional<String> template =
        RouteAttributes.getRouteInfo(request)
            .filter(UriRouteInfo.class::isInstance)
            .map(info -> ((UriRouteInfo<?, ?>) info).getUriMatchTemplate().toPathString());
    List<Route> candidates =
        contract.routes().stream()
            .filter(route -> template.filter(ofRoute(route)::equals).isPresent())
            .toList();
    String path = request.getPath().substring(RequestReader.ROOT.length() - 1);
    return candidates.stream()
        .filter(route -> route.pattern().matcher(path).matches())
        .findFirst()
        .or(() -> candidates.stream().reduce((first, second) -> second));
  }

  /** The operation that a request is for, if there is one. */
  Optional<Operation> operation(HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request)
        .filter(MethodBasedRouteMatch.class::isInstance)
        .flatMap(
            match -> contract.operation(((MethodBasedRouteMatch<?, ?>) match).getMethodName()));
  }

  private static String ofRoute(Route route) {
    String root = RequestReader.ROOT.substring(0, RequestReader.ROOT.length() - 1);
    return route.path().equals("/") ? root : root + route.path();
  }
}
