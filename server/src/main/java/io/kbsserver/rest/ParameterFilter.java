package io.kbsserver.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.site.Site;
import io.kbsserver.site.SiteSettings;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Map;
import java.util.Optional;

/** Checks the query parameters before it is known who asks, as WordPress does. */
@ServerFilter(RequestReader.ROUTES)
class ParameterFilter implements Ordered {

  private final Routes routes;
  private final ParameterCheck check;
  private final SiteSettings settings;

  ParameterFilter(Routes routes, ParameterCheck check, SiteSettings settings) {
    this.routes = routes;
    this.check = check;
    this.settings = settings;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before();
  }

  @RequestFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  void check(HttpRequest<?> request) {
    RestRequest rest = RestRequest.of(request);
    if (rest.refusal() != null) {
      throw rest.refusal();
    }
    Optional<Operation> operation = routes.operation(request);
    if (operation.isEmpty()) {
      return;
    }
    Site site = settings.current();
    if (!site.isOn(operation.get().setting())) {
      throw NotFound.route();
    }
    boolean lenient = Preference.of(request).orElse(site.lenient());
    if (rest.unreadable() && !lenient) {
      throw RestException.unsupportedMediaType();
    }
    refuseUnreadablePath(request);
    UnknownValues unknown = new UnknownValues(lenient);
    if (rest.unreadable()) {
      unknown.add("body", "The body is in a format that is not understood.");
    }
    Map<String, Object> arguments =
        check.check(operation.get(), rest.parameters(request.getMethod()), site);
    rest.checked(arguments, unknown).keepIn(request);
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
