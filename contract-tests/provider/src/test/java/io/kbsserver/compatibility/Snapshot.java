package io.kbsserver.compatibility;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A copy of all tables of a schema, in another schema of the same server. Bringing it back touches
 * only the tables that have changed, so that it can be done between any two requests.
 */
public final class Snapshot {

  private static final Pattern COUNTER = Pattern.compile("AUTO_INCREMENT=(\\d+)");

  private final Connection connection;
  private final String copy;
  private final Map<String, String> checksums;
  private final Map<String, Long> counters = new LinkedHashMap<>();

  private Snapshot(Connection connection, String copy) throws SQLException {
    this.connection = connection;
    this.copy = copy;
    this.checksums = checksums(connection);
  }

  /**
   * Takes one.
   *
   * @param connection to the schema that is copied
   * @param copy the name of an empty schema
   */
  public static Snapshot take(Connection connection, String copy) throws SQLException {
    Snapshot snapshot = new Snapshot(connection, copy);
    try (Statement statement = connection.createStatement()) {
      for (String table : snapshot.checksums.keySet()) {
        statement.execute("CREATE TABLE " + copy + "." + table + " LIKE " + table);
        statement.execute(snapshot.copying(table, copy + "." + table, table));
        snapshot.counter(table).ifPresent(next -> snapshot.counters.put(table, next));
      }
    }
    return snapshot;
  }

  /** Brings the schema back to what it was. */
  public void restore() throws SQLException {
    Map<String, String> now = checksums(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION foreign_key_checks = 0");
      for (String table : checksums.keySet()) {
        if (!Objects.equals(now.get(table), checksums.get(table))) {
          statement.execute("DELETE FROM " + table);
          statement.execute(copying(table, table, copy + "." + table));
        }
      }
      for (Map.Entry<String, Long> next : counters.entrySet()) {
        // A write that was rolled back has taken an id as well, and left no other trace.
        if (!counter(next.getKey()).equals(Optional.of(next.getValue()))) {
          statement.execute(
              "ALTER TABLE " + next.getKey() + " AUTO_INCREMENT = " + next.getValue());
        }
      }
      statement.execute("SET SESSION foreign_key_checks = 1");
    }
  }

  /** The statement that copies the rows of a table; what the database works out it does again. */
  private String copying(String table, String to, String from) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW COLUMNS FROM " + table)) {
      while (rows.next()) {
        if (!rows.getString("Extra").contains("GENERATED")) {
          columns.add("`" + rows.getString("Field") + "`");
        }
      }
    }
    String all = String.join(", ", columns);
    return "INSERT INTO %s (%s) SELECT %s FROM %s".formatted(to, all, all, from);
  }

  private static Map<String, String> checksums(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    Map<String, String> checksums = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SHOW TABLES")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      try (ResultSet rows = statement.executeQuery("CHECKSUM TABLE " + String.join(", ", tables))) {
        while (rows.next()) {
          String table = rows.getString(1);
          checksums.put(table.substring(table.indexOf('.') + 1), rows.getString(2));
        }
      }
    }
    return checksums;
  }

  private Optional<Long> counter(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + table)) {
      row.next();
      Matcher matcher = COUNTER.matcher(row.getString(2));
      return matcher.find() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }
  }
}
