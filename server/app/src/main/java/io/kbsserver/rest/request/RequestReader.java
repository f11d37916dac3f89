package io.kbsserver.rest.request;

import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.rest.body.DeclaredCharset;
import io.kbsserver.rest.body.FormBody;
import io.kbsserver.rest.body.JsonBody;
import io.kbsserver.rest.body.ParameterText;
import io.kbsserver.rest.body.Parameters;
import io.kbsserver.rest.errors.RestException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.annotation.PreMatching;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Reads query and body before anything else happens, as WordPress does: malformed JSON is refused
 * whatever the route, and before it is known who asks.
 */
@ServerFilter({RequestReader.ROUTES, "/", "/index.php", "/index.php/**"})
public class RequestReader {

  public static final String ROUTES = "/wp-json/**";

  public static final String ROOT = "/wp-json/";

  private static final URI INDEX = URI.create("/wp-json");

  private final BaseUrl baseUrl;
  private final long mostBytes;

  RequestReader(BaseUrl baseUrl, HttpServerConfiguration server) {
    this.baseUrl = baseUrl;
    this.mostBytes = server.getMaxRequestBufferSize();
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
    ByteBody body = request instanceof ServerHttpRequest<?> server ? server.byteBody() : null;
    if (body == null || body.expectedLength().orElse(1) == 0) {
      return CompletableFuture.completedFuture(read(query, routed, new byte[0]));
    }
    if (type(request).equals(MediaType.MULTIPART_FORM_DATA)) {
      RequestParameters.read(query, Parameters.NONE, false, false).keepIn(routed);
      UnreadBody.leave(routed, body);
      return CompletableFuture.completedFuture(routed);
    }
    long declared = body.expectedLength().orElse(0);
    if (declared > mostBytes) {
      return CompletableFuture.failedFuture(
          new ContentLengthExceededException(mostBytes, declared));
    }
    try (CloseableByteBody copy = body.split(SplitBackpressureMode.FASTEST)) {
      return copy.buffer()
          .thenApply(
              whole -> {
                try (whole) {
                  return read(query, routed, whole.toByteArray());
                }
              });
    }
  }

  private static HttpRequest<?> read(Parameters query, HttpRequest<?> request, byte[] body) {
    try {
      readBody(query, request, body).keepIn(request);
    } catch (RestException | InvalidParameters e) {
      RequestParameters.refused(query, e).keepIn(request);
    }
    return request;
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

  private static RequestParameters readBody(Parameters query, HttpRequest<?> request, byte[] body) {
    if (body.length == 0) {
      return RequestParameters.read(query, Parameters.NONE, false, false);
    }
    String contentType = contentType(request);
    String type = type(request);
    if (isJson(type)) {
      return RequestParameters.read(
          query,
          JsonBody.parse(body, StandardCharsets.UTF_8).orElseThrow(RestException::malformedJson),
          true,
          false);
    }
    boolean packed =
        request.getHeaders().getAll(HttpHeaders.CONTENT_ENCODING).stream()
            .flatMap(codings -> Arrays.stream(codings.split(",")))
            .map(String::strip)
            .anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase("identity"));
    try {
      if (type.equals(MediaType.APPLICATION_FORM_URLENCODED) && !packed) {
        return readForm(query, body, DeclaredCharset.of(contentType));
      }
    } catch (RestException | InvalidParameters e) {
      if (RequestParameters.formCounts(request.getMethod())) {
        throw e;
      }
    }
    return RequestParameters.unreadable(query, request.getMethod());
  }

  private static RequestParameters readForm(Parameters query, byte[] body, Charset charset) {
    if (!DeclaredCharset.containsAscii(charset)) {
      // All of the form is in it, so that there are no escapes of its bytes.
      ParameterText texts = new ParameterText(charset);
      byte[] form = texts.value("body", body).getBytes(StandardCharsets.UTF_8);
      texts.refuseUnreadable();
      return readForm(query, form, StandardCharsets.UTF_8);
    }
    if (body[0] == '{') {
      // The documented curl example sends JSON so.
      Optional<Parameters> json = JsonBody.parse(body, charset);
      if (json.isPresent() || IntStream.range(0, body.length).noneMatch(i -> body[i] == '=')) {
        return RequestParameters.read(
            query, json.orElseThrow(RestException::malformedJson), true, false);
      }
    }
    return RequestParameters.read(query, FormBody.urlEncoded(body, charset), false, false);
  }

  private static String contentType(HttpRequest<?> request) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeaders.CONTENT_TYPE))
        .orElse("")
        .strip();
  }

  private static String type(HttpRequest<?> request) {
    return contentType(request).split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isJson(String type) {
    // Some clients name several types, as in Accept.
    return Arrays.stream(type.split("[\\s,]+"))
        .anyMatch(
            named ->
                named.equals(MediaType.APPLICATION_JSON)
                    || (named.startsWith("application/") && named.endsWith("+json")));
  }
}
