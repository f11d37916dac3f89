package io.kbsserver.list;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the far pages of lists were found, as long as nothing is changed: whoever turns the pages
 * of a list goes on where the last one ended, and does not make the database read all that comes
 * before it once more.
 */
@Singleton
class Milestones {

  /** So many characters of statements and their values, and as many again of what is sorted by. */
  private static final long MOST = 1L << 20;

  /** So many of one list in one order; those behind the nearest beginning go last. */
  private static final int MOST_OF_A_LIST = 64;

  /** The longest that what was changed past the log goes unseen. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** A list in an order. */
  record Way(SqlCondition condition, SqlCondition order) {

    int characters() {
      return condition.sql().length()
          + order.sql().length()
          + condition.args().stream().mapToInt(arg -> arg.toString().length()).sum();
    }
  }

  /**
   * What is known of one.
   *
   * @param mark how much was changed by then
   * @param since when the first of them was found, in nanoseconds
   */
  private record Known(String mark, long since, NavigableMap<Long, Milestone> all) {

    boolean holds(String now) {
      return mark.equals(now) && System.nanoTime() - since <= LONGEST.toNanos();
    }

    Known with(List<Milestone> found) {
      NavigableMap<Long, Milestone> more = new TreeMap<>(all);
      found.forEach(milestone -> more.put(milestone.skipped(), milestone));
      while (more.size() > MOST_OF_A_LIST) {
        more.pollFirstEntry();
      }
      return new Known(mark, since, more);
    }
  }

  private final Cache<Way, Known> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST)
          .<Way, Known>weigher((way, its) -> way.characters())
          .expireAfterAccess(LONGEST)
          .build();

  /**
   * The last that is known of those before a page, or at its beginning.
   *
   * @param mark how much is changed in what is read now; null where nobody knows
   */
  Optional<Milestone> before(Way way, @Nullable String mark, long skipped) {
    return Optional.ofNullable(known.getIfPresent(way))
        .filter(its -> mark != null && its.holds(mark))
        .map(its -> its.all().floorEntry(skipped))
        .map(NavigableMap.Entry::getValue);
  }

  /** These were found where so much was changed. */
  void found(Way way, @Nullable String mark, List<Milestone> found) {
    if (mark != null) {
      known
          .asMap()
          .compute(
              way,
              (any, its) ->
                  (its != null && its.holds(mark)
                          ? its
                          : new Known(mark, System.nanoTime(), Collections.emptyNavigableMap()))
                      .with(found));
    }
  }
}
