package io.kbsserver.rest.parameters;

import io.kbsserver.site.WallClock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The moments that WordPress takes as a parameter: {@code 2026-01-02T03:04:05}, with {@code Z}, an
 * offset, or neither (then in the site's zone). As in PHP, days and hours may lie outside the
 * calendar: February 30 is in March, and day 0 is the last one of the month before.
 */
public final class WordPressDateTime {

  public static final String FORMAT = "wordpress-date-time";

  private static final Pattern PATTERN =
      Pattern.compile(
          "(\\d{4})-(0\\d|1[0-2])-([0-2]\\d|3[01])[Tt ]"
              + "([01]\\d|2[0-4]):([0-5]\\d):([0-5]\\d|60)(?:\\.\\d+)?"
              + "(?:Z|([+-])([01]\\d|2[0-4])(?::([0-5]\\d))?)?");

  /** What a database can compare with. */
  private static final LocalDateTime FIRST = LocalDateTime.of(1, 1, 1, 0, 0);

  private static final LocalDateTime LAST = LocalDateTime.of(9999, 12, 31, 23, 59, 59);

  private WordPressDateTime() {}

  public static boolean isValid(String text) {
    return PATTERN.matcher(text).matches();
  }

  /** The moment on the wall clock of the site; null where none is given. */
  public static @Nullable LocalDateTime ifGiven(@Nullable String text, ZoneId site) {
    return text == null ? null : atSite(text, site);
  }

  /** The moment on the wall clock of the site; fractions of a second are dropped. */
  public static LocalDateTime atSite(String text, ZoneId site) {
    Matcher parts = PATTERN.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Not checked: " + text);
    }
    LocalDateTime written =
        LocalDate.of(Integer.parseInt(parts.group(1)), 1, 1)
            .plusMonths(Long.parseLong(parts.group(2)) - 1)
            .atStartOfDay()
            .plusDays(Long.parseLong(parts.group(3)) - 1)
            .plusHours(Long.parseLong(parts.group(4)))
            .plusMinutes(Long.parseLong(parts.group(5)))
            .plusSeconds(Long.parseLong(parts.group(6)));
    if (!parts.group().endsWith("Z") && parts.group(7) == null) {
      return storable(WallClock.shown(storable(written), site));
    }
    return storable(
        written
            .minusMinutes(offsetInMinutes(parts))
            .atZone(ZoneOffset.UTC)
            .withZoneSameInstant(site)
            .toLocalDateTime());
  }

  private static LocalDateTime storable(LocalDateTime moment) {
    if (moment.isBefore(FIRST)) {
      return FIRST;
    }
    return moment.isAfter(LAST) ? LAST : moment;
  }

  private static long offsetInMinutes(Matcher parts) {
    if (parts.group(7) == null) {
      return 0;
    }
    String rest = parts.group(9);
    long minutes = Long.parseLong(parts.group(8)) * 60 + (rest == null ? 0 : Long.parseLong(rest));
    return parts.group(7).equals("-") ? -minutes : minutes;
  }
}
