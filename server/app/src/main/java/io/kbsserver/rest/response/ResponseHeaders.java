package io.kbsserver.rest.response;

import io.kbsserver.contract.Deprecation;
import io.kbsserver.contract.Operation;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.rest.parameters.HandlingPreference;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.routing.Routes;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import java.util.regex.Pattern;

/** The headers that WordPress sends with every answer, and those of our own extensions. */
@ServerFilter(RequestReader.ROUTES)
class ResponseHeaders implements Ordered {

  private static final String EXPOSED =
      "X-WP-Total, X-WP-TotalPages, Link, Location, Kbs-Ignored-Parameters, Kbs-Changed-Parameters,"
          + " Preference-Applied";
  private static final String ACCEPTED =
      "Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type,"
          + " X-HTTP-Method-Override, Prefer";
  private static final Pattern ORIGIN =
      Pattern.compile("null|https?://[A-Za-z0-9._\\[\\]:-]{1,255}");

  private static final String JSON = "application/json; charset=UTF-8";

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
    response
        .header("X-Robots-Tag", "noindex")
        .header("X-Content-Type-Options", "nosniff")
        .header("Access-Control-Expose-Headers", exposed(response, deprecation.isPresent()))
        .header("Access-Control-Allow-Headers", ACCEPTED);
    allowOrigin(request, response);
    boolean json =
        response.getContentType().map(MediaType.APPLICATION_JSON_TYPE::equals).orElse(true);
    if (json && response.getBody().isPresent()) {
      response.contentType(JSON);
    }
    if (!response.getHeaders().contains(HttpHeaders.LINK)) {
      response.header(HttpHeaders.LINK, baseUrl.linkToIndex());
    }
    if (request.getUserPrincipal().isPresent()) {
      response
          .header(HttpHeaders.EXPIRES, "Wed, 11 Jan 1984 05:00:00 GMT")
          .header(HttpHeaders.CACHE_CONTROL, "no-cache, must-revalidate, max-age=0");
    }
    HandlingPreference.of(request)
        .ifPresent(
            lenient ->
                response.header(
                    "Preference-Applied", "handling=" + (lenient ? "lenient" : "strict")));
  }

  private static String exposed(HttpResponse<?> response, boolean deprecated) {
    return EXPOSED
        + (deprecated ? ", " + DeprecationHeaders.NAMES : "")
        + (response.getHeaders().contains(RateLimitHeaders.LEFT)
            ? ", " + RateLimitHeaders.NAMES
            : "")
        + (response.getHeaders().contains(HttpHeaders.RETRY_AFTER)
            ? ", " + HttpHeaders.RETRY_AFTER
            : "");
  }

  /**
   * Pages from anywhere may call: each request brings its own credentials, and none that a browser
   * keeps.
   */
  private static void allowOrigin(HttpRequest<?> request, MutableHttpResponse<?> response) {
    String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
    if (origin != null) {
      response
          .header(
              HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN,
              ORIGIN.matcher(origin).matches() ? origin : "")
          .header(
              HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "OPTIONS, GET, POST, PUT, PATCH, DELETE")
          .header(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    if (origin != null || request.getUserPrincipal().isEmpty()) {
      response.header(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
  }
}
