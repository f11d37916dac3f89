package io.kbsserver.demo.large;

import static java.util.Objects.requireNonNull;

import io.kbsserver.change.Subject;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.Statements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of one table that are inserted together, many with one statement. */
final class Rows {

  private static final int ROWS_PER_STATEMENT = 250;

  private final String table;
  private final String columns;
  private final String group;
  private final @Nullable Subject subject;
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  /**
   * None so far.
   *
   * @param subject what the log of changes calls them; null where they are part of something else.
   *     The first column tells them apart
   * @param columns the names of the columns, separated by commas
   */
  Rows(String table, @Nullable Subject subject, String columns) {
    this.table = table;
    this.subject = subject;
    this.columns = columns;
    this.group = "(" + SqlCondition.placeholders(columns.split(",").length) + ")";
  }

  /** One more, with a value for each column. */
  void add(@Nullable Object... values) {
    rows.add(values);
  }

  @Nullable Subject subject() {
    return subject;
  }

  /** What tells them apart. */
  List<Object> ids() {
    return rows.stream().<Object>map(row -> requireNonNull(row[0])).toList();
  }

  /** Inserts them; then there are none any more. */
  void insert(Statements statements) {
    for (int from = 0; from < rows.size(); from += ROWS_PER_STATEMENT) {
      List<@Nullable Object[]> some =
          rows.subList(from, Math.min(rows.size(), from + ROWS_PER_STATEMENT));
      List<@Nullable Object> args = new ArrayList<>();
      some.forEach(row -> args.addAll(Arrays.asList(row)));
      statements.update(
          "INSERT INTO %s (%s) VALUES %s"
              .formatted(
                  table, columns, String.join(", ", Collections.nCopies(some.size(), group))),
          args);
    }
    rows.clear();
  }
}
