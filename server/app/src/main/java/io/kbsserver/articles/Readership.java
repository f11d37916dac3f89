package io.kbsserver.articles;

import java.util.List;
import java.util.stream.Stream;

/** For whom texts of articles are read, and so which of them are hidden. */
enum Readership {
  /** Who has not logged in does not see the text of a restricted article. */
  EVERYBODY("(a.restricted OR a.protected)"),
  /** What a password protects nobody sees, since nobody can give it here. */
  LOGIN("a.protected"),
  /** Who edits articles sees all of it. */
  EDITING("FALSE");

  private final String hidden;

  Readership(String hidden) {
    this.hidden = hidden;
  }

  /** Whether the text of a row of {@code article a} is hidden, in SQL. */
  String hidden() {
    return hidden;
  }

  /** A column with a text, empty where that is hidden, in SQL. */
  String text(String column) {
    return "IF(%s, '', a.%s)".formatted(hidden, column);
  }

  /** What is searched beside the title, in SQL. */
  List<String> searched() {
    return Stream.of("excerpt_raw", "content_raw").map(this::text).toList();
  }
}
