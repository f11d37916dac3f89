package io.kbsserver.forms;

import io.kbsserver.list.Sort;

/** What a list of forms can be sorted by. */
enum FormColumn implements Sort.Key.Column {
  ID("f.id"),
  DATE("f.date_local"),
  MODIFIED("f.modified_local"),
  TITLE("f.title_key");

  private final String sql;

  FormColumn(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
