package io.kbsserver.list;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.kbsserver.change.ChangeMark;
import io.kbsserver.change.PartTotals;
import io.kbsserver.change.RememberedTotals;
import io.kbsserver.change.RememberedTotals.Total;
import io.kbsserver.change.Subject;
import io.kbsserver.change.WantedRows;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.Statements.RowMapper;
import io.kbsserver.storage.TableCondition;
import io.kbsserver.storage.WayToRows;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists: the ids of a page, for which an index is enough, then its rows by primary key in the
 * same statement, then what hangs on them, for the whole page at once.
 */
@Singleton
public class ListReader {

  private static final String PAGE =
      "(SELECT %s AS id FROM %s WHERE %s ORDER BY %s LIMIT ? OFFSET ?) page";

  /** The first rows of each way, of which the page is a part. */
  private static final String WAY =
      "(SELECT %1$s AS id FROM %2$s STRAIGHT_JOIN %3$s ON %1$s = %4$s"
          + " WHERE %5$s ORDER BY %4$s %6$s LIMIT ?)";

  private static final String OF_WAYS =
      "(SELECT found.id FROM (%s) found ORDER BY found.id %s LIMIT ? OFFSET ?) page";

  private static final String SELECT = "SELECT ";
  private static final String MARKED = SELECT + ChangeMark.VALUE + " AS mark, ";

  /** One for each, so that an index ends it after so many rows. */
  private static final String NEWEST =
      "(SELECT %1$s AS id, %2$s AS owner FROM %3$s WHERE %4$s ORDER BY %1$s DESC LIMIT ?)";

  /** So many rows at most are looked at by a statement that looks for ids. */
  private static final long LOOKED_AT = 10_000;

  /** Of so many ids one row after the other may be asked, if not more than twice what meets it. */
  private static final long MOST_ASKED = 16_384;

  /** Of so many ids one, and what meets it cannot be all in one place of an order. */
  private static final long DENSE = 16;

  /** Behind so many rows it is worth to know from which end a page is nearer. */
  private static final long FAR = 1_000;

  private final Jdbc jdbc;
  private final OneMoment oneMoment;
  private final RememberedTotals totals;
  private final Milestones milestones;

  ListReader(Jdbc jdbc, OneMoment oneMoment, RememberedTotals totals, Milestones milestones) {
    this.jdbc = jdbc;
    this.oneMoment = oneMoment;
    this.totals = totals;
    this.milestones = milestones;
  }

  /**
   * A part of a list.
   *
   * @param from where it is begun to look for it; null at the list's beginning
   * @param skipped so many rows behind that
   */
  private record Stretch(@Nullable Milestone from, long limit, long skipped) {

    SqlCondition condition(Sort sort, String id) {
      return from == null ? SqlCondition.ALWAYS : from.andBehind(sort, id);
    }
  }

  /**
   * A page of the rows that meet a condition and are searched for.
   *
   * @param search what {@link SearchTerms} makes of a search
   */
  public <T> Page<T> page(
      Listing<T> listing, SqlCondition condition, SqlCondition search, ListRequest request) {
    return page(listing, table -> condition, search, request);
  }

  /** The same under a condition that may be said otherwise of rows that are named. */
  public <T> Page<T> page(
      Listing<T> listing, TableCondition condition, SqlCondition search, ListRequest request) {
    return search.equals(SqlCondition.ALWAYS)
        ? page(listing, condition, request)
        : SearchTerms.within(
            () ->
                page(
                    listing,
                    // What is in several ways would be searched several times.
                    TableCondition.of(condition, condition::onNamed).and(table -> search),
                    request));
  }

  private <T> Page<T> page(Listing<T> listing, TableCondition condition, ListRequest request) {
    Window window = request.window();
    SqlCondition selected = request.selection().on(listing.id());
    TableCondition chosen = condition.and(table -> selected);
    SqlCondition order = request.sort().by(listing.id(), request.selection());
    Optional<SqlCondition> turned =
        request.sort().turned().map(sort -> sort.by(listing.id(), request.selection()));
    if (window.skipped() < FAR || turned.isEmpty()) {
      AtomicReference<@Nullable String> mark = new AtomicReference<>();
      Listing<T> marked = listing.logged() != null ? marked(listing, mark) : listing;
      Stretch stretch = new Stretch(null, window.perPage(), window.skipped());
      List<T> rows = near(marked, chosen, request.sort(), order, stretch);
      return Page.of(
              rows,
              window,
              listing.behindTheEnd(),
              () -> count(listing, chosen, mark.get()).number())
          .at(mark.get());
    }
    // What comes in between would push rows off a page that is counted from the end.
    return oneMoment.read(
        () -> {
          Total total = count(listing, chosen, null);
          List<T> rows = far(listing, chosen, request.sort(), order, turned.get(), window, total);
          return Page.of(rows, window, listing.behindTheEnd(), total::number)
              .at(rows.isEmpty() ? null : total.mark());
        });
  }

