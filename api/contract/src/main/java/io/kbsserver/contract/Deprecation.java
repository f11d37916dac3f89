package io.kbsserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * That something should not be used any more.
 *
 * @param since since when that is so
 * @param sunset when it goes
 */
public record Deprecation(Instant since, Instant sunset) {

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
}
