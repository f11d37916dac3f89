package io.kbsserver.site;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Times of a site's clock, which are kept without an offset, as PHP and so WordPress reads them.
 */
public final class WallClock {

  private static final DateTimeFormatter TEXT =
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

  /** A time as the clock may show it: one that it skipped is moved behind the gap. */
  public static LocalDateTime shown(LocalDateTime local, ZoneId zone) {
    return moment(local, zone).toLocalDateTime();
  }

  /** As WordPress writes all dates, those in UTC as well: passed through the site's clock. */
  public static String text(LocalDateTime date, ZoneId zone) {
    return TEXT.format(shown(date, zone));
  }
}
