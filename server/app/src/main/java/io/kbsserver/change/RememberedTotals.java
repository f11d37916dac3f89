package io.kbsserver.change;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.Statements;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Totals of lists, each remembered by what was counted until something is changed. A total is
 * counted in the statement that reads how much was changed by then ({@link ChangeMark}), and so of
 * one moment with it. What a server remembers is never older than what it would count, whoever has
 * written on whatever server.
 *
 * <p>What is asked for once more behind a change is counted by parts of the ids, and from then on
 * only those parts are counted again in which the log tells of something. Which these are is read
 * in the statement that counts them: where it counted too few, it is asked once more.
 *
 * <p>Only for what depends on nothing but rows that are logged, and not for a transaction that has
 * changed some of them.
 */
@Singleton
public class RememberedTotals {

  /** So many characters of statements and their values, and parts. */
  private static final long MOST = 4L << 20;

  /** The longest that what was changed past the log goes unseen. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** For so long it is known how many there were about. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** Behind more changes than this, all is counted. */
  private static final int MOST_CHANGES = 500;

  /** So many parts at most are counted in place of all. */
  private static final int MOST_PARTS = 32;

  /** How often it is asked again where others go on with changes. */
  private static final int TRIES = 3;

  private static final String ALL = "SELECT newest.mark, (%s) AS total FROM (%s) newest";

  private static final String BY_PARTS =
      """
      SELECT newest.mark, newest.position, newest.anchor, c.part, c.total
      FROM (%s) newest LEFT JOIN (%s) c ON 1 = 1
      """;

  /** The moment, and whether it follows on the one that is known; behind it what was changed. */
  private static final String CHANGED =
      """
      SELECT newest.mark, newest.position, newest.anchor,
        (SELECT CONCAT_WS('.', a.id, a.at) FROM change_log a WHERE a.position = ?) AS former,
        NULL AS kind, NULL AS subject_id, NULL AS part, NULL AS total
      FROM (%s) newest
      UNION ALL
      SELECT NULL, NULL, NULL, NULL, l.kind, l.subject_id, NULL, NULL
      FROM (SELECT kind, subject_id FROM change_log WHERE position > ? OR position IS NULL
        LIMIT ?) l
      """
          .formatted(ChangeMark.MOMENT);

  private static final String OF_A_PART =
      "UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, ?, (%s)\n";

  private record Question(String sql, List<Object> args) {

    int characters() {
      return sql.length() + args.stream().mapToInt(arg -> arg.toString().length()).sum();
    }
  }

  /**
   * What was counted.
   *
   * @param at when all of it was, in nanoseconds
   * @param parts null where it was not counted by these
   */
  private record Counted(String mark, long total, long at, @Nullable Parts parts) {

    boolean isOld() {
      return System.nanoTime() - at > LONGEST.toNanos();
    }
  }

  /**
   * A total by parts.
   *
   * @param position up to where changes are in it
   * @param anchor what the row of that position is, as long as there is one
   * @param kinds those of changes that matter to it
   */
  private record Parts(
      long position, @Nullable String anchor, Set<String> kinds, PartTotals totals) {}

  /** A moment of the log. */
  private record Moment(@Nullable String mark, long position, @Nullable String anchor) {

    static Moment of(ResultSet row) throws SQLException {
      return new Moment(row.getString("mark"), row.getLong("position"), row.getString("anchor"));
    }
  }

  private sealed interface Told permits Now, Change, Part {}

  private record Now(Moment moment, @Nullable String former) implements Told {}

  private record Change(String kind, String subjectId) implements Told {}

  private record Part(@Nullable Long number, int total) implements Told {}

  private record All(Moment moment, Part part) {}

  private record Plain(@Nullable String mark, long total) {}

