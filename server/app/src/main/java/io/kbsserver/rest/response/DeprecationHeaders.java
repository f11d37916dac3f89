package io.kbsserver.rest.response;

import io.kbsserver.contract.Deprecation;
import io.micronaut.http.MutableHttpResponse;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says in an answer that something should not be used any more (RFC 9745 and RFC 8594). */
final class DeprecationHeaders {

  /** The headers, for pages of other origins to be shown. */
  static final String NAMES = "Deprecation, Sunset";

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private DeprecationHeaders() {}

  static void announce(Deprecation deprecation, MutableHttpResponse<?> response) {
    response
        .header("Deprecation", "@" + deprecation.since().getEpochSecond())
        .header("Sunset", HTTP_DATE.format(deprecation.sunset()));
  }
}
