package io.kbsserver.change;

import static java.util.Comparator.comparingLong;
import static java.util.Objects.requireNonNull;

import io.kbsserver.storage.RetriedOnConflict;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.Statements;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of all changes: positions without a gap, given to what is committed. One server at a
 * time gives them, whichever is asked: it locks the one row of the sequence. Nodes of a cluster do
 * not see each other's locks; of two that do it at once the later one fails, and does it again.
 */
@Singleton
class ChangeSequence {

  /** Few enough for a statement that is short to others who wait. */
  private static final int BATCH = 500;

  private record Unplaced(long id, @Nullable Long ticket, long revision) {}

  private record Placed(long id, long position, LocalDateTime at) {}

  private final Statements statements;

  ChangeSequence(Statements statements) {
    this.statements = statements;
  }

  /**
   * Gives positions to what is committed and has none.
   *
   * @param most so many rows, about; what is left is for whoever comes next
   * @return whether none is left
   */
  boolean give(int most) {
    for (int given = 0; given < most; given += BATCH) {
      if (!isOpen()) {
        return true;
      }
      giveSome();
    }
    return false;
  }

  @Connectable
  boolean isOpen() {
    return !statements
        .query(
            "SELECT 1 FROM change_log WHERE position IS NULL LIMIT 1",
            List.of(),
            row -> row.getInt(1))
        .isEmpty();
  }

  @RetriedOnConflict
  @Transactional
  void giveSome() {
    // What is read behind this lock is all that those before have left.
    long last = number("SELECT last_position FROM change_sequence WHERE number = 1 FOR UPDATE");
    List<Unplaced> rows =
        unplaced("position IS NULL ORDER BY id LIMIT " + BATCH, SqlCondition.ALWAYS);
    if (rows.isEmpty()) {
      return;
    }
    List<Long> order = inOrder(withEarlier(rows));
    List<Object> args = new ArrayList<>();
    args.add(last);
    args.addAll(order);
    args.addAll(order);
    String ids = SqlCondition.placeholders(order.size());
    statements.update(
        "UPDATE change_log SET position = ? + FIELD(id, %1$s) WHERE id IN (%1$s)".formatted(ids),
        args);
    statements.update(
        "UPDATE change_sequence SET last_position = ? WHERE number = 1",
        List.of(last + order.size()));
  }

  /**
   * Nodes of a cluster give ids by turns, so that an earlier change of a ticket may have a later
   * one.
   */
  private List<Unplaced> withEarlier(List<Unplaced> rows) {
    if (rows.size() < BATCH) {
      return rows;
    }
    List<Long> tickets =
        rows.stream().map(Unplaced::ticket).filter(id -> id != null).distinct().toList();
    List<Unplaced> all = new ArrayList<>(rows);
    all.addAll(
        unplaced(
            "position IS NULL AND id > " + rows.get(rows.size() - 1).id(),
            SqlCondition.in("ticket_id", tickets)));
    return all;
  }

  private List<Unplaced> unplaced(String which, SqlCondition condition) {
    String where =
        condition.equals(SqlCondition.ALWAYS) ? which : which + " AND " + condition.sql();
    return statements.query(
        "SELECT id, ticket_id, COALESCE(revision, 0) FROM change_log WHERE " + where,
        condition.args(),
        row -> new Unplaced(row.getLong(1), row.getObject(2, Long.class), row.getLong(3)));
  }

  /** By id, but the rows of each ticket, in the places that they have together, by revision. */
  private static List<Long> inOrder(List<Unplaced> rows) {
    Map<Long, List<Unplaced>> ofTickets = new HashMap<>();
    for (Unplaced row : rows) {
      if (row.ticket() != null) {
        ofTickets.computeIfAbsent(row.ticket(), id -> new ArrayList<>()).add(row);
      }
    }
    ofTickets
        .values()
        .forEach(
            list -> list.sort(comparingLong(Unplaced::revision).thenComparingLong(Unplaced::id)));
    Map<Long, Integer> taken = new HashMap<>();
    List<Long> order = new ArrayList<>();
    for (Unplaced row : rows) {
      Long ticket = row.ticket();
      if (ticket == null) {
        order.add(row.id());
      } else {
        int next = taken.merge(ticket, 1, Integer::sum) - 1;
        order.add(requireNonNull(ofTickets.get(ticket)).get(next).id());
      }
    }
    return order;
  }

  @Connectable
  LogExtent extent() {
    return statements
        .query(
            "SELECT folded, last_position FROM change_sequence WHERE number = 1",
            List.of(),
            row -> new LogExtent(row.getLong(1), row.getLong(2)))
        .get(0);
  }

  /** Up to where rows are gone. */
  @Connectable
  long folded() {
    return number("SELECT folded FROM change_sequence WHERE number = 1");
  }

  /**
   * Takes away some of the first rows.
   *
   * @param before those that are older than this, in UTC
   * @return how many
   */
  @RetriedOnConflict
  @Transactional
  int fold(LocalDateTime before) {
    List<Placed> first =
        statements.query(
            "SELECT id, position, at FROM change_log WHERE position IS NOT NULL"
                + " ORDER BY position LIMIT "
                + BATCH,
            List.of(),
            row ->
                new Placed(row.getLong(1), row.getLong(2), row.getObject(3, LocalDateTime.class)));
    List<Placed> old = first.stream().takeWhile(row -> row.at().isBefore(before)).toList();
    if (!old.isEmpty()) {
      statements.update(
          "UPDATE change_sequence SET folded = GREATEST(folded, ?) WHERE number = 1",
          List.of(old.get(old.size() - 1).position()));
      statements.update(
          "DELETE FROM change_log WHERE id IN (" + SqlCondition.placeholders(old.size()) + ")",
          old.stream().map(Placed::id).toList());
    }
    return old.size();
  }

  private long number(String sql) {
    return statements.query(sql, List.of(), row -> row.getLong(1)).get(0);
  }
}
