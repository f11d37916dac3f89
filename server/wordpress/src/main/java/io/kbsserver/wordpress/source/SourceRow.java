package io.kbsserver.wordpress.source;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** The current row of a query on the WordPress database. */
public final class SourceRow {

  /** Of columns that hold numbers and the like. */
  private static final String NO_TEXT = "";

  private final ResultSet row;
  private final SourceCharset charset;
  // By column, from one; looked up at the first row.
  private final @Nullable String[] charsetsOfColumns;

  SourceRow(ResultSet row, SourceCharset charset) throws SQLException {
    this.row = row;
    this.charset = charset;
    this.charsetsOfColumns = new String[row.getMetaData().getColumnCount() + 1];
  }

  /** A text, as WordPress reads it; null stays null. */
  public @Nullable String getString(int column) throws SQLException {
    String stored = charsetOf(column);
    if (stored.equals(NO_TEXT) || !charset.decodes(stored)) {
      return row.getString(column);
    }
    byte[] bytes = row.getBytes(column);
    return bytes == null ? null : charset.text(bytes, stored);
  }

  /** A text; empty for null, which WordPress's own tables do not allow but a view may give. */
  public String text(int column) throws SQLException {
    String text = getString(column);
    return text == null ? "" : text;
  }

  byte[] getBytes(int column) throws SQLException {
    return row.getBytes(column);
  }

  public long getLong(int column) throws SQLException {
    return row.getLong(column);
  }

  boolean getBoolean(int column) throws SQLException {
    return row.getBoolean(column);
  }

  private String charsetOf(int column) throws SQLException {
    if (charsetsOfColumns[column] == null) {
      charsetsOfColumns[column] = charsetOf(row.getMetaData(), column);
    }
    return charsetsOfColumns[column];
  }

  private static String charsetOf(ResultSetMetaData columns, int column) throws SQLException {
    return switch (columns.getColumnType(column)) {
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> SourceCharset.BINARY;
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR -> {
        String name =
            columns
                .unwrap(com.mysql.cj.jdbc.result.ResultSetMetaData.class)
                .getColumnCharacterSet(column);
        // What the driver does not know is one of the newer collations, which are all of Unicode.
        yield name == null ? "utf8mb4" : name;
      }
      default -> NO_TEXT;
    };
  }
}
