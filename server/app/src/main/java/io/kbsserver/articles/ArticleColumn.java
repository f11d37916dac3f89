package io.kbsserver.articles;

import io.kbsserver.list.PostOrder;
import io.kbsserver.list.Sort;

/** What a list of articles can be sorted by. */
enum ArticleColumn implements Sort.Key.Column {
  ID("a.id"),
  AUTHOR("a.author_id"),
  DATE("a.date_local"),
  MODIFIED("a.modified_local"),
  SLUG("a.slug"),
  TITLE("a.title_key");

  /** The orders that are made of other parameters; whoever asks, by what everybody may read. */
  static final PostOrder ORDER =
      new PostOrder(
          "a.id", "a.date_local", "a.slug", "a.title_raw", Readership.EVERYBODY.searched());

  private final String sql;

  ArticleColumn(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
