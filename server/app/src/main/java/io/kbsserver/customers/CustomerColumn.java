package io.kbsserver.customers;

import io.kbsserver.list.Sort;

/** What a list of customers can be sorted by. */
enum CustomerColumn implements Sort.Key.Column {
  ID("c.id"),
  USER("c.user_id"),
  NAME("c.name_key"),
  EMAIL("c.email"),
  COMPANY("c.company_id"),
  CREATED("c.created_at");

  private final String sql;

  CustomerColumn(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
