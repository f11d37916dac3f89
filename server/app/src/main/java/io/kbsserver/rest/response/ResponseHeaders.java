package io.kbsserver.rest.response;

import io.kbsserver.contract.Deprecation;
import io.kbsserver.contract.Operation;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.rest.parameters.HandlingPreference;
import io.kbsserver.rest.request.BatchedPart;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.routing.RouteHeaders;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;

/** The headers that WordPress sends with every answer, and those of our own extensions. */
@ServerFilter(RequestReader.ROUTES)
class ResponseHeaders implements Ordered {

  private final BaseUrl baseUrl;
  private final Routes routes;

  ResponseHeaders(BaseUrl baseUrl, Routes routes) {
    this.baseUrl = baseUrl;
    this.routes = routes;
  }

  @Override
  public int getOrder() {
    return ResponseOrder.HEADERS;
  }

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    RequestParameters rest = RequestParameters.of(request);
    Optional<Deprecation> deprecation =
        routes
            .operation(request)
            .filter(Operation::isDeprecatedInPart)
            .flatMap(
                operation ->
                    operation.deprecationOf(rest.parameters(request.getMethod()).keySet()));
    deprecation.ifPresent(used -> DeprecationHeaders.announce(used, response));
    HandlingPreference.of(request)
        .ifPresent(
            lenient ->
                response.header(
                    "Preference-Applied", "handling=" + (lenient ? "lenient" : "strict")));
    if (BatchedPart.is(request)) {
      // All else is said of the whole message.
      return;
    }
    String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
    RouteHeaders.add(origin, exposed(response, deprecation.isPresent()), response::header);
    if (origin != null || request.getUserPrincipal().isEmpty()) {
      response.header(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
    boolean json =
        response.getContentType().map(MediaType.APPLICATION_JSON_TYPE::equals).orElse(true);
    if (json && response.getBody().isPresent()) {
      response.contentType(RouteHeaders.JSON);
    }
    // A cache would take it for one of the links of what it has.
    if (response.code() != HttpStatus.NOT_MODIFIED.getCode()
        && !response.getHeaders().contains(HttpHeaders.LINK)) {
      response.header(HttpHeaders.LINK, baseUrl.linkToIndex());
    }
    if (request.getUserPrincipal().isPresent()
        && !response.getHeaders().contains(HttpHeaders.CACHE_CONTROL)) {
      response
          .header(HttpHeaders.EXPIRES, "Wed, 11 Jan 1984 05:00:00 GMT")
          .header(HttpHeaders.CACHE_CONTROL, "no-cache, must-revalidate, max-age=0");
    }
  }

  private static String exposed(HttpResponse<?> response, boolean deprecated) {
    return RouteHeaders.EXPOSED
        + (deprecated ? ", " + DeprecationHeaders.NAMES : "")
        + (response.getHeaders().contains(RateLimitHeaders.LEFT)
            ? ", " + RateLimitHeaders.NAMES
            : "")
        + (response.getHeaders().contains(RouteHeaders.POSITION)
            ? ", " + RouteHeaders.POSITION
            : "")
        + (response.getHeaders().contains(HttpHeaders.RETRY_AFTER)
            ? ", " + HttpHeaders.RETRY_AFTER
            : "");
  }
}
