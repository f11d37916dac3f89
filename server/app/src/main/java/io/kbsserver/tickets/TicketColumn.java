package io.kbsserver.tickets;

import io.kbsserver.list.Sort;

/** What a list of tickets can be sorted by. */
enum TicketColumn implements Sort.Key.Column {
  ID("t.id"),
  DATE("t.date_local"),
  MODIFIED("t.modified_local"),
  TITLE("t.title_key"),
  AGENT("t.agent_id"),
  CUSTOMER("t.customer_id");

  private final String sql;

  TicketColumn(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }

  @Override
  public boolean followsIds() {
    return this == ID || this == DATE;
  }

  /** What somebody sees or asks for is mostly of few customers, or of few agents. */
  @Override
  public boolean spreadsEvenly() {
    return this != AGENT && this != CUSTOMER;
  }
}
