package io.kbsserver.list;

import io.kbsserver.storage.SqlCondition;
import java.util.ArrayList;

/**
 * The order of a list. Rows that are equal in it follow each other by id, in the same direction.
 *
 * @param descending whether it begins with the largest; without effect on {@link Key.Include} and
 *     {@link Key.Ranked}
 */
public record Sort(Key key, boolean descending) {

  /** What a list is sorted by. */
  public sealed interface Key {

    /** The order in which the ids stand in the request. */
    record Include() implements Key {}

    /**
     * Another one that a list has, whole: with its direction, and with what follows where it is
     * equal.
     */
    record Ranked(SqlCondition order) implements Key {}

    /** A value of the rows. What a list can be sorted by is an enum that implements this. */
    non-sealed interface Column extends Key {

      /** The column, or an expression, with the aliases of the list's statement. */
      String sql();
    }
  }

  /** An expression to order by, with the values of its placeholders. */
  SqlCondition by(String id, Selection selection) {
    if (key instanceof Key.Column column) {
      String direction = descending ? " DESC" : " ASC";
      String byId = id + direction;
      return SqlCondition.of(
          column.sql().equals(id) ? byId : column.sql() + direction + ", " + byId);
    }
    if (key instanceof Key.Ranked ranked) {
      return ranked.order();
    }
    return new SqlCondition(
        "FIELD(" + id + ", " + SqlCondition.placeholders(selection.include().size()) + ")",
        new ArrayList<>(selection.include()));
  }
}
