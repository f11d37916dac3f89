package io.kbsserver.change;

import io.kbsserver.change.LoggedState.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log tells of columns of a row, for whoever reads that row anyway as it is locked: it
 * spares the log a statement.
 */
public final class LoggedRow {

  /** What a row was like, for {@link ChangeLog#sets}. */
  public static final class Known {

    private final List<Column> columns;
    private final Map<String, @Nullable Object> fields;

    private Known(List<Column> columns, Map<String, @Nullable Object> fields) {
      this.columns = columns;
      this.fields = fields;
    }

    Map<String, @Nullable Object> fields() {
      return fields;
    }

    /** These values as the log tells them. */
    Map<String, @Nullable Object> logged(Map<String, ? extends @Nullable Object> values) {
      Map<String, @Nullable Object> logged = new LinkedHashMap<>();
      for (Column column : columns) {
        if (values.containsKey(column.name())) {
          logged.put(column.name(), column.logged(values.get(column.name())));
        }
      }
      if (logged.size() < values.size()) {
        throw new IllegalArgumentException("Not all were read: " + values.keySet());
      }
      return logged;
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
    columns.forEach(column -> sql.append(", ").append(column.name()));
    return sql.toString();
  }

  /**
   * Reads what was selected from the current row.
   *
   * @param first the number of its first column
   */
  public Known read(ResultSet row, int first) throws SQLException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.put(columns.get(i).name(), columns.get(i).readPlain(row, first + i));
    }
    return new Known(columns, fields);
  }
}
