package io.kbsserver.site;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Times of a site's clock, which are kept without an offset, as PHP and so WordPress reads them.
 */
public final class WallClock {

  private static final DateTimeFormatter WIRE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  private WallClock() {}

  /**
   * The moment that is meant. A time that the clock skipped is as much later as was skipped: 02:30
   * becomes 03:30. Of a time that came twice the first is meant west of Greenwich and the second
   * east of it: PHP starts with the offset that is in force when it is as late in UTC.
   */
  public static ZonedDateTime moment(LocalDateTime local, ZoneId zone) {
    ZoneOffset offset = zone.getRules().getOffset(local.toInstant(ZoneOffset.UTC));
    return ZonedDateTime.ofLocal(local, zone, offset);
  }

  /** The same in UTC. */
  public static LocalDateTime utc(LocalDateTime local, ZoneId zone) {
    return moment(local, zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
  }

  /** Now in UTC, in whole seconds as WordPress keeps it. */
  public static LocalDateTime now(Clock clock) {
    Instant second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return LocalDateTime.ofInstant(second, ZoneOffset.UTC);
  }

  /** What the site's clock shows at a moment in UTC. */
  public static LocalDateTime local(LocalDateTime utc, ZoneId zone) {
    return utc.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone).toLocalDateTime();
  }

  /** A time as it is sent; WordPress passes all dates through the site's clock, UTC as well. */
  public static String wire(LocalDateTime date, ZoneId zone) {
    return WIRE.format(shown(date, zone));
  }

  /** A time as the clock may show it: one that it skipped is moved behind the gap. */
  public static LocalDateTime shown(LocalDateTime local, ZoneId zone) {
    return moment(local, zone).toLocalDateTime();
  }
}
