package io.kbsserver.list;

import io.kbsserver.storage.SqlCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

      /** The values of its placeholders. */
      default List<Object> args() {
        return List.of();
      }

      /** Whether rows with higher ids are mostly higher in it. */
      default boolean followsIds() {
        return false;
      }

      /** Whether what is wanted of a list is mostly spread over all of its order. */
      default boolean spreadsEvenly() {
        return true;
      }

      /**
       * Whether rows that are equal in it turn with the order, or always follow each other by id.
       */
      default boolean turnsTies() {
        return true;
      }
    }
  }

  /** The same from the other end; nothing where that cannot be said by turning the direction. */
  Optional<Sort> turned() {
    return key instanceof Key.Column column && column.turnsTies()
        ? Optional.of(new Sort(key, !descending))
        : Optional.empty();
  }

  /** An expression to order by, with the values of its placeholders. */
  SqlCondition by(String id, Selection selection) {
    if (key instanceof Key.Column column) {
      String direction = descending ? " DESC" : " ASC";
      String byId = id + (column.turnsTies() ? direction : " ASC");
      return column.sql().equals(id)
          ? SqlCondition.of(id + direction)
          : new SqlCondition(column.sql() + direction + ", " + byId, column.args());
    }
    if (key instanceof Key.Ranked ranked) {
      return ranked.order();
    }
    return new SqlCondition(
        "FIELD(" + id + ", " + SqlCondition.placeholders(selection.include().size()) + ")",
        new ArrayList<>(selection.include()));
  }
}
