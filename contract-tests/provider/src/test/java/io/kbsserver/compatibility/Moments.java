package io.kbsserver.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.compare.Leeway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Values that depend on when a request is sent. A recorded moment from the time of the recording
 * stands for "now", and a ticket that was created then has a key that is another one each time;
 * everything else has a fixed value.
 */
final class Moments implements Leeway {

  private static final Pattern TICKET_KEY = Pattern.compile("[0-9a-f]{32}");

  /** Posts from this id on were created while recording. */
  private static final long FIRST_NEW_POST = 354;

  /** All writes were recorded after it, and everything in the fixture happened before it. */
  static final Instant RECORDING = Instant.parse("2026-11-23T20:08:00Z");

  /** When writes were recorded; the fixtures hold due dates, and what happened, between and after. */
  private static final Map<Instant, Instant> RECORDED =
      Map.of(
          RECORDING,
          Instant.parse("2026-11-23T23:59:59Z"),
          Instant.parse("2026-11-25T14:00:00Z"),
          Instant.parse("2026-11-25T14:30:00Z"));

  private static final ZoneId SITE = ZoneId.of("Europe/Berlin");
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final Clock clock;

  Moments(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean allows(JsonNode owner, String where, String recorded, String answered) {
    String field = where.substring(where.lastIndexOf('.') + 1);
    return field.equals("gmt_offset")
            && isOffset(RECORDING, recorded)
            && isOffset(clock.instant(), answered)
        || isNow(field, recorded) && isJustNow(field, recorded, answered)
        || isNew(owner)
            && where.endsWith(".ticket_data.key")
            && TICKET_KEY.matcher(answered).matches();
  }

  /** Whether a number of hours is the one that the site was ahead of UTC by then. */
  private static boolean isOffset(Instant moment, String hours) {
    Duration offset = Duration.ofSeconds(SITE.getRules().getOffset(moment).getTotalSeconds());
    return hours.equals(String.valueOf(offset.toHours()));
  }

  private static boolean isNew(JsonNode owner) {
    return owner != null && owner.path("id").asLong() >= FIRST_NEW_POST;
  }

  /** Whether a field holds the moment at which its request was handled. */
  private boolean isNow(String field, String recorded) {
    Instant moment = instant(field, recorded);
    return moment != null
        && RECORDED.entrySet().stream()
            .anyMatch(
                session ->
                    !moment.isBefore(session.getKey()) && !moment.isAfter(session.getValue()));
  }

  /** Whether a value has the recorded one's form and means a moment just gone. */
  private boolean isJustNow(String field, String recorded, String answered) {
    Instant moment = instant(field, answered);
    return moment != null
        && recorded.replaceAll("\\d", "9").equals(answered.replaceAll("\\d", "9"))
        && Duration.between(moment, clock.instant()).abs().compareTo(TOLERANCE) < 0;
  }

  private static Instant instant(String field, String value) {
    ZoneId zone =
        switch (field) {
          case "date", "modified" -> SITE;
          case "date_gmt", "modified_gmt", "date_created" -> ZoneOffset.UTC;
          default -> null;
        };
    if (zone == null) {
      return null;
    }
    try {
      return LocalDateTime.parse(value.replace(' ', 'T')).atZone(zone).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
