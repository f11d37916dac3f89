package io.kbsserver.history;

import io.kbsserver.list.Sort;

/** What a history is sorted by. */
enum HistoryColumn implements Sort.Key.Column {
  AT("h.at");

  private final String sql;

  HistoryColumn(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
