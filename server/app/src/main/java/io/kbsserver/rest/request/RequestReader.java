package io.kbsserver.rest.request;

import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.rest.body.FormBody;
import io.kbsserver.rest.body.Parameters;
import io.kbsserver.rest.errors.RestException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.server.annotation.PreMatching;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Reads the query, and a short body, before anything else happens, as WordPress does: malformed
 * JSON is refused whatever the route, and before it is known who asks. A host that is none is
 * refused for pages and files as well: they have links.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public class RequestReader {

  public static final String ROUTES = "/wp-json/**";

  public static final String ROOT = "/wp-json/";

  /** A header that asks for another method. */
  public static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

  private static final URI INDEX = URI.create("/wp-json");

  private final BaseUrl baseUrl;

  RequestReader(BaseUrl baseUrl) {
    this.baseUrl = baseUrl;
  }

  @RequestFilter
  @PreMatching
  CompletionStage<HttpRequest<?>> read(HttpRequest<?> request) {
    if (!baseUrl.isNamedBy(request)) {
      throw RestException.invalidHost();
    }
    FormBody.Reading reading = query(request);
    Parameters query = reading.parameters();
    Optional<URI> route = RouteAddress.of(request.getUri(), query.values());
    if (route.isEmpty() && reading.refusal() != null) {
      // Whatever route is meant, it will not be reached.
      return refused(
          RouteAddress.mayBeInQuery(request.getUri()) ? moved(request, INDEX) : request,
          query,
          reading.refusal());
    }
    if (route.isEmpty()) {
      return CompletableFuture.completedFuture(request);
    }
    HttpRequest<?> routed = MethodOverride.of(moved(request, route.get()), query.values());
    if (reading.refusal() != null) {
      return refused(routed, query, reading.refusal());
    }
    if (query.values().containsKey("_jsonp")) {
      return refused(routed, query, RestException.jsonpDisabled());
    }
    Parameters read = BatchedPart.of(routed).map(BatchedPart::body).orElse(Parameters.NONE);
    RequestParameters.read(query, read, false, false).keepIn(routed);
    ByteBody body = request instanceof ServerHttpRequest<?> server ? server.byteBody() : null;
    if (body == null
        || body.expectedLength().orElse(1) == 0
        || (routed.getMethod() == HttpMethod.OPTIONS && !BodyParser.isJson(request))) {
      // Who asks what there is says nothing with a form, or with what is none.
      return CompletableFuture.completedFuture(routed);
    }
    if (request.getHeaders().contains(HttpHeaders.EXPECT)) {
      RequestBody.waiting(body).keepIn(routed);
      return CompletableFuture.completedFuture(routed);
    }
    return RequestBody.begin(body)
        .handle(
            (begun, failure) -> {
              if (failure instanceof RestException refusal) {
                RequestParameters.refused(query, refusal).keepIn(routed);
              } else if (failure != null) {
                throw new CompletionException(failure);
              } else {
                begun.keepIn(routed);
              }
              return routed;
            });
  }

  /** A failure here would be answered without any of the headers that answers have. */
  private static CompletionStage<HttpRequest<?>> refused(
      HttpRequest<?> request, Parameters query, RuntimeException refusal) {
    RequestParameters.refused(query, refusal).keepIn(request);
    return CompletableFuture.completedFuture(request);
  }

  private static FormBody.Reading query(HttpRequest<?> request) {
    return FormBody.query(Optional.ofNullable(request.getUri().getRawQuery()).orElse(""));
  }

  /** WordPress answers JSON whatever a client says to accept. */
  private static HttpRequest<?> moved(HttpRequest<?> request, URI address) {
    MutableHttpRequest<?> result = request.mutate();
    result.getHeaders().set(HttpHeaders.ACCEPT, MediaType.ALL);
    return address.equals(request.getUri()) ? result : result.uri(address);
  }
}
