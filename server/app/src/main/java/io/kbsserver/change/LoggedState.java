package io.kbsserver.change;

import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what things are like, as far as it is logged: their fields by name. */
public final class LoggedState {

  /** Longer texts are told by digest and length. */
  private static final int LONGEST = 255;

  private static final String COLUMNS =
      """
      SELECT column_name, data_type, column_type, COALESCE(character_maximum_length, 0)
      FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = ? AND COALESCE(generation_expression, '') = ''
      ORDER BY ordinal_position
      """;

  private final Map<Subject, List<Column>> columns = new ConcurrentHashMap<>();

  private enum Type {
    NUMBER,
    SWITCH,
    TIME,
    TEXT,
    LONG_TEXT
  }

  private record Column(String name, Type type) {

    String sql() {
      return switch (type) {
        case TIME -> "CAST(" + name + " AS CHAR)";
        case LONG_TEXT ->
            ("IF(CHAR_LENGTH(%1$s) > %2$d, NULL, %1$s), CHAR_LENGTH(%1$s),"
                    + " IF(CHAR_LENGTH(%1$s) > %2$d, SHA2(%1$s, 256), NULL)")
                .formatted(name, LONGEST);
        default -> name;
      };
    }

    int width() {
      return type == Type.LONG_TEXT ? 3 : 1;
    }

    @Nullable Object read(ResultSet row, int index) throws SQLException {
      String text = row.getString(index);
      if (type == Type.LONG_TEXT && text == null) {
        String digest = row.getString(index + 2);
        return digest == null ? null : digest(digest, row.getLong(index + 1));
      }
      if (text == null) {
        return null;
      }
      return switch (type) {
        case NUMBER -> Long.valueOf(text);
        case SWITCH -> row.getBoolean(index);
        case TIME -> text.replace(' ', 'T');
        case TEXT, LONG_TEXT -> text;
      };
    }
  }

  private static Map<String, Object> digest(String sha256, long length) {
    Map<String, Object> digest = new LinkedHashMap<>();
    digest.put("sha256", sha256);
    digest.put("length", length);
    return digest;
  }

  /**
   * The states of those that there are, by id.
   *
   * @param locking whether nobody else is to change them until the end of the transaction
   */
  Map<String, Map<String, @Nullable Object>> read(
      Statements statements, Subject subject, Collection<?> ids, boolean locking) {
    Map<String, Map<String, @Nullable Object>> found = new LinkedHashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    List<Column> logged = columns(statements, subject);
    String in = " IN (" + SqlCondition.placeholders(ids.size()) + ")";
    statements.query(
        "SELECT CAST(%1$s AS CHAR), %2$s FROM %3$s WHERE %1$s%4$s ORDER BY %1$s%5$s"
            .formatted(
                subject.id(),
                logged.stream().map(Column::sql).collect(Collectors.joining(", ")),
                subject.table(),
                in,
                locking ? " FOR UPDATE" : ""),
        List.copyOf(ids),
        row -> {
          Map<String, @Nullable Object> state = new LinkedHashMap<>();
          int index = 2;
          for (Column column : logged) {
            state.put(column.name(), column.read(row, index));
            index += column.width();
          }
          return found.put(row.getString(1), state);
        });
    readParts(statements, subject, ids, in, found);
    return found;
  }

  private static void readParts(
      Statements statements,
      Subject subject,
      Collection<?> ids,
      String in,
      Map<String, Map<String, @Nullable Object>> found) {
    if (subject.parts().isEmpty() || found.isEmpty()) {
      return;
    }
    List<String> selects = new ArrayList<>();
    List<Object> args = new ArrayList<>();
    for (int i = 0; i < subject.parts().size(); i++) {
      Subject.Part part = subject.parts().get(i);
      selects.add(
          ("SELECT %d AS part, %s AS owner,"
                  + " CONVERT(CONCAT(%s) USING utf8mb4) COLLATE utf8mb4_bin AS value, %s AS place"
                  + " FROM %s WHERE %s%s")
              .formatted(
                  i,
                  part.owner(),
                  String.join(", ' ', ", part.columns()),
                  part.ordered() ? "position" : "0",
                  part.table(),
                  part.owner(),
                  in));
      args.addAll(ids);
    }
    Map<String, List<List<Object>>> values = new HashMap<>();
    statements.query(
        String.join(" UNION ALL ", selects) + " ORDER BY part, place, LENGTH(value), value",
        args,
        row ->
            values
                .computeIfAbsent(row.getString(2), id -> empty(subject))
                .get(row.getInt(1))
                .add(value(row.getString(3), subject.parts().get(row.getInt(1)))));
    found.forEach(
        (id, state) -> {
          List<List<Object>> lists = values.getOrDefault(id, empty(subject));
          for (int i = 0; i < lists.size(); i++) {
            state.put(subject.parts().get(i).field(), lists.get(i));
          }
        });
  }

  private static List<List<Object>> empty(Subject subject) {
    return subject.parts().stream().map(part -> (List<Object>) new ArrayList<Object>()).toList();
  }

  private static Object value(String text, Subject.Part part) {
    return part.columns().get(0).endsWith("_id") ? (Object) Long.valueOf(text) : text;
  }

  /** Only whether they are there, and the ticket that they belong to. */
  Map<String, Map<String, @Nullable Object>> readBriefly(
      Statements statements, Subject subject, Collection<?> ids) {
    Map<String, Map<String, @Nullable Object>> found = new LinkedHashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    List<Column> told =
        columns(statements, subject).stream()
            .filter(
                column ->
                    column.name().equals(subject.id())
                        || column.name().equals(subject.ticket())
                        || column.name().equals("missing")
                        || column.name().equals("status"))
            .toList();
    statements.query(
        "SELECT CAST(%1$s AS CHAR), %2$s FROM %3$s WHERE %1$s IN (%4$s)"
            .formatted(
                subject.id(),
                told.stream().map(Column::sql).collect(Collectors.joining(", ")),
                subject.table(),
                SqlCondition.placeholders(ids.size())),
        List.copyOf(ids),
        row -> {
          Map<String, @Nullable Object> state = new LinkedHashMap<>();
          for (int i = 0; i < told.size(); i++) {
            state.put(told.get(i).name(), told.get(i).read(row, i + 2));
          }
          return found.put(row.getString(1), state);
        });
    return found;
  }

  private List<Column> columns(Statements statements, Subject subject) {
    List<Column> known = columns.get(subject);
    if (known == null) {
      known =
          statements
              .query(
                  COLUMNS,
                  List.of(subject.table()),
                  row ->
                      new Column(
                          row.getString(1),
                          type(row.getString(2), row.getString(3), row.getLong(4))))
              .stream()
              .filter(column -> subject.logs(column.name()))
              .toList();
      columns.put(subject, known);
    }
    return known;
  }

  private static Type type(String data, String column, long length) {
    if (column.equals("tinyint(1)")) {
      return Type.SWITCH;
    }
    return switch (data) {
      case "bigint", "int", "smallint", "tinyint" -> Type.NUMBER;
      case "datetime", "timestamp", "date" -> Type.TIME;
      default -> length > LONGEST ? Type.LONG_TEXT : Type.TEXT;
    };
  }
}
