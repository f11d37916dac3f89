package io.kbsserver.change;

import io.kbsserver.change.LoggedState.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log tells of a row, for whoever reads that row anyway as it is locked: it spares the log
 * a statement.
 */
public final class LoggedRow {

  /** What a row was like, for {@link ChangeLog#changesColumns(Subject, Object, Known)}. */
  public static final class Known {

    private final Map<String, @Nullable Object> fields;

    private Known(Map<String, @Nullable Object> fields) {
      this.fields = fields;
    }

    Map<String, @Nullable Object> fields() {
      return fields;
    }
  }

  /** Where nothing is logged. */
  public static final LoggedRow NOTHING = new LoggedRow(List.of());

  private final List<Column> columns;

  LoggedRow(List<Column> columns) {
    this.columns = columns;
  }

  /** What is to be selected behind something else, with the comma before it. */
  public String selected() {
    StringBuilder sql = new StringBuilder();
    for (Column column : columns) {
      column.texts().forEach(text -> sql.append(", ").append(text));
    }
    return sql.toString();
  }

  /**
   * Reads what was selected from the current row.
   *
   * @param first the number of its first column
   */
  public Known read(ResultSet row, int first) throws SQLException {
    return new Known(LoggedState.state(columns, row, first));
  }
}
