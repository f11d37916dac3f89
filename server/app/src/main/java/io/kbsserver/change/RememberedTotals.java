package io.kbsserver.change;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.Statements;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Totals of lists, each remembered by what was counted until something is changed. A total is
 * counted in the statement that reads how much was changed by then ({@link ChangeMark}), and so of
 * one moment with it. What a server remembers is never older than what it would count, whoever has
 * written on whatever server.
 *
 * <p>What is asked for once more behind a change, or among many, is counted by parts of the ids,
 * and from then on only those parts are counted again in which the log tells of something. Which
 * these are is read in the statement that counts them: where it counted too few, it is asked once
 * more.
 *
 * <p>Only for what depends on nothing but rows that are logged, and not for a transaction that has
 * changed some of them.
 */
@Singleton
public class RememberedTotals {

  /** So many characters of statements and their values, and parts. */
  private static final long MOST = 4L << 20;

  /** What was counted faster is counted anew by the request that finds it old. */
  private static final Duration QUICK = Duration.ofMillis(100);

  /** So long it is waited for another who counts the same. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What different ones of them count is counted at the same time. */
  private static final int COUNTERS = 64;

  /** For so long it is known how many there were about. */
  private static final Duration KEPT = Duration.ofHours(1);

  /**
   * Where there are lists of so many, it is known of each from the first time where what it wants
   * is. To look that up takes long there, and to count by parts up to a third more than not to.
   */
  private static final int MANY = 10_000;

  /** Behind more changes than this, all is counted. */
  private static final int MOST_CHANGES = 500;

  /** So many parts at most are counted in place of all. */
  private static final int MOST_PARTS = 32;

  /** So many are counted at once without knowing that they were changed. */
  private static final int MOST_CHANGED_LAST = 4;

  /** How often it is asked again where others go on with changes. */
  private static final int TRIES = 3;

  private static final String ALL = "SELECT %s AS mark, (%s) AS total";

  /**
   * The moment, and what the newest row that is known is now; behind it, what was changed since, or
   * has no position yet.
   */
  private static final String CHANGED =
      """
      SELECT %s AS mark, moment.last_position AS position, %s AS former,
        NULL AS id, NULL AS kind, NULL AS subject_id, NULL AS part, NULL AS total
      FROM change_sequence moment WHERE moment.number = 1
      UNION ALL
      SELECT NULL, NULL, NULL, l.id, l.kind, l.subject_id, NULL, NULL
      FROM (SELECT id, kind, subject_id FROM change_log WHERE position > ? OR position IS NULL
        LIMIT ?) l
      """
          .formatted(ChangeMark.VALUE, ChangeMark.NEWEST);

  private static final String OF_A_PART =
      "UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, CAST(? AS SIGNED), (%s)\n";

  private static final String OF_ALL_PARTS =
      "UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, c.part, c.total FROM (%s) c\n";

  /**
   * How many there are.
   *
   * @param mark of which moment that is; null where nobody can know for long
   * @param at when they were counted, in nanoseconds
   */
  public record Total(long number, @Nullable String mark, long at) {}

  private record Question(String sql, List<Object> args) {

    int characters() {
      return sql.length() + args.stream().mapToInt(arg -> arg.toString().length()).sum();
    }
  }

  /**
   * What was counted.
   *
   * @param at when all of it was, in nanoseconds
   * @param took how long that took, in nanoseconds
   * @param parts null where it was not counted by these
   */
  private record Counted(String mark, long total, long at, long took, @Nullable Parts parts) {

    boolean isOlderThan(Duration age) {
      return System.nanoTime() - at > age.toNanos();
    }

    /** Whether a request can count it anew without its client noticing. */
    boolean isQuick() {
      return parts == null || took <= QUICK.toNanos();
    }
  }

  /**
   * A total by parts.
   *
   * @param position up to where changes are in it
   * @param without the changes that had no position and are in it
   * @param kinds those of changes that matter to it
   */
  private record Parts(long position, Set<Long> without, Set<String> kinds, PartTotals totals) {}

  private sealed interface Told permits Moment, Change, Part {}

  /** How much was changed, and what the newest row of before is by now. */
  private record Moment(@Nullable String mark, long position, @Nullable String former)
      implements Told {}

  private record Change(long id, String kind, String subjectId) implements Told {}

  private record Part(long number, int total) implements Told {}

