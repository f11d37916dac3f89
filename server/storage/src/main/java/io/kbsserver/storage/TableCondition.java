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
}
