package io.kbsserver.list;

import io.kbsserver.storage.SqlCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a list, and how many come before it.
 *
 * @param value what it is sorted by; null where it has none
 */
record Milestone(long skipped, @Nullable Object value, long id) {

  /**
   * It, and what comes behind it.
   *
   * @param id the column of the ids
   */
  SqlCondition andBehind(Sort sort, String id) {
    boolean descending = sort.descending();
    String column = ((Sort.Key.Column) sort.key()).sql();
    String beyond = descending ? " < ?" : " > ?";
    SqlCondition its = SqlCondition.of(id + (descending ? " <= ?" : " >= ?"), this.id);
    if (column.equals(id)) {
      return its;
    }
    // To the database nothing comes before all else.
    SqlCondition nothing = SqlCondition.of(column + " IS NULL");
    if (value == null) {
      return descending
          ? nothing.and(its)
          : SqlCondition.any(List.of(nothing.not(), nothing.and(its)));
    }
    SqlCondition further = SqlCondition.of(column + beyond, value);
    SqlCondition equal = SqlCondition.of(column + " = ?", value).and(its);
    return SqlCondition.any(
        descending ? List.of(further, equal, nothing) : List.of(further, equal));
  }
}