  private final Statements statements;
  private final ChangeMark marks;
  private final Recounts recounts;
  private final Duration longest;
  private final List<Lock> counters =
      Stream.<Lock>generate(ReentrantLock::new).limit(COUNTERS).toList();
  private final Cache<Question, Counted> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST)
          .<Question, Counted>weigher(
              (question, counted) ->
                  question.characters()
                      + (counted.parts() == null ? 0 : 2 * counted.parts().totals().length()))
          .expireAfterAccess(KEPT)
          .build();

  private final Set<Subject> large = ConcurrentHashMap.newKeySet();
  private final Map<Subject, Set<Long>> changedLast = new ConcurrentHashMap<>();

  /**
   * Remembers nothing yet.
   *
   * @param longest about the longest that what was changed past the log goes unseen
   */
  RememberedTotals(
      Statements statements,
      ChangeMark marks,
      Recounts recounts,
      @Property(name = "kbs.totals-age") Duration longest) {
    this.statements = statements;
    this.marks = marks;
    this.recounts = recounts;
    this.longest = longest;
  }

  /**
   * How many there are.
   *
   * @param mark the mark of the moment that it is asked for; null for that of now
   */
  public Total total(WantedRows wanted, @Nullable String mark) {
    Question question = question(wanted);
    Counted last = known.getIfPresent(question);
    return remembered(question, wanted, last, mark)
        .orElseGet(() -> counted(question, wanted, last, mark));
  }

  /** What is known still, with what was changed since; nothing where all is to be counted. */
  private Optional<Total> remembered(
      Question question, WantedRows wanted, @Nullable Counted last, @Nullable String mark) {
    if (last == null) {
      return Optional.empty();
    }
    if (last.isOlderThan(longest)) {
      if (last.isQuick()) {
        return Optional.empty();
      }
      recounts.add(question, () -> countAnew(question, wanted));
    }
    String now = mark == null ? marks.now().orElse(null) : mark;
    if (last.mark().equals(now)) {
      return Optional.of(new Total(last.total(), now, last.at()));
    }
    return now == null || last.parts() == null
        ? Optional.empty()
        : byChanges(question, wanted, last, last.parts());
  }

  /**
   * All of it, by one at a time: who asks for it meanwhile takes what that one has found, and does
   * not keep the database from finding it.
   *
   * @param last what was known before
   */
  private Total counted(
      Question question, WantedRows wanted, @Nullable Counted last, @Nullable String mark) {
    Lock counter = counters.get(Math.floorMod(question.hashCode(), COUNTERS));
    boolean alone = counter.tryLock() || isAloneThen(counter);
    try {
      Counted others = known.getIfPresent(question);
      return Optional.ofNullable(others)
          .filter(each -> each != last)
          .flatMap(each -> remembered(question, wanted, each, mark))
          .orElseGet(() -> all(question, wanted, others));
    } finally {
      if (alone) {
        counter.unlock();
      }
    }
  }

  /** Unless somebody has done so meanwhile, or it is known no more. */
  private void countAnew(Question question, WantedRows wanted) {
    Counted last = known.policy().getIfPresentQuietly(question);
    if (last != null && last.isOlderThan(longest)) {
      byParts(question, wanted);
    }
  }

  /** Whether it is so before long; where nobody can know for long, no other is waited for. */
  private boolean isAloneThen(Lock counter) {
    try {
      return marks.now().isPresent() && counter.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Total all(Question question, WantedRows wanted, @Nullable Counted last) {
    boolean again = last != null && (last.parts() != null || !last.isOlderThan(longest));
    return again || large.contains(wanted.subject())
        ? byParts(question, wanted)
        : plain(question, wanted.subject());
  }

  /** Where they were when they were counted last by parts, if that is known still. */
  public Optional<PartTotals> lately(WantedRows wanted) {
    return Optional.ofNullable(known.policy().getIfPresentQuietly(question(wanted)))
        .map(Counted::parts)
        .map(Parts::totals);
  }

  /** They are others now. */
  public void forget(WantedRows wanted) {
    known.invalidate(question(wanted));
  }

  private static Question question(WantedRows wanted) {
    SqlCondition whole = wanted.whole();
    return new Question(whole.sql(), List.copyOf(whole.args()));
  }

  private Total plain(Question question, Subject subject) {
    long at = System.nanoTime();
    Total plain =
        statements
            .query(
                ALL.formatted(ChangeMark.VALUE, question.sql()),
                question.args(),
                row -> new Total(row.getLong("total"), row.getString("mark"), at))
            .get(0);
    if (plain.number() >= MANY) {
      large.add(subject);
    }
    if (plain.mark() != null) {
      known.put(
          question, new Counted(plain.mark(), plain.number(), at, System.nanoTime() - at, null));
    }
    return plain;
  }

  private Total byParts(Question question, WantedRows wanted) {
    long at = System.nanoTime();
    SqlCondition all = wanted.byParts();
    List<Object> args = new ArrayList<>(List.of(0L, Long.MAX_VALUE, MOST_CHANGES));
    args.addAll(all.args());
    List<Told> told =
        statements.query(CHANGED + OF_ALL_PARTS.formatted(all.sql()), args, RememberedTotals::told);
    Moment moment = only(told, Moment.class).get(0);
    Map<Long, Integer> totals = totals(told);
    long total = totals.values().stream().mapToLong(Integer::longValue).sum();
    if (moment.mark() != null) {
      Parts parts =
          PartTotals.of(totals)
              .map(each -> new Parts(moment.position(), ids(told), wanted.kinds(), each))
              .orElse(null);
      known.put(question, new Counted(moment.mark(), total, at, System.nanoTime() - at, parts));
    }
    return new Total(total, moment.mark(), at);
  }

  private Optional<Total> byChanges(
      Question question, WantedRows wanted, Counted last, Parts parts) {
    // Where something was changed last it mostly was once more.
    Set<Long> counted = changedLast.getOrDefault(wanted.subject(), Set.of());
    for (int i = 0; i < TRIES; i++) {
      List<Told> told = told(wanted, last, parts, counted);
      Moment now = only(told, Moment.class).get(0);
      Optional<Set<Long>> changed =
          follows(last, now) ? parts(wanted, parts, only(told, Change.class)) : Optional.empty();
      if (now.mark() == null || changed.isEmpty()) {
        break;
      }
      if (counted.containsAll(changed.get())) {
        Optional<PartTotals> totals = parts.totals().with(totals(told));
        if (totals.isEmpty()) {
          break;
        }
        if (changed.get().size() <= MOST_CHANGED_LAST) {
          changedLast.put(wanted.subject(), changed.get());
        }
        Parts next = new Parts(now.position(), ids(told), parts.kinds(), totals.get());
        long total = next.totals().sum();
        Counted newer = new Counted(now.mark(), total, last.at(), last.took(), next);
        // What was counted anew meanwhile stays.
        known
            .asMap()
            .merge(question, newer, (there, mine) -> there.at() > mine.at() ? there : mine);
        return Optional.of(new Total(total, now.mark(), last.at()));
      }
      counted = changed.get();
    }
    return Optional.empty();
  }

  /**
   * Whether nothing but changes is between them: no older snapshot, and no database that was
   * brought back from a backup, or has lost its last rows.
   */
  private static boolean follows(Counted last, Moment now) {
    return now.mark() != null
        && ChangeMark.rows(now.mark()) >= ChangeMark.rows(last.mark())
        && ChangeMark.newest(last.mark()).equals(Objects.requireNonNullElse(now.former(), ""));
  }

  /** The parts in which something was changed; nothing where that may be any, or are many. */
  private static Optional<Set<Long>> parts(WantedRows wanted, Parts parts, List<Change> changes) {
    Set<Long> changed = new TreeSet<>();
    for (Change change : changes) {
      if (parts.without().contains(change.id())) {
        continue;
      }
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

  private List<Told> told(WantedRows wanted, Counted last, Parts parts, Set<Long> counted) {
    StringBuilder sql = new StringBuilder(CHANGED);
    List<Object> args =
        new ArrayList<>(
            List.of(ChangeMark.newestId(last.mark()), parts.position(), MOST_CHANGES + 1));
    for (long part : SqlCondition.padded(counted)) {
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
      return new Change(row.getLong("id"), kind, row.getString("subject_id"));
    }
    Long part = row.getObject("part", Long.class);
    return part == null
        ? new Moment(row.getString("mark"), row.getLong("position"), row.getString("former"))
        : new Part(part, row.getInt("total"));
  }

  private static <T> List<T> only(List<Told> told, Class<T> type) {
    return told.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Map<Long, Integer> totals(List<Told> told) {
    Map<Long, Integer> totals = new HashMap<>();
    only(told, Part.class).forEach(part -> totals.merge(part.number(), part.total(), Math::max));
    return totals;
  }

  private static Set<Long> ids(List<Told> told) {
    return only(told, Change.class).stream().map(Change::id).collect(Collectors.toSet());
  }

  /** Nothing is known any more. */
  void forget() {
    known.invalidateAll();
  }
}
