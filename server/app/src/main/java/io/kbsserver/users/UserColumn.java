package io.kbsserver.users;

import io.kbsserver.list.Sort;

/** What a list of users can be sorted by. */
enum UserColumn implements Sort.Key.Column {
  ID("u.id", false),
  NAME("u.display_name", false),
  SLUG("u.slug", false),
  URL("u.url", false),
  EMAIL("u.email", true),
  REGISTERED("u.registered_at", true);

  private final String sql;
  private final boolean forFew;

  UserColumn(String sql, boolean forFew) {
    this.sql = sql;
    this.forFew = forFew;
  }

  @Override
  public String sql() {
    return sql;
  }

  /** Whether only those who know all of a user may know the order. */
  boolean isForFew() {
    return forFew;
  }
}
