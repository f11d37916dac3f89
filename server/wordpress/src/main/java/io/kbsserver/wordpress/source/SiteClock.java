package io.kbsserver.wordpress.source;

import io.kbsserver.site.WallClock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/** Reads the dates of a WordPress database and converts between the site's wall clock and UTC. */
public final class SiteClock {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  /** The earliest year that a DATETIME holds. */
  private static final int FIRST_YEAR = 1000;

  private final ZoneId zone;

  public SiteClock(ZoneId zone) {
    this.zone = zone;
  }

  /** A stored date; null for none, the zero date and anything that is no date. */
  public static @Nullable LocalDateTime parse(@Nullable String stored) {
    if (stored == null) {
      return null;
    }
    try {
      LocalDateTime date = LocalDateTime.parse(stored.strip(), FORMAT);
      return date.getYear() < FIRST_YEAR ? null : date;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** As the database takes it. */
  public static @Nullable String format(@Nullable LocalDateTime date) {
    return date == null ? null : FORMAT.format(date);
  }

  /** A Unix time in UTC. */
  public static LocalDateTime ofUnixTime(long seconds) {
    return LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
  }

  LocalDateTime toGmt(LocalDateTime local) {
    return WallClock.utc(local, zone);
  }

  LocalDateTime toLocal(LocalDateTime gmt) {
    return LocalDateTime.ofInstant(gmt.toInstant(ZoneOffset.UTC), zone);
  }
}
