package io.kbsserver.media;

import io.kbsserver.list.PostOrder;
import io.kbsserver.list.Sort;
import java.util.List;

/** What a list of media can be sorted by. */
enum MediaColumn implements Sort.Key.Column {
  ID("x.id"),
  AUTHOR("x.author_id"),
  DATE("x.date_local"),
  MODIFIED("x.modified_local"),
  PARENT(MediaColumn.OWNER),
  SLUG("x.slug"),
  TITLE("x.title");

  /** What a file belongs to. */
  static final String OWNER = "COALESCE(x.reply_id, x.ticket_id)";

  /** The orders that are made of other parameters. */
  static final PostOrder ORDER =
      new PostOrder("x.id", "x.date_local", "x.slug", "x.title", List.of());

  private final String sql;

  MediaColumn(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
