package io.kbsserver.wordpress.source;

import static java.util.Objects.requireNonNull;

import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.wordpress.report.ImportLog;
import io.kbsserver.wordpress.report.Kind;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dates of a post, made whole: what is missing is worked out from what is there.
 *
 * @param local when it was written, on the site's clock
 * @param gmt the same in UTC
 * @param modifiedLocal when it was last changed, on the site's clock
 * @param modifiedGmt the same in UTC
 */
public record PostDates(
    LocalDateTime local,
    LocalDateTime gmt,
    LocalDateTime modifiedLocal,
    LocalDateTime modifiedGmt) {

  /** WordPress itself leaves the UTC date of these empty until they are published. */
  private static final Set<String> FLOATING =
      Set.of(BuiltInStatus.DRAFT, BuiltInStatus.AUTO_DRAFT, BuiltInStatus.PENDING);

  private static final String HALF =
      "half of its date was empty and was worked out from the other half";
  private static final String NONE = "it has no date; the nearest one was taken";

  /**
   * Reads and repairs.
   *
   * @param before what to take where a post has no date at all: the date of the post before it
   */
  public static PostDates of(
      WordPressPost post, SiteClock clock, Kind kind, ImportLog log, PostDates before) {
    Moment date = Moment.of(post.date(), post.dateGmt(), clock);
    Moment modified = Moment.of(post.modified(), post.modifiedGmt(), clock);
    if (date.repaired && !(date.complete() && FLOATING.contains(post.status()))) {
      say(post.id(), date, kind, log, HALF, NONE);
    }
    if (modified.repaired) {
      say(
          post.id(),
          modified,
          kind,
          log,
          "half of its date of change was empty and was worked out from the other half",
          "it has no date of change; its own date was taken");
    }
    if (!date.complete()) {
      date = modified.complete() ? modified : new Moment(before.local, before.gmt, true);
    }
    if (!modified.complete()) {
      modified = date;
    }
    return new PostDates(
        requireNonNull(date.local),
        requireNonNull(date.gmt),
        requireNonNull(modified.local),
        requireNonNull(modified.gmt));
  }

  /**
   * Reads and repairs the date of something that is not changed: it has only one.
   *
   * @param before what to take where it has none at all
   */
  public static PostDates ofOne(
      long id,
      @Nullable String stored,
      @Nullable String storedGmt,
      SiteClock clock,
      Kind kind,
      ImportLog log,
      PostDates before) {
    Moment date = Moment.of(stored, storedGmt, clock);
    if (date.repaired) {
      say(id, date, kind, log, HALF, NONE);
    }
    if (!date.complete()) {
      return before;
    }
    LocalDateTime local = requireNonNull(date.local);
    LocalDateTime gmt = requireNonNull(date.gmt);
    return new PostDates(local, gmt, local, gmt);
  }

  /** As the columns of a row take them: written and changed, each on both clocks. */
  public List<String> values() {
    return Stream.of(local, gmt, modifiedLocal, modifiedGmt).map(SiteClock::format).toList();
  }

  /** What WordPress works out itself when it is read is no repair. */
  private static void say(
      long id, Moment moment, Kind kind, ImportLog log, String half, String none) {
    if (moment.complete()) {
      log.information(kind, id, half);
    } else {
      log.problem(kind, id, none);
    }
  }

  /** Where to start: there is no post before the first one. */
  public static PostDates earliest(SiteClock clock) {
    LocalDateTime gmt = SiteClock.ofUnixTime(0);
    LocalDateTime local = clock.toLocal(gmt);
    return new PostDates(local, gmt, local, gmt);
  }

  private record Moment(
      @Nullable LocalDateTime local, @Nullable LocalDateTime gmt, boolean repaired) {

    static Moment of(@Nullable String storedLocal, @Nullable String storedGmt, SiteClock clock) {
      LocalDateTime local = SiteClock.parse(storedLocal);
      LocalDateTime gmt = SiteClock.parse(storedGmt);
      boolean repaired = local == null || gmt == null;
      if (local == null && gmt != null) {
        local = clock.toLocal(gmt);
      } else if (gmt == null && local != null) {
        gmt = clock.toGmt(local);
      }
      return new Moment(local, gmt, repaired);
    }

    boolean complete() {
      return local != null;
    }
  }
}
