package io.kbsserver.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.MutableHttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * That something should not be used any more.
 *
 * @param since since when that is so
 * @param sunset when it goes
 */
record Deprecation(Instant since, Instant sunset) {

  /** The headers, for pages of other origins to be shown. */
  static final String HEADERS = "Deprecation, Sunset";

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** What the contract says of an operation, a parameter or a field. */
  static Optional<Deprecation> of(JsonNode marked) {
    return marked.path("deprecated").asBoolean()
        ? Optional.of(
            new Deprecation(start(marked, "x-deprecated-since"), start(marked, "x-sunset")))
        : Optional.empty();
  }

  private static Instant start(JsonNode marked, String date) {
    return LocalDate.parse(marked.path(date).asText()).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Both: whichever comes first counts. */
  Deprecation and(Deprecation other) {
    return new Deprecation(
        since.isBefore(other.since) ? since : other.since,
        sunset.isBefore(other.sunset) ? sunset : other.sunset);
  }

  /** Says so in an answer (RFC 9745 and RFC 8594). */
  void announce(MutableHttpResponse<?> response) {
    response
        .header("Deprecation", "@" + since.getEpochSecond())
        .header("Sunset", HTTP_DATE.format(sunset));
  }
}
