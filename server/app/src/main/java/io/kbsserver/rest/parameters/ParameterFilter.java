package io.kbsserver.rest.parameters;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Route;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.rest.body.ParameterText;
import io.kbsserver.rest.errors.RestException;
import io.kbsserver.rest.login.ApplicationPasswordFetcher;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.routing.Routes;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.security.filters.SecurityFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/** Checks the query parameters before it is known who asks, as WordPress does. */
@ServerFilter(RequestReader.ROUTES)
class ParameterFilter implements Ordered {

  private final Routes routes;
  private final ParameterCheck check;
  private final CurrentSite settings;
  private final ApplicationPasswordFetcher passwords;

  ParameterFilter(
      Routes routes,
      ParameterCheck check,
      CurrentSite settings,
      ApplicationPasswordFetcher passwords) {
    this.routes = routes;
    this.check = check;
    this.settings = settings;
    this.passwords = passwords;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before() + 1;
  }

  @RequestFilter
  CompletionStage<HttpRequest<?>> check(HttpRequest<?> request) {
    try {
      understand(request);
      return CompletableFuture.completedFuture(request);
    } catch (RuntimeException refusal) {
      // Whoever is refused is told what else may be done; nobody asks for the login any more.
      return Mono.from(passwords.fetchAuthentication(request))
          .doOnNext(login -> request.setAttribute(SecurityFilter.AUTHENTICATION, login))
          .then(Mono.<HttpRequest<?>>error(refusal))
          .toFuture();
    }
  }

  private void understand(HttpRequest<?> request) {
    RequestParameters rest = RequestParameters.of(request);
    if (rest.refusal() != null) {
      throw rest.refusal();
    }
    Optional<Operation> operation = routes.operation(request);
    if (operation.isEmpty()) {
      return;
    }
    Site site = settings.current();
    if (!site.isOn(operation.get().setting()) || routes.isNone(operation.get(), request)) {
      throw NotFound.route();
    }
    boolean lenient = HandlingPreference.of(request).orElse(site.get(Setting.VALUE_HANDLING));
    if (rest.unreadable() && !lenient) {
      throw RestException.unsupportedMediaType();
    }
    refuseUnreadablePath(request);
    UnknownValues unknown = new UnknownValues(lenient || isPreflight(request));
    if (rest.unreadable()) {
      unknown.add("body", "The body is in a format that is not understood.");
    }
    ParameterNames names = names(request, operation.get(), site);
    HttpMethod method = request.getMethod();
    RequestParameters settled = names.settled(rest, RequestParameters.formCounts(method), unknown);
    Map<String, Object> given = settled.parameters(method);
    Map<String, Fault> faults =
        isPreflight(request) ? new HashMap<>() : names.otherThanThePath(given, inPath(request));
    unknown.faults().forEach(faults::putIfAbsent);
    Map<String, Object> arguments =
        isDescribed(operation.get())
            ? check.check(routes.reading(operation.get()), Map.of(), site, true, faults)
            : check.check(operation.get(), given, site, unknown.lenient(), faults);
    settled.checked(arguments, unknown).keepIn(request);
  }

  /** Who asks for the description of a route may use what its operations take. */
  private ParameterNames names(HttpRequest<?> request, Operation operation, Site site) {
    Route route = routes.of(request).orElseThrow();
    return new ParameterNames(
        isDescribed(operation) ? route.operations() : List.of(operation), route, site);
  }

  /**
   * Whether it is only told what there is, for which everything that is read is as if not given.
   */
  private static boolean isDescribed(Operation operation) {
    return operation.method() == HttpMethod.OPTIONS;
  }

  private static Map<String, Object> inPath(HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request)
        .map(RouteMatch::getVariableValues)
        .orElse(Map.of());
  }

  /** A browser shows nothing of a preflight that fails, and the request itself will be checked. */
  private static boolean isPreflight(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.OPTIONS
        && request.getHeaders().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
  }

  /** Names what stands in a path that is no UTF-8, of which the router makes other characters. */
  private static void refuseUnreadablePath(HttpRequest<?> request) {
    String path = request.getPath();
    byte[] bytes = QueryStringDecoder.decodeComponent(path, ISO_8859_1).getBytes(ISO_8859_1);
    ParameterText texts = new ParameterText(UTF_8);
    RouteAttributes.getRouteMatch(request)
        .ifPresent(
            match -> match.getVariableValues().keySet().forEach(name -> texts.value(name, bytes)));
    texts.refuseUnreadable();
  }
}
