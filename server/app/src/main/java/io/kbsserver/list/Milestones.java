package io.kbsserver.list;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kbsserver.change.RememberedTotals.Total;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the far pages of lists were found, as long as nothing is changed: whoever turns the pages
 * of a list goes on where the last one ended, and does not make the database read all that comes
 * before it once more.
 */
@Singleton
class Milestones {

  /** So many characters of statements, of their values, and of what is sorted by. */
  private static final long MOST = 4L << 20;

  /** So many of one list in one order, those that were found last. */
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
   * @param all in the order in which they were found
   */
  private record Known(String mark, long since, List<Milestone> all) {

    boolean holds(String now) {
      return mark.equals(now) && System.nanoTime() - since <= LONGEST.toNanos();
    }

    Known with(List<Milestone> found) {
      List<Long> places = found.stream().map(Milestone::skipped).toList();
      List<Milestone> more =
          Stream.concat(all.stream().filter(one -> !places.contains(one.skipped())), found.stream())
              .toList();
      int over = Math.max(0, more.size() - MOST_OF_A_LIST);
      return new Known(mark, since, List.copyOf(more.subList(over, more.size())));
    }

    int characters() {
      return all.stream().mapToInt(one -> String.valueOf(one.value()).length()).sum();
    }
  }

  private final Cache<Way, Known> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST)
          .<Way, Known>weigher((way, its) -> way.characters() + its.characters())
          .expireAfterWrite(LONGEST)
          .build();

  /**
   * The last that is known of those before a page, or at its beginning.
   *
   * @param mark how much is changed in what is read now; null where nobody knows
   */
  Optional<Milestone> before(Way way, @Nullable String mark, long skipped) {
    return Optional.ofNullable(known.getIfPresent(way))
        .filter(its -> mark != null && its.holds(mark))
        .flatMap(
            its ->
                its.all().stream()
                    .filter(one -> one.skipped() <= skipped)
                    .max(Comparator.comparingLong(Milestone::skipped)));
  }

  /** These were found where there were so many. */
  void found(Way way, Total total, List<Milestone> found) {
    String mark = total.mark();
    if (mark != null && !found.isEmpty()) {
      known
          .asMap()
          .compute(
              way,
              (any, its) ->
                  (its != null && its.holds(mark)
                          ? its
                          : new Known(mark, System.nanoTime(), List.of()))
                      .with(found));
    }
  }

  /** They are not gone on from any more. */
  void forget(Way way) {
    known.invalidate(way);
  }
}