  /**
   * What begins near. Where there are several ways to it, in the order of ids, the first of each
   * are enough. Where it is known that so many meet the condition that those of the page are found
   * soon, one row after the other is asked, as those are that are named: to look up what meets it
   * is to look all of it up.
   */
  private <T> List<T> near(
      Listing<T> listing, TableCondition chosen, Sort sort, SqlCondition order, Stretch stretch) {
    SqlCondition from = stretch.condition(sort, listing.id());
    List<WayToRows> ways = isById(listing, sort) ? chosen.ways(listing.alias()) : List.of();
    if (!ways.isEmpty()) {
      return ofWays(listing, ways.stream().map(way -> way.and(from)).toList(), sort, stretch);
    }
    if (!areFoundSoon(listing, chosen, sort, stretch)) {
      SqlCondition condition = chosen.on(listing.alias()).and(from);
      return rows(listing.anywhere(), condition, order, stretch.limit(), stretch.skipped());
    }
    boolean isFull = false;
    try {
      SqlCondition each = chosen.onNamed(listing.alias()).and(from);
      List<T> rows = rows(listing, each, order, stretch.limit(), stretch.skipped());
      isFull = rows.size() == stretch.limit();
      return rows;
    } finally {
      if (!isFull) {
        // There are not so many any more, or it took too long.
        totals.forget(wanted(listing, requireNonNull(listing.logged()), chosen));
      }
    }
  }

  private static boolean isById(Listing<?> listing, Sort sort) {
    return sort.key() instanceof Sort.Key.Column column && column.sql().equals(listing.id());
  }

  private <T> List<T> ofWays(Listing<T> listing, List<WayToRows> ways, Sort sort, Stretch stretch) {
    String direction = sort.descending() ? "DESC" : "ASC";
    List<String> parts = new ArrayList<>();
    List<Object> args = new ArrayList<>();
    for (WayToRows way : ways) {
      SqlCondition all = way.all();
      parts.add(
          WAY.formatted(
              listing.id(), way.table(), listing.table(), way.id(), all.sql(), direction));
      args.addAll(listing.args());
      args.addAll(all.args());
      args.add(stretch.skipped() + stretch.limit());
    }
    args.add(stretch.limit());
    args.add(stretch.skipped());
    args.addAll(listing.args());
    String page = OF_WAYS.formatted(String.join(" UNION ", parts), direction);
    return jdbc.query(
        "%s ORDER BY %s %s"
            .formatted(listing.rows().replace(":page", page), listing.id(), direction),
        args,
        listing.row());
  }

  private boolean areFoundSoon(
      Listing<?> listing, TableCondition chosen, Sort sort, Stretch stretch) {
    long rows = stretch.skipped() + stretch.limit();
    Subject subject = listing.logged();
    return subject != null
        && sort.key() instanceof Sort.Key.Column column
        && totals
            .lately(wanted(listing, subject, chosen))
            .filter(
                parts -> {
                  long ids = ids(parts, rows, sort, column.followsIds(), stretch.from());
                  return ids <= MOST_ASKED
                      && ids <= 2 * parts.sum()
                      && (column.spreadsEvenly() || ids <= rows * DENSE);
                })
            .isPresent();
  }

  /** In how many ids they are that are asked one after the other. */
  private static long ids(
      PartTotals parts, long rows, Sort sort, boolean followsIds, @Nullable Milestone from) {
    if (!followsIds) {
      return parts.idsWith(rows);
    }
    return from == null
        ? parts.idsWith(rows, sort.descending())
        : parts.idsBehind(from.id(), rows, sort.descending());
  }

  private static WantedRows wanted(Listing<?> listing, Subject subject, TableCondition condition) {
    return new WantedRows(
        subject,
        listing.table(),
        listing.id(),
        condition.on(listing.alias()),
        condition.onNamed(listing.alias()));
  }

