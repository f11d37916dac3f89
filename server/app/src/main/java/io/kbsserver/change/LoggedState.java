package io.kbsserver.change;

import static java.util.Objects.requireNonNull;

import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.Statements;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what things are like, as far as it is logged: their fields by name. */
public final class LoggedState {

  /** Longer texts are told by digest and length. */
  private static final int LONGEST = 255;

  /** Behind the number of the arm, the id and the place. */
  private static final int FIRST_COLUMN = 4;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  private static final String COLUMNS =
      """
      SELECT table_name, column_name, data_type, column_type,
        COALESCE(character_maximum_length, 0), column_default
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

  /**
   * A column of a table, as it is logged.
   *
   * @param initial what it is where nobody says what
   */
  record Column(String name, Type type, @Nullable Object initial) {

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
      return value(text, type);
    }

    /** The same where the column was selected as it is. */
    @Nullable Object readPlain(ResultSet row, int index) throws SQLException {
      return logged(
          switch (type) {
            case NUMBER -> row.getObject(index, Long.class);
            case SWITCH -> row.getObject(index, Boolean.class);
            case TIME -> row.getObject(index, LocalDateTime.class);
            case TEXT, LONG_TEXT -> row.getString(index);
          });
    }

    /** What the log tells of a value that the column is set to, as if it were read. */
    @Nullable Object logged(@Nullable Object value) {
      if (value == null) {
        return null;
      }
      return switch (type) {
        case NUMBER -> ((Number) value).longValue();
        case SWITCH -> value;
        case TIME -> TIME.format((LocalDateTime) value);
        case TEXT -> value;
        case LONG_TEXT -> shortened(value.toString());
      };
    }

    private static Object shortened(String text) {
      int length = text.codePointCount(0, text.length());
      return length > LONGEST ? digest(sha256(text), length) : text;
    }
  }

  private static @Nullable Object value(@Nullable String text, Type type) {
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

  private static String sha256(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
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
  private record Shape(Set<Subject> rows, Set<Subject> parts, boolean locking) {}

  /**
   * The states of those that there are, by id, in one statement for all of them.
   *
   * @param rows of which their own rows are wanted
   * @param parts of which their parts are wanted; where there are some that have no row, their rows
   *     were not wanted
   * @param locking whether nobody else is to change them until the end of the transaction
   */
  Map<Subject, Map<String, Map<String, @Nullable Object>>> read(
      Statements statements,
      Map<Subject, ? extends Collection<?>> rows,
      Map<Subject, ? extends Collection<?>> parts,
      boolean locking) {
    Map<Subject, Map<String, Map<String, @Nullable Object>>> found = new EnumMap<>(Subject.class);
    Map<Subject, Integer> rowCounts = counts(rows);
    Map<Subject, Integer> partCounts = counts(parts);
    if (rowCounts.isEmpty() && partCounts.isEmpty()) {
      return found;
    }
    Map<Subject, List<Column>> known = columns(statements);
    Query query = query(known, rowCounts, partCounts, locking);
    List<Object> args = new ArrayList<>();
    for (Arm arm : query.arms()) {
      args.addAll(requireNonNull((arm.part() == null ? rows : parts).get(arm.subject())));
    }
    Map<Subject, List<PartRow>> partRows = new EnumMap<>(Subject.class);
    statements.query(
        query.sql(),
        args,
        row -> {
          Arm arm = query.arms().get(row.getInt(1));
          String id = row.getString(2);
          Subject.Part part = arm.part();
          if (part == null) {
            found
                .computeIfAbsent(arm.subject(), any -> new LinkedHashMap<>())
                .put(id, state(requireNonNull(known.get(arm.subject())), row, FIRST_COLUMN));
          } else {
            partRows
                .computeIfAbsent(arm.subject(), any -> new ArrayList<>())
                .add(new PartRow(id, part, row.getLong(3), row.getString(4)));
          }
          return id;
        });
    partCounts
        .keySet()
        .forEach(
            subject ->
                addParts(
                    subject,
                    requireNonNull(parts.get(subject)),
                    rows.containsKey(subject) ? Set.copyOf(rows.get(subject)) : Set.of(),
                    found.computeIfAbsent(subject, any -> new LinkedHashMap<>()),
                    partRows.getOrDefault(subject, List.of())));
    return found;
  }

  private static Map<Subject, Integer> counts(Map<Subject, ? extends Collection<?>> wanted) {
    Map<Subject, Integer> counts = new EnumMap<>(Subject.class);
    wanted.forEach(
        (subject, ids) -> {
          if (!ids.isEmpty()) {
            counts.put(subject, ids.size());
          }
        });
    return counts;
  }

  /** One thing of a kind is what mostly changes: such statements are made once. */
  private Query query(
      Map<Subject, List<Column>> known,
      Map<Subject, Integer> rows,
      Map<Subject, Integer> parts,
      boolean locking) {
    if (Stream.of(rows, parts).anyMatch(each -> each.values().stream().anyMatch(it -> it > 1))) {
      return newQuery(known, rows, parts, locking);
    }
    return queries.computeIfAbsent(
        new Shape(Set.copyOf(rows.keySet()), Set.copyOf(parts.keySet()), locking),
        any -> newQuery(known, rows, parts, locking));
  }

  private static Query newQuery(
      Map<Subject, List<Column>> known,
      Map<Subject, Integer> rows,
      Map<Subject, Integer> parts,
      boolean locking) {
    List<Arm> arms = new ArrayList<>();
    for (Subject subject : rows.keySet()) {
      List<Column> columns = requireNonNull(known.get(subject));
      arms.add(new Arm(subject, null, columns.stream().flatMap(it -> it.sql().stream()).toList()));
    }
    for (Subject subject : parts.keySet()) {
      for (Subject.Part part : subject.parts()) {
        String value = "CONCAT(" + String.join(", ' ', ", part.columns()) + ")";
        arms.add(new Arm(subject, part, List.of(value)));
      }
    }
    int width = arms.stream().mapToInt(arm -> arm.values().size()).max().orElseThrow();
    List<String> selects = new ArrayList<>();
    for (Arm arm : arms) {
      int ids = requireNonNull((arm.part() == null ? rows : parts).get(arm.subject()));
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
      Subject subject,
      Collection<?> ids,
      Set<?> withRows,
      Map<String, Map<String, @Nullable Object>> states,
      List<PartRow> rows) {
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
    for (Object each : ids) {
      String id = each.toString();
      Map<String, @Nullable Object> state =
          withRows.contains(each)
              ? states.get(id)
              : states.computeIfAbsent(id, any -> new LinkedHashMap<>());
      // What has no row is gone, and its parts with it.
      if (state != null) {
        Map<Subject.Part, List<Object>> here = lists.getOrDefault(id, Map.of());
        for (Subject.Part part : subject.parts()) {
          state.put(part.field(), here.getOrDefault(part, List.of()));
        }
      }
    }
  }

  private static Object value(PartRow row) {
    return row.part().columns().get(0).endsWith("_id")
        ? (Object) Long.valueOf(row.value())
        : row.value();
  }

  /** These columns of the table of a kind. */
  LoggedRow row(Statements statements, Subject subject, Set<String> names) {
    return new LoggedRow(
        requireNonNull(columns(statements).get(subject)).stream()
            .filter(column -> names.contains(column.name()))
            .toList());
  }

  /** What a row is that was made of these values. */
  Map<String, @Nullable Object> made(
      Statements statements, Subject subject, Map<String, ? extends @Nullable Object> values) {
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    for (Column column : requireNonNull(columns(statements).get(subject))) {
      state.put(
          column.name(),
          values.containsKey(column.name())
              ? column.logged(values.get(column.name()))
              : column.initial());
    }
    return state;
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
            Type type = type(row.getString(3), row.getString(4), row.getLong(5));
            return (subject.logs(name) || name.equals(Subject.REVISION))
                && read.computeIfAbsent(subject, any -> new ArrayList<>())
                    .add(new Column(name, type, value(initial(row.getString(6)), type)));
          });
      known = read;
      columns = known;
    }
    return known;
  }

  /** MariaDB tells it as it would be written in a statement, MySQL as it is. */
  private static @Nullable String initial(@Nullable String written) {
    return written == null || written.equals("NULL") ? null : written.replaceAll("^'(.*)'$", "$1");
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
