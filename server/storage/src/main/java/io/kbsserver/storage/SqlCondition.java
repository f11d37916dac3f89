package io.kbsserver.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A boolean SQL expression with the values of its placeholders.
 *
 * @param sql the expression, in parentheses where it needs them
 * @param args one value per {@code ?}, in order
 */
public record SqlCondition(String sql, List<Object> args) {

  /** Holds for every row. */
  public static final SqlCondition ALWAYS = of("1 = 1");

  /** Holds for no row. */
  public static final SqlCondition NEVER = of("1 = 0");

  /** An expression with its values. */
  public static SqlCondition of(String sql, Object... args) {
    return new SqlCondition(sql, List.of(args));
  }

  /** An expression with one value; holds for every row where there is no value. */
  public static SqlCondition ifGiven(String sql, @Nullable Object value) {
    return value == null ? ALWAYS : of(sql, value);
  }

  /** {@code column IN (…)}; never true for an empty list. */
  public static SqlCondition in(String column, List<?> values) {
    if (values.isEmpty()) {
      return NEVER;
    }
    return new SqlCondition(
        column + " IN (" + placeholders(values.size()) + ")", new ArrayList<>(values));
  }

  /** The same, of few different lengths: a statement is kept for each. */
  public static SqlCondition inPadded(String column, List<?> values) {
    return in(column, padded(values));
  }

  /** To a power of two, the last one again and again, so that there are few statements. */
  public static <T> List<T> padded(Collection<T> values) {
    List<T> all = new ArrayList<>(values);
    while (Integer.bitCount(all.size()) > 1) {
      all.add(all.get(all.size() - 1));
    }
    return all;
  }

  /**
   * {@code column} is among what these find. A union within the parentheses is worked out once;
   * without them, MySQL and MariaDB ask it again for every row.
   *
   * @param selects statements in place of expressions, each of one column called {@code id}
   */
  public static SqlCondition inAny(String column, List<SqlCondition> selects) {
    List<String> parts = new ArrayList<>();
    List<Object> args = new ArrayList<>();
    for (SqlCondition select : selects) {
      parts.add(select.sql);
      args.addAll(select.args);
    }
    return new SqlCondition(
        column + " IN (SELECT found.id FROM (" + String.join(" UNION ", parts) + ") found)", args);
  }

  /** This statement, in place of an expression, finds something. */
  public SqlCondition isFound() {
    return new SqlCondition("EXISTS (" + sql + ")", args);
  }

  /**
   * The same, asked for each row: what {@code EXISTS} finds MariaDB works out for all rows at once,
   * however few are asked.
   */
  public SqlCondition isFoundForEach() {
    return new SqlCondition("(" + sql + " LIMIT 1) IS NOT NULL", args);
  }

  /** All of these must hold. */
  public static SqlCondition all(List<SqlCondition> conditions) {
    return joined(
        conditions.stream().filter(condition -> !condition.equals(ALWAYS)).toList(),
        " AND ",
        ALWAYS);
  }

  /** At least one of these must hold. */
  public static SqlCondition any(List<SqlCondition> conditions) {
    return joined(conditions, " OR ", NEVER);
  }

  /** Both this and the other must hold. */
  public SqlCondition and(SqlCondition other) {
    return all(List.of(this, other));
  }

  /** The opposite. */
  public SqlCondition not() {
    return new SqlCondition("NOT (" + sql + ")", args);
  }

  /** So many question marks, separated by commas. */
  public static String placeholders(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  private static SqlCondition joined(
      List<SqlCondition> conditions, String operator, SqlCondition whenEmpty) {
    if (conditions.isEmpty()) {
      return whenEmpty;
    }
    if (conditions.size() == 1) {
      return conditions.get(0);
    }
    List<String> parts = new ArrayList<>();
    List<Object> args = new ArrayList<>();
    for (SqlCondition condition : conditions) {
      parts.add("(" + condition.sql + ")");
      args.addAll(condition.args);
    }
    return new SqlCondition(String.join(operator, parts), args);
  }
}
