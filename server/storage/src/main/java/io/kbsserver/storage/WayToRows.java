package io.kbsserver.storage;

/**
 * Where an index has the ids of some rows in their order, so that the first of them are found
 * without all the others.
 *
 * @param table with its alias, which the condition is about: {@code ticket own}
 * @param id its column of their ids: {@code own.id}
 * @param condition what it is that the index has: {@code own.customer_id = ?}
 * @param also what must hold of the rows themselves as well
 */
public record WayToRows(String table, String id, SqlCondition condition, SqlCondition also) {

  /** To all of them. */
  public WayToRows(String table, String id, SqlCondition condition) {
    this(table, id, condition, SqlCondition.ALWAYS);
  }

  /** To those for which this holds as well. */
  public WayToRows and(SqlCondition more) {
    return new WayToRows(table, id, condition, also.and(more));
  }

  /** All that must hold on it. */
  public SqlCondition all() {
    return condition.and(also);
  }
}
