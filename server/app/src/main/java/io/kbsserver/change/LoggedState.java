package io.kbsserver.change;

import static java.util.Objects.requireNonNull;

import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what things are like, as far as it is logged: their fields by name. */
public final class LoggedState {

  /** Longer texts are told by digest and length. */
  private static final int LONGEST = 255;

  /** Behind the number of the arm, the id and the place. */
  private static final int FIRST_COLUMN = 4;

  private static final String COLUMNS =
      """
      SELECT table_name, column_name, data_type, column_type,
        COALESCE(character_maximum_length, 0)
      FROM information_schema.columns
      WHERE table_schema = DATABASE() AND COALESCE(generation_expression, '') = ''
        AND table_name IN (%s)
      ORDER BY table_name, ordinal_position
      """;

  private volatile @Nullable Map<Subject, List<Column>> columns;
  private final Map<Shape, Query> queries = new ConcurrentHashMap<>();

  private enum Type {
    NUMBER,
    SWITCH,
    TIME,
    TEXT,
    LONG_TEXT
  }

  /** A column of a table, as it is logged. */
  record Column(String name, Type type) {

    List<String> sql() {
      if (type != Type.LONG_TEXT) {
        return List.of(name);
      }
      String isLong = "CHAR_LENGTH(%s) > %d".formatted(name, LONGEST);
      return List.of(
          "IF(%s, NULL, %s)".formatted(isLong, name),
          "CHAR_LENGTH(" + name + ")",
          "IF(%s, SHA2(%s, 256), NULL)".formatted(isLong, name));
    }

