package io.kbsserver.storage;

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

  /** Both this and the other must hold. */
  default TableCondition and(TableCondition other) {
    TableCondition these = this;
    return of(
        alias -> these.on(alias).and(other.on(alias)),
        alias -> these.onNamed(alias).and(other.onNamed(alias)));
  }

  /** What is said in two ways. */
  static TableCondition of(TableCondition any, TableCondition named) {
    return new TableCondition() {
      @Override
      public SqlCondition on(String alias) {
        return any.on(alias);
      }

      @Override
      public SqlCondition onNamed(String alias) {
        return named.on(alias);
      }
    };
  }
}
