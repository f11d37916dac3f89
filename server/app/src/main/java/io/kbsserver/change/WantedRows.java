package io.kbsserver.change;

import io.kbsserver.storage.SqlCondition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is counted: the rows of a table that meet a condition.
 *
 * @param subject what they are to the log
 * @param table the table with its alias: {@code ticket t}
 * @param id its primary key: {@code t.id}
 * @param condition that on its rows
 * @param named the same in a statement that names the rows
 */
public record WantedRows(
    Subject subject, String table, String id, SqlCondition condition, SqlCondition named) {

  private static final String COUNT = "SELECT COUNT(*) AS total FROM %s WHERE %s";
  private static final String BY_PARTS =
      """
      SELECT %1$s DIV %2$d AS part, COUNT(*) AS total FROM %3$s WHERE %4$s GROUP BY %1$s DIV %2$d
      UNION ALL SELECT COALESCE(MIN(%1$s), 0) DIV %2$d, 0 FROM %3$s
      UNION ALL SELECT COALESCE(MAX(%1$s), 0) DIV %2$d, 0 FROM %3$s
      """;

  /** All of them at once. */
  SqlCondition whole() {
    return new SqlCondition(COUNT.formatted(table, condition.sql()), condition.args());
  }

  /**
   * How many are in each part of the ids, as {@code part} and {@code total}; and none in the parts
   * where the table begins and ends.
   */
  SqlCondition byParts() {
    return new SqlCondition(
        BY_PARTS.formatted(id, PartTotals.SIZE, table, condition.sql()), condition.args());
  }

  /** How many are in one part, as {@code total}. */
  SqlCondition inPart(long part) {
    SqlCondition its =
        SqlCondition.of(
                id + " >= ? AND " + id + " < ?",
                part * PartTotals.SIZE,
                (part + 1) * PartTotals.SIZE)
            .and(named);
    return new SqlCondition(COUNT.formatted(table, its.sql()), its.args());
  }

  /** The kinds of things that it depends on: those in whose tables is looked. */
  Set<String> kinds() {
    return Arrays.stream(Subject.values())
        .filter(this::reads)
        .map(Subject::kind)
        .collect(Collectors.toSet());
  }

  private boolean reads(Subject each) {
    List<String> tables = new ArrayList<>(List.of(each.table()));
    each.parts().forEach(part -> tables.add(part.table()));
    Pattern from = Pattern.compile("\\b(FROM|JOIN)\\s+(" + String.join("|", tables) + ")\\b");
    return Stream.of(whole(), inPart(0)).anyMatch(sql -> from.matcher(sql.sql()).find());
  }
}