    /** The same as texts. */
    List<String> texts() {
      return sql().stream().map(LoggedState::text).toList();
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
        case SWITCH -> !text.equals("0");
        case TIME -> text.replace(' ', 'T');
        case TEXT, LONG_TEXT -> text;
      };
    }
  }

  /** A row that is part of a thing. */
  private record PartRow(String id, Subject.Part part, long place, String value) {}

  private static Map<String, Object> digest(String sha256, long length) {
    Map<String, Object> digest = new LinkedHashMap<>();
    digest.put("sha256", sha256);
    digest.put("length", length);
    return digest;
  }

  /** Columns of all types and collations are alike, one below the other. */
  private static String text(String value) {
    return "CONVERT(" + value + " USING utf8mb4) COLLATE utf8mb4_bin";
  }

  /** One SELECT of the statement: the rows of one table, for the things of one kind. */
  private record Arm(Subject subject, Subject.@Nullable Part part, List<String> values) {

    String sql(int number, int width, int ids, boolean locking) {
      String owner = part == null ? subject.id() : part.owner();
      List<String> selected = new ArrayList<>();
      selected.add(String.valueOf(number));
      selected.add(text(owner));
      selected.add(part != null && part.ordered() ? "position" : "0");
      values.forEach(value -> selected.add(text(value)));
      selected.addAll(Collections.nCopies(width - values.size(), "NULL"));
      return "(SELECT %s FROM %s WHERE %s IN (%s)%s)"
          .formatted(
              String.join(", ", selected),
              part == null ? subject.table() : part.table(),
              owner,
              SqlCondition.placeholders(ids),
              locking ? " FOR UPDATE" : "");
    }
  }

  /** A statement, and what its rows are. */
  private record Query(String sql, List<Arm> arms) {}

  /** What statement it takes for one thing of each of these kinds. */
  private record Shape(Set<Subject> subjects, Set<Subject> whole, boolean locking) {}

  /**
   * The states of those that there are, by id, in one statement for all of them.
   *
   * @param whole of what kinds their parts are wanted as well
   * @param locking whether nobody else is to change them until the end of the transaction
   */
  Map<Subject, Map<String, Map<String, @Nullable Object>>> read(
      Statements statements,
      Map<Subject, ? extends Collection<?>> wanted,
      Set<Subject> whole,
      boolean locking) {
    Map<Subject, Map<String, Map<String, @Nullable Object>>> found = new EnumMap<>(Subject.class);
    Map<Subject, Integer> counts = new EnumMap<>(Subject.class);
    List<Object> args = new ArrayList<>();
    wanted.forEach(
        (subject, ids) -> {
          found.put(subject, new LinkedHashMap<>());
          if (!ids.isEmpty()) {
            counts.put(subject, ids.size());
            for (int i = 0; i <= (whole.contains(subject) ? subject.parts().size() : 0); i++) {
              args.addAll(ids);
            }
          }
        });
    if (counts.isEmpty()) {
      return found;
    }
    Map<Subject, List<Column>> known = columns(statements);
    Query query = query(known, counts, whole, locking);
    Map<Subject, List<PartRow>> parts = new EnumMap<>(Subject.class);
    statements.query(
        query.sql(),
        args,
        row -> {
          Arm arm = query.arms().get(row.getInt(1));
          String id = row.getString(2);
          Subject.Part part = arm.part();
          if (part == null) {
            requireNonNull(found.get(arm.subject()))
                .put(id, state(requireNonNull(known.get(arm.subject())), row, FIRST_COLUMN));
          } else {
            parts
                .computeIfAbsent(arm.subject(), any -> new ArrayList<>())
                .add(new PartRow(id, part, row.getLong(3), row.getString(4)));
          }
          return id;
        });
    found.forEach(
        (subject, states) -> {
          if (whole.contains(subject)) {
            addParts(subject, states, parts.getOrDefault(subject, List.of()));
          }
        });
    return found;
  }

  /** One thing of a kind is what mostly changes: such statements are made once. */
  private Query query(
      Map<Subject, List<Column>> known,
      Map<Subject, Integer> counts,
      Set<Subject> whole,
      boolean locking) {
    if (counts.values().stream().anyMatch(count -> count > 1)) {
      return newQuery(known, counts, whole, locking);
    }
    return queries.computeIfAbsent(
        new Shape(Set.copyOf(counts.keySet()), Set.copyOf(whole), locking),
        any -> newQuery(known, counts, whole, locking));
  }

  private static Query newQuery(
      Map<Subject, List<Column>> known,
      Map<Subject, Integer> counts,
      Set<Subject> whole,
      boolean locking) {
    List<Arm> arms = new ArrayList<>();
    for (Subject subject : counts.keySet()) {
      List<Column> columns = requireNonNull(known.get(subject));
      arms.add(new Arm(subject, null, columns.stream().flatMap(it -> it.sql().stream()).toList()));
      for (Subject.Part part :
          whole.contains(subject) ? subject.parts() : List.<Subject.Part>of()) {
        String value = "CONCAT(" + String.join(", ' ', ", part.columns()) + ")";
        arms.add(new Arm(subject, part, List.of(value)));
      }
    }
    int width = arms.stream().mapToInt(arm -> arm.values().size()).max().orElseThrow();
    List<String> selects = new ArrayList<>();
    for (Arm arm : arms) {
      int ids = requireNonNull(counts.get(arm.subject()));
      selects.add(arm.sql(selects.size(), width, ids, locking));
    }
    return new Query(String.join(" UNION ALL ", selects), arms);
  }

  static Map<String, @Nullable Object> state(List<Column> columns, ResultSet row, int first)
      throws SQLException {
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    int index = first;
    for (Column column : columns) {
      state.put(column.name(), column.read(row, index));
      index += column.type() == Type.LONG_TEXT ? 3 : 1;
    }
    return state;
  }

  private static void addParts(
      Subject subject, Map<String, Map<String, @Nullable Object>> states, List<PartRow> rows) {
    Map<String, Map<Subject.Part, List<Object>>> lists =
        rows.stream()
            .sorted(
                Comparator.comparingLong(PartRow::place)
                    .thenComparing(row -> row.value().length())
                    .thenComparing(PartRow::value))
            .collect(
                Collectors.groupingBy(
                    PartRow::id,
                    Collectors.groupingBy(
                        PartRow::part,
                        Collectors.mapping(LoggedState::value, Collectors.toList()))));
    states.forEach(
        (id, state) -> {
          Map<Subject.Part, List<Object>> here = lists.getOrDefault(id, Map.of());
          for (Subject.Part part : subject.parts()) {
            state.put(part.field(), here.getOrDefault(part, List.of()));
          }
        });
  }

  private static Object value(PartRow row) {
    return row.part().columns().get(0).endsWith("_id")
        ? (Object) Long.valueOf(row.value())
        : row.value();
  }

  /** Of the table of a kind. */
  LoggedRow row(Statements statements, Subject subject) {
    return new LoggedRow(requireNonNull(columns(statements).get(subject)));
  }

  /** Those of the tables of all kinds, asked once. */
  private Map<Subject, List<Column>> columns(Statements statements) {
    Map<Subject, List<Column>> known = columns;
    if (known == null) {
      Map<Subject, List<Column>> read = new EnumMap<>(Subject.class);
      List<String> tables = Arrays.stream(Subject.values()).map(Subject::table).toList();
      statements.query(
          COLUMNS.formatted(SqlCondition.placeholders(tables.size())),
          tables,
          row -> {
            Subject subject = Subject.values()[tables.indexOf(row.getString(1))];
            String name = row.getString(2);
            return (subject.logs(name) || name.equals(Subject.REVISION))
                && read.computeIfAbsent(subject, any -> new ArrayList<>())
                    .add(
                        new Column(name, type(row.getString(3), row.getString(4), row.getLong(5))));
          });
      known = read;
      columns = known;
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