  private final Statements statements;
  private final ChangeMark marks;
  private final Cache<Question, Counted> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST)
          .<Question, Counted>weigher(
              (question, counted) ->
                  question.characters()
                      + (counted.parts() == null ? 0 : 2 * counted.parts().totals().length()))
          .expireAfterAccess(KEPT)
          .build();

  private final Map<Subject, Set<Long>> changedLast = new ConcurrentHashMap<>();

  RememberedTotals(Statements statements, ChangeMark marks) {
    this.statements = statements;
    this.marks = marks;
  }

  /**
   * How many there are.
   *
   * @param mark the mark of the moment that it is asked for; null for that of now
   */
  public long total(WantedRows wanted, @Nullable String mark) {
    Question question = question(wanted);
    Counted last = known.getIfPresent(question);
    if (last == null || last.isOld() && last.parts() == null) {
      return plain(question);
    }
    String now = mark == null ? marks.now().orElse(null) : mark;
    if (now == null) {
      return plain(question);
    }
    if (last.isOld()) {
      return byParts(question, wanted);
    }
    if (last.mark().equals(now)) {
      return last.total();
    }
    return last.parts() == null
        ? byParts(question, wanted)
        : byChanges(question, wanted, last, last.parts());
  }

  /** How many there were when they were counted last, if that is known still. */
  public OptionalLong lately(WantedRows wanted) {
    Counted last = known.getIfPresent(question(wanted));
    return last == null ? OptionalLong.empty() : OptionalLong.of(last.total());
  }

  private static Question question(WantedRows wanted) {
    SqlCondition whole = wanted.whole();
    return new Question(whole.sql(), List.copyOf(whole.args()));
  }

  private long plain(Question question) {
    Plain plain =
        statements
            .query(
                ALL.formatted(question.sql(), ChangeMark.SELECT),
                question.args(),
                row -> new Plain(row.getString("mark"), row.getLong("total")))
            .get(0);
    if (plain.mark() != null) {
      known.put(question, new Counted(plain.mark(), plain.total(), System.nanoTime(), null));
    }
    return plain.total();
  }

  private long byParts(Question question, WantedRows wanted) {
    SqlCondition parts = wanted.byParts();
    List<All> rows =
        statements.query(
            BY_PARTS.formatted(ChangeMark.MOMENT, parts.sql()),
            parts.args(),
            row -> new All(Moment.of(row), part(row)));
    Moment moment = rows.get(0).moment();
    Map<Long, Integer> totals = totals(rows.stream().map(All::part).toList());
    long total = totals.values().stream().mapToLong(Integer::longValue).sum();
    if (moment.mark() != null) {
      known.put(
          question,
          new Counted(
              moment.mark(),
              total,
              System.nanoTime(),
              PartTotals.of(totals)
                  .map(all -> new Parts(moment.position(), moment.anchor(), wanted.kinds(), all))
                  .orElse(null)));
    }
    return total;
  }

  private long byChanges(Question question, WantedRows wanted, Counted last, Parts parts) {
    // Where something was changed last it mostly was once more.
    Set<Long> counted = changedLast.getOrDefault(wanted.subject(), Set.of());
    for (int i = 0; i < TRIES; i++) {
      List<Told> told = told(wanted, parts.position(), counted);
      Now now = only(told, Now.class).get(0);
      Optional<Set<Long>> changed =
          follows(last, parts, now)
              ? parts(wanted, parts, only(told, Change.class))
              : Optional.empty();
      if (changed.isEmpty()) {
        break;
      }
      if (counted.containsAll(changed.get())) {
        Optional<PartTotals> totals = parts.totals().with(totals(only(told, Part.class)));
        if (totals.isEmpty()) {
          break;
        }
        changedLast.put(wanted.subject(), changed.get());
        return put(question, now.moment(), last, parts, totals.get());
      }
      Set<Long> all = new TreeSet<>(counted);
      all.addAll(changed.get());
      counted = all;
    }
    return byParts(question, wanted);
  }

  private long put(Question question, Moment moment, Counted last, Parts parts, PartTotals totals) {
    Parts next = new Parts(moment.position(), moment.anchor(), parts.kinds(), totals);
    Counted counted =
        new Counted(Objects.requireNonNull(moment.mark()), totals.sum(), last.at(), next);
    known.put(question, counted);
    return counted.total();
  }

  /** Whether all that was changed since is behind the position that is known. */
  private static boolean follows(Counted last, Parts parts, Now now) {
    String mark = now.moment().mark();
    return mark != null
        && ChangeMark.rows(mark) >= ChangeMark.rows(last.mark())
        // Another row where the database was brought back from a backup, none where it is folded.
        && Objects.equals(parts.anchor(), now.former())
        && (parts.anchor() != null || parts.position() == 0);
  }

  /** The parts in which something was changed; nothing where that may be any, or are many. */
  private static Optional<Set<Long>> parts(WantedRows wanted, Parts parts, List<Change> changes) {
    Set<Long> changed = new TreeSet<>();
    for (Change change : changes) {
      if (change.kind().equals(wanted.subject().kind())) {
        changed.add(PartTotals.part(Long.parseLong(change.subjectId())));
      } else if (parts.kinds().contains(change.kind())) {
        return Optional.empty();
      }
    }
    return changes.size() > MOST_CHANGES || changed.size() > MOST_PARTS
        ? Optional.empty()
        : Optional.of(changed);
  }

  private List<Told> told(WantedRows wanted, long position, Collection<Long> parts) {
    StringBuilder sql = new StringBuilder(CHANGED);
    List<Object> args = new ArrayList<>(List.of(position, position, MOST_CHANGES + 1));
    for (long part : parts) {
      SqlCondition its = wanted.inPart(part);
      sql.append(OF_A_PART.formatted(its.sql()));
      args.add(part);
      args.addAll(its.args());
    }
    return statements.query(sql.toString(), args, RememberedTotals::told);
  }

  private static Told told(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    if (kind != null) {
      return new Change(kind, row.getString("subject_id"));
    }
    Part part = part(row);
    return part.number() == null ? new Now(Moment.of(row), row.getString("former")) : part;
  }

  private static Part part(ResultSet row) throws SQLException {
    return new Part(row.getObject("part", Long.class), row.getInt("total"));
  }

  private static <T> List<T> only(List<Told> told, Class<T> type) {
    return told.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Map<Long, Integer> totals(List<Part> parts) {
    Map<Long, Integer> totals = new HashMap<>();
    for (Part part : parts) {
      if (part.number() != null) {
        totals.put(part.number(), part.total());
      }
    }
    return totals;
  }

  /** Nothing is known any more. */
  void forget() {
    known.invalidateAll();
  }
}