  /** The same, of which each row tells as well how much was changed when it was read. */
  private static <T> Listing<T> marked(Listing<T> listing, AtomicReference<@Nullable String> mark) {
    return listing.with(
        MARKED + listing.rows().substring(SELECT.length()),
        row -> {
          mark.set(row.getString("mark"));
          return listing.row().map(row);
        });
  }

  /**
   * A page that begins far. All that comes before it is read, and so one behind the middle from the
   * end; where it is known what comes shortly before it, from there.
   */
  private <T> List<T> far(
      Listing<T> listing,
      TableCondition chosen,
      Sort sort,
      SqlCondition order,
      SqlCondition turned,
      Window window,
      Total total) {
    long skipped = window.skipped();
    long left = total.number() - skipped;
    if (left <= 0) {
      return List.of();
    }
    long limit = Math.min(left, window.perPage());
    long behind = left - limit;
    SqlCondition condition = chosen.on(listing.alias());
    Milestones.Way way = new Milestones.Way(condition, order);
    Optional<Milestone> last = milestones.before(way, total.mark(), skipped);
    List<Milestone> found = new ArrayList<>();
    Listing<T> placed =
        sort.key() instanceof Sort.Key.Column column
                && column.args().isEmpty()
                && total.mark() != null
            ? placed(listing, column, skipped, found)
            : listing;
    List<T> rows;
    if (last.isPresent() && skipped - last.get().skipped() <= behind) {
      Stretch stretch = new Stretch(last.get(), limit, skipped - last.get().skipped());
      try {
        rows = near(placed, chosen, sort, order, stretch);
      } catch (DataAccessException e) {
        // Should it take too long from there, it is not tried again.
        milestones.forget(way);
        throw e;
      }
    } else {
      boolean fromEnd = behind < skipped;
      Stretch stretch = new Stretch(null, limit, fromEnd ? behind : skipped);
      Listing<T> form =
          areFoundSoon(listing, chosen, fromEnd ? sort.turned().orElse(sort) : sort, stretch)
              ? placed
              : placed.anywhere();
      rows = rows(form, condition, fromEnd ? turned : order, order, limit, stretch.skipped());
    }
    milestones.found(way, total, found);
    return rows;
  }

  /** The same, of which the first and the last row are found again by what they are sorted by. */
  private static <T> Listing<T> placed(
      Listing<T> listing, Sort.Key.Column column, long skipped, List<Milestone> found) {
    return listing.with(
        SELECT
            + listing.id()
            + " AS place, "
            + column.sql()
            + " AS milestone, "
            + listing.rows().substring(SELECT.length()),
        row -> {
          Milestone next =
              new Milestone(
                  found.isEmpty() ? skipped : found.get(found.size() - 1).skipped() + 1,
                  row.getObject("milestone"),
                  row.getLong("place"));
          if (found.size() == 2) {
            found.remove(1);
          }
          found.add(next);
          return listing.row().map(row);
        });
  }

  /** The rows with these ids that meet a condition, in the order of the ids. */
  public <T> List<T> byIds(Listing<T> listing, SqlCondition condition, Collection<Long> ids) {
    Selection selection = new Selection(List.copyOf(ids), List.of());
    SqlCondition order = new Sort(new Sort.Key.Include(), false).by(listing.id(), selection);
    return ids.isEmpty()
        ? List.of()
        : rows(listing, condition.and(selection.on(listing.id())), order, ids.size(), 0);
  }

  /**
   * The newest rows of each of several others that they hang on, by these.
   *
   * @param owner the column that says what a row hangs on
   * @param owners the ids of those
   * @param most so many rows of each
   */
  public <T> List<T> newestOfEach(
      Listing<T> listing, String owner, SqlCondition condition, Collection<Long> owners, int most) {
    if (owners.isEmpty()) {
      return List.of();
    }
    List<String> each = new ArrayList<>();
    List<Object> args = new ArrayList<>();
    for (Long id : Set.copyOf(owners)) {
      SqlCondition its = SqlCondition.of(owner + " = ?", id).and(condition);
      each.add(NEWEST.formatted(listing.id(), owner, listing.table(), its.sql()));
      args.addAll(its.args());
      args.add(most);
    }
    String page = "(" + String.join(" UNION ALL ", each) + ") page";
    return jdbc.query(
        listing.rows().replace(":page", page) + " ORDER BY page.owner DESC, page.id DESC",
        args,
        listing.row());
  }

