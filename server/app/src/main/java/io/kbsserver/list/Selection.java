package io.kbsserver.list;

import io.kbsserver.storage.SqlCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are asked for by id, or not wanted. A negative id means the same as without its
 * sign.
 *
 * @param include the only ids wanted; empty where all are
 * @param exclude ids that are not wanted; without effect where some are included
 */
public record Selection(List<Long> include, List<Long> exclude) {

  /** Takes ids as a request gives them. */
  public Selection {
    include = absolute(include);
    exclude = include.isEmpty() ? absolute(exclude) : List.of();
  }

  /** The condition on the column of the id. */
  SqlCondition on(String id) {
    if (!include.isEmpty()) {
      return SqlCondition.in(id, include);
    }
    return exclude.isEmpty() ? SqlCondition.ALWAYS : SqlCondition.in(id, exclude).not();
  }

  /** The condition that a column has one of these ids; whichever it has where none is given. */
  public static SqlCondition among(String column, @Nullable List<Long> ids) {
    return ids == null || ids.isEmpty()
        ? SqlCondition.ALWAYS
        : SqlCondition.in(column, absolute(ids));
  }

  /** The condition that a column has none of these ids. */
  public static SqlCondition notAmong(String column, @Nullable List<Long> ids) {
    return ids == null || ids.isEmpty()
        ? SqlCondition.ALWAYS
        : SqlCondition.any(
            List.of(
                SqlCondition.of(column + " IS NULL"),
                SqlCondition.in(column, absolute(ids)).not()));
  }

  /** Ids as lists of them mean them: none is negative. */
  public static List<Long> absolute(List<Long> ids) {
    return ids.stream().map(Math::abs).toList();
  }
}
