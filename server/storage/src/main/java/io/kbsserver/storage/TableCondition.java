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
}
