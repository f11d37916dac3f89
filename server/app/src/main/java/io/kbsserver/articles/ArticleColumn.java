package io.kbsserver.articles;

import io.kbsserver.list.Sort;

/** What a list of articles can be sorted by. */
enum ArticleColumn implements Sort.Key.Column {
  ID("a.id"),
  AUTHOR("a.author_id"),
  DATE("a.date_local"),
  MODIFIED("a.modified_local"),
  SLUG("a.slug"),
  TITLE("a.title_key");

  private final String sql;

  ArticleColumn(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
