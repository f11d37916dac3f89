package io.kbsserver.notes;

import io.kbsserver.list.Sort;

/** What a list of notes is sorted by. */
enum NoteColumn implements Sort.Key.Column {
  DATE("n.date_gmt");

  private final String sql;

  NoteColumn(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
