package io.kbsserver.forms;

import io.kbsserver.list.Sort;

/** What a list of fields can be sorted by. */
enum FormFieldColumn implements Sort.Key.Column {
  ID("ff.id"),
  DATE("ff.date_local"),
  MODIFIED("ff.modified_local"),
  TITLE("ff.title_key"),
  FORM("ff.form_id"),
  POSITION("ff.position");

  private final String sql;

  FormFieldColumn(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
