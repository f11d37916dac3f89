package io.kbsserver.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns of a table that hold long texts: those of a row that are short are read with it,
 * those that are not {@linkplain LateTexts late}.
 *
 * @param table the table, with a primary key {@code id}
 * @param alias what it is called in the list's statement
 * @param columns the columns
 */
public record LongTexts(String table, String alias, List<String> columns) {

  /** So many bytes of texts are read with the rows of a page. */
  private static final long WITH_THE_ROWS = 1024L * 1024;

  private static final String LENGTH = "text_length";

  /** All of them, to be selected however long they are. */
  public String whole() {
    return columns.stream().map(this::qualified).collect(Collectors.joining(", "));
  }

  /**
   * The same, empty where they are hidden.
   *
   * @param hidden whether those of a row are, in SQL
   */
  public String whole(String hidden) {
    return columns.stream()
        .map(column -> "IF(%s, '', %s) AS %s".formatted(hidden, qualified(column), column))
        .collect(Collectors.joining(", "));
  }

  /**
   * To be selected, those of a row null where they come late, and empty where they are hidden.
   *
   * @param rows how many rows there are at most
   * @param hidden whether those of a row are, in SQL
   */
  public String whereShort(int rows, String hidden) {
    String length = length(columns);
    return columns.stream()
            .map(
                column ->
                    "IF(%s, '', IF(%s <= %d, %s, NULL)) AS %s"
                        .formatted(hidden, length, WITH_THE_ROWS / rows, qualified(column), column))
            .collect(Collectors.joining(", "))
        + ", %s AS %s".formatted(length, LENGTH);
  }

  /**
   * To be selected, those of a row null where they come late.
   *
   * @param read those that are wanted; the others come late as well
   * @param rows how many rows there are at most
   */
  public String whereShort(List<String> read, int rows) {
    String length = length(read);
    long most = WITH_THE_ROWS / rows;
    return columns.stream()
            .map(
                column ->
                    read.contains(column)
                        ? "IF(%s <= %d, %s, NULL) AS %s"
                            .formatted(length, most, qualified(column), column)
                        : "NULL AS " + column)
            .collect(Collectors.joining(", "))
        + ", %s AS %s".formatted(length, LENGTH);
  }

  /**
   * A text of a row, or the mark that stands for it.
   *
   * @param late gets the texts that the row does not have
   */
  public static String text(ResultSet row, String column, LateTexts late) throws SQLException {
    String text = row.getString(column);
    if (text != null) {
      return text;
    }
    late.add(row.getLong("id"), row.getLong(LENGTH));
    return late.mark(row.getLong("id"), column);
  }

  private String length(List<String> read) {
    return read.stream()
        .map(column -> "LENGTH(" + qualified(column) + ")")
        .collect(Collectors.joining(" + "));
  }

  private String qualified(String column) {
    return alias + "." + column;
  }
}
