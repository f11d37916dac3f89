package io.kbsserver.rest.discovery;

import io.kbsserver.api.model.Link;
import io.kbsserver.api.model.NamespaceIndex;
import io.kbsserver.api.model.RouteDescription;
import io.kbsserver.api.model.SiteIndex;
import io.kbsserver.contract.Route;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.rest.login.AllowedMethods;
import io.kbsserver.rest.routing.Routes;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What clients can find out about the server by asking it. */
@Singleton
class DiscoveryRepresentation {

  private static final int SECONDS_PER_HOUR = 3600;

  private final Routes routes;
  private final AllowedMethods allowed;
  private final RouteRepresentation representation;
  private final CurrentSite settings;
  private final BaseUrl baseUrl;
  private final Clock clock;

  DiscoveryRepresentation(
      Routes routes,
      AllowedMethods allowed,
      RouteRepresentation representation,
      CurrentSite settings,
      BaseUrl baseUrl,
      Clock clock) {
    this.routes = routes;
    this.allowed = allowed;
    this.representation = representation;
    this.settings = settings;
    this.baseUrl = baseUrl;
    this.clock = clock;
  }

  /** The index of the site. */
  SiteIndex site() {
    Site site = settings.current();
    ZoneOffset offset = site.get(Setting.TIME_ZONE).getRules().getOffset(clock.instant());
    return SiteIndex.builder()
        .name(site.get(Setting.SITE_NAME))
        .description(site.get(Setting.SITE_DESCRIPTION))
        .url(baseUrl.ofServer())
        .home(baseUrl.ofServer())
        .gmtOffset(
            BigDecimal.valueOf(offset.getTotalSeconds())
                .divide(BigDecimal.valueOf(SECONDS_PER_HOUR), 2, RoundingMode.HALF_UP)
                .stripTrailingZeros())
        .timezoneString(
            site.get(Setting.TIME_ZONE) instanceof ZoneOffset
                ? ""
                : site.get(Setting.TIME_ZONE).getId())
        .namespaces(routes.namespaces())
        .authentication(Map.of("application-passwords", Map.of()))
        .routes(routes(site, ""))
        ._links(Map.of("help", List.of(link("https://developer.wordpress.org/rest-api/"))))
        .build();
  }

  /** The index of a namespace. */
  NamespaceIndex namespace(String namespace) {
    return NamespaceIndex.builder()
        .namespace(namespace)
        .routes(routes(settings.current(), namespace))
        ._links(Map.of("up", List.of(link(baseUrl.ofRoutes() + "/"))))
        .build();
  }

  /**
   * The answer to OPTIONS on a route.
   *
   * @param visible whether the caller sees what is there
   */
  HttpResponse<RouteDescription> describe(Route route, HttpRequest<?> request, boolean visible) {
    Site site = settings.current();
    MutableHttpResponse<RouteDescription> response =
        HttpResponse.ok(representation.withSchema(route, site, baseUrl.ofRoutes()));
    if (visible) {
      allowed.tell(route, request, response);
    }
    return response;
  }

  private Map<String, RouteDescription> routes(Site site, String namespace) {
    Map<String, RouteDescription> described = new LinkedHashMap<>();
    routes.on(site).stream()
        .filter(route -> namespace.isEmpty() || route.namespace().equals(namespace))
        .forEach(
            route ->
                described.put(route.name(), representation.of(route, site, baseUrl.ofRoutes())));
    return described;
  }

  private static Link link(String address) {
    return Link.builder().href(address).build();
  }
}