  /**
   * The first ids behind one that meet a condition, in their order. One statement after the other
   * looks for them, so that none takes long where few meet it.
   */
  public List<Long> idsBehind(Listing<?> listing, SqlCondition condition, long id, int most) {
    List<Long> found = new ArrayList<>();
    long from = id;
    while (true) {
      long to = from + Math.min(LOOKED_AT, Long.MAX_VALUE - from);
      found.addAll(idsWithin(listing, condition, from, to, most - found.size()));
      Optional<Long> next = found.size() == most ? Optional.empty() : firstBehind(listing, to);
      if (next.isEmpty()) {
        return found;
      }
      from = next.get() - 1;
    }
  }

  private List<Long> idsWithin(
      Listing<?> listing, SqlCondition condition, long from, long to, int most) {
    List<Object> args = new ArrayList<>(List.of(from, to));
    args.addAll(condition.args());
    args.add(most);
    return jdbc.query(
        "SELECT %1$s AS id FROM %2$s WHERE %1$s > ? AND %1$s <= ? AND (%3$s) ORDER BY %1$s LIMIT ?"
            .formatted(listing.id(), listing.table(), condition.sql()),
        args,
        row -> row.getLong(1));
  }

  /** Whoever may see it: ids may be far from each other. */
  private Optional<Long> firstBehind(Listing<?> listing, long id) {
    return jdbc.first(
        "SELECT %1$s AS id FROM %2$s WHERE %1$s > ? ORDER BY %1$s LIMIT 1"
            .formatted(listing.id(), listing.table()),
        List.of(id),
        row -> row.getLong(1));
  }

  /** The row that meets a condition; the newest of them, should there be several. */
  public <T> Optional<T> newest(Listing<T> listing, SqlCondition condition) {
    SqlCondition order = SqlCondition.of(listing.id() + " DESC");
    return rows(listing, condition, order, 1, 0).stream().findFirst();
  }

  /**
   * What hangs on rows, by the id of the row.
   *
   * @param sql {@code SELECT x.ticket_id AS of_id, … WHERE x.ticket_id IN (:ids) …}, where {@code
   *     :ids} stands for the ids of the rows, wherever it does, and {@code of_id} says which of
   *     them it is about
   */
  public <C> Map<Long, List<C>> children(String sql, List<Long> ids, RowMapper<C> child) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    List<String> parts = List.of(sql.split(":ids", -1));
    return jdbc
        .query(
            String.join(SqlCondition.placeholders(ids.size()), parts),
            parts.stream().skip(1).flatMap(part -> ids.stream()).toList(),
            row -> Map.entry(row.getLong("of_id"), child.map(row)))
        .stream()
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }

  private <T> List<T> rows(
      Listing<T> listing, SqlCondition condition, SqlCondition order, long limit, long skipped) {
    return rows(listing, condition, order, order, limit, skipped);
  }

  /**
   * A part of the rows.
   *
   * @param found the order in which they are looked for
   * @param order the order in which they come
   */
  private <T> List<T> rows(
      Listing<T> listing,
      SqlCondition condition,
      SqlCondition found,
      SqlCondition order,
      long limit,
      long skipped) {
    String page = PAGE.formatted(listing.id(), listing.table(), condition.sql(), found.sql());
    List<Object> args = new ArrayList<>(listing.args());
    args.addAll(condition.args());
    args.addAll(found.args());
    args.add(limit);
    args.add(skipped);
    args.addAll(listing.args());
    args.addAll(order.args());
    return jdbc.query(
        listing.rows().replace(":page", page) + " ORDER BY " + order.sql(), args, listing.row());
  }

  private Total count(Listing<?> listing, TableCondition chosen, @Nullable String mark) {
    if (listing.logged() == null) {
      SqlCondition condition = chosen.on(listing.alias());
      List<Object> args = new ArrayList<>(listing.args());
      args.addAll(condition.args());
      String sql = "SELECT COUNT(*) FROM %s WHERE %s".formatted(listing.table(), condition.sql());
      return new Total(jdbc.number(sql, args), null, System.nanoTime());
    }
    return totals.total(wanted(listing, listing.logged(), chosen), mark);
  }
}
