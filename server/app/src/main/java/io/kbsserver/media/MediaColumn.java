package io.kbsserver.media;

import io.kbsserver.list.Sort;

/** What a list of media can be sorted by. */
enum MediaColumn implements Sort.Key.Column {
  ID("x.id"),
  DATE("x.date_local"),
  MODIFIED("x.modified_local"),
  SLUG("x.slug"),
  TITLE("x.title");

  private final String sql;

  MediaColumn(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
