package io.kbsserver.rest.limits;

import io.micronaut.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is left of a rate after a request; written as the headers of
 * draft-ietf-httpapi-ratelimit-headers, which are structured fields.
 *
 * @param name of the limit
 * @param reset when all of it may be used again
 */
public record RateUse(String name, Rate rate, long remaining, Duration reset) {

  static final String OF_ADDRESS = "address";
  static final String OF_CREDENTIAL = "credential";

  private static final String ATTRIBUTE = "kbs.rate-use.";

  void keepIn(HttpRequest<?> request) {
    request.setAttribute(ATTRIBUTE + name, this);
  }

  /** Of the limits that a request counts for. */
  public static List<RateUse> of(HttpRequest<?> request) {
    return Stream.of(OF_ADDRESS, OF_CREDENTIAL)
        .map(name -> request.getAttribute(ATTRIBUTE + name, RateUse.class))
        .flatMap(Optional::stream)
        .toList();
  }

  /** An item of {@code RateLimit-Policy}. */
  public String policy() {
    return "\"%s\";q=%d;w=%d".formatted(name, rate.requests(), rate.window().toSeconds());
  }

  /** An item of {@code RateLimit}. */
  public String left() {
    return "\"%s\";r=%d;t=%d".formatted(name, remaining, reset.plusNanos(999_999_999).toSeconds());
  }
}
