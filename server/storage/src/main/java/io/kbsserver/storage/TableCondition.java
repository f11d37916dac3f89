package io.kbsserver.storage;

import java.util.List;
import java.util.function.Function;

/** A condition on the rows of a table, for every statement in which that table stands. */
@FunctionalInterface
public interface TableCondition {

  /**
   * The condition in one statement.
   *
   * @param alias what the table is called there
   */
  SqlCondition on(String alias);

  /**
   * The same in a statement that names the rows, of which there are few: they are asked one by one
   * whether it holds, and nothing is looked up for all rows.
   *
   * @param alias what the table is called there
   */
  default SqlCondition onNamed(String alias) {
    return on(alias);
  }

  /**
   * The same as several ways to the rows, on one of which each of them is at least. Nothing where
   * it cannot be said so.
   *
   * @param alias what the table is called there
   */
  default List<WayToRows> ways(String alias) {
    return List.of();
  }

  /** Both this, which may have ways, and the other must hold. */
  default TableCondition and(TableCondition other) {
    TableCondition these = this;
    return of(
        alias -> these.on(alias).and(other.on(alias)),
        alias -> these.onNamed(alias).and(other.onNamed(alias)),
        alias -> these.ways(alias).stream().map(way -> way.and(other.onNamed(alias))).toList());
  }

  /** What is said in two forms. */
  static TableCondition of(TableCondition any, TableCondition named) {
    return of(any, named, alias -> List.of());
  }

  /** What is said in two forms, and in several ways. */
  static TableCondition of(
      TableCondition any, TableCondition named, Function<String, List<WayToRows>> ways) {
    return new TableCondition() {
      @Override
      public SqlCondition on(String alias) {
        return any.on(alias);
      }

      @Override
      public SqlCondition onNamed(String alias) {
        return named.on(alias);
      }

      @Override
      public List<WayToRows> ways(String alias) {
        return ways.apply(alias);
      }
    };
  }
}
