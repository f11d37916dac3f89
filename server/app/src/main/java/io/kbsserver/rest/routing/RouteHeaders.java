package io.kbsserver.rest.routing;

import io.micronaut.http.HttpHeaders;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers that WordPress sends with every answer of a route, whoever gives it, but for the link
 * to the index: its address depends on the whole request.
 */
public final class RouteHeaders {

  /** The position in the log of changes that an answer begins at. */
  public static final String POSITION = "Kbs-Position";

  /** What pages of other origins may read. */
  public static final String EXPOSED =
      "X-WP-Total, X-WP-TotalPages, Link, Location, Kbs-Ignored-Parameters, Kbs-Changed-Parameters,"
          + " Preference-Applied, ETag, Idempotency-Replayed";

  public static final String JSON = "application/json; charset=UTF-8";

  private static final String ACCEPTED =
      "Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type,"
          + " X-HTTP-Method-Override, Prefer, Idempotency-Key, If-Match, If-None-Match,"
          + " Last-Event-ID";
  private static final Pattern ORIGIN =
      Pattern.compile("null|https?://[A-Za-z0-9._\\[\\]:-]{1,255}");

  private RouteHeaders() {}

  /**
   * Adds them.
   *
   * @param origin of the page that asks
   * @param exposed what it may read
   */
  public static void add(
      @Nullable String origin, String exposed, BiConsumer<String, String> headers) {
    headers.accept("X-Robots-Tag", "noindex");
    headers.accept("X-Content-Type-Options", "nosniff");
    headers.accept("Access-Control-Expose-Headers", exposed);
    headers.accept("Access-Control-Allow-Headers", ACCEPTED);
    if (origin != null) {
      allow(origin, headers);
    }
  }

  /** Those of a refusal, where it is not known yet what a request is about. */
  public static void addToRefusal(@Nullable String origin, BiConsumer<String, String> headers) {
    add(origin, EXPOSED + ", " + HttpHeaders.RETRY_AFTER, headers);
    headers.accept(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    headers.accept(HttpHeaders.CONTENT_TYPE, JSON);
  }

  /**
   * Pages from anywhere may call: each request brings its own credentials, and none that a browser
   * keeps.
   */
  private static void allow(String origin, BiConsumer<String, String> headers) {
    headers.accept(
        HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN.matcher(origin).matches() ? origin : "");
    headers.accept(
        HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "OPTIONS, GET, POST, PUT, PATCH, DELETE");
    headers.accept(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
  }
}
