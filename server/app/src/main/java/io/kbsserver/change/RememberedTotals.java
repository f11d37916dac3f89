package io.kbsserver.change;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kbsserver.storage.Statements;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Totals of lists, each remembered by what was counted until something is changed. A total is
 * counted in the statement that reads how much was changed by then ({@link ChangeMark}), and so of
 * one moment with it. Whoever asks again has read that mark with a page, or brings the one along
 * that is remembered, and the statement counts only where it is another one. What a server
 * remembers is never older than what it would count, whoever has written on whatever server.
 *
 * <p>Only for what depends on nothing but rows that are logged, and not for a transaction that has
 * changed some of them.
 */
@Singleton
public class RememberedTotals {

  /** So many characters of statements and their values. */
  private static final long MOST = 4L << 20;

  /** The longest that what was changed past the log goes unseen. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final String COUNT =
      "SELECT newest.mark, IF(newest.mark = ?, NULL, (%s)) AS total FROM (%s) newest";

  /** What no mark is. */
  private static final Counted NEVER = new Counted("", 0);

  private record Question(String sql, List<Object> args) {

    int characters() {
      return sql.length() + args.stream().mapToInt(arg -> arg.toString().length()).sum();
    }
  }

  private record Counted(String mark, long total) {}

  /** Null where that of the mark is still right; without a mark where nobody can know for long. */
  private record Answer(@Nullable String mark, @Nullable Long total) {}

  private final Statements statements;
  private final Cache<Question, Counted> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST)
          .<Question, Counted>weigher((question, counted) -> question.characters())
          .expireAfterWrite(LONGEST)
          .build();

  RememberedTotals(Statements statements) {
    this.statements = statements;
  }

  /**
   * The number that a statement counts.
   *
   * @param sql {@code SELECT COUNT(*) …}
   * @param mark the mark of the moment that it is asked for; null for that of now
   */
  public long total(String sql, List<Object> args, @Nullable String mark) {
    Question question = new Question(sql, List.copyOf(args));
    Counted last = Optional.ofNullable(known.getIfPresent(question)).orElse(NEVER);
    if (last.mark().equals(mark)) {
      return last.total();
    }
    List<Object> all = new ArrayList<>(List.of(last.mark()));
    all.addAll(args);
    Answer answer =
        statements
            .query(
                COUNT.formatted(sql, ChangeMark.SELECT),
                all,
                row -> new Answer(row.getString("mark"), row.getObject("total", Long.class)))
            .get(0);
    if (answer.total() == null) {
      return last.total();
    }
    if (answer.mark() != null) {
      known.put(question, new Counted(answer.mark(), answer.total()));
    }
    return answer.total();
  }

  /** Nothing is known any more. */
  void forget() {
    known.invalidateAll();
  }
}
