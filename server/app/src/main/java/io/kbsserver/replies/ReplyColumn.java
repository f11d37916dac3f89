package io.kbsserver.replies;

import io.kbsserver.list.Sort;

/** What a list of replies can be sorted by. */
enum ReplyColumn implements Sort.Key.Column {
  ID("r.id"),
  DATE("r.date_local"),
  MODIFIED("r.modified_local"),
  AGENT("r.agent_id"),
  CUSTOMER("r.customer_id");

  private final String sql;

  ReplyColumn(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
