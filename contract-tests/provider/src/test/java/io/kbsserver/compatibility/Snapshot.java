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

/**
 * A copy of all tables of a schema, in another schema of the same server. Bringing it back touches
 * only the tables that have changed, so that it can be done between any two requests.
 */
public final class Snapshot {

  private final Connection connection;
  private final String copy;
  private final Map<String, String> checksums;
  private final Map<String, Long> counters;
  private final Map<String, String> columns = new LinkedHashMap<>();

  private Snapshot(Connection connection, String copy) throws SQLException {
    this.connection = connection;
    this.copy = copy;
    try (Statement statement = connection.createStatement()) {
      // MySQL tells the counters of a day ago, unless it is told not to; MariaDB skips the comment.
      statement.execute("SET @now = 1 /*!80000 , SESSION information_schema_stats_expiry = 0 */");
    }
    this.checksums = checksums(connection);
    this.counters = counters();
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
        snapshot.columns.put(table, snapshot.columns(table));
        statement.execute(snapshot.copying(table, copy + "." + table, table));
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
      Map<String, Long> reached = counters();
      for (Map.Entry<String, Long> next : counters.entrySet()) {
        // A write that was rolled back has taken an id as well, and left no other trace.
        if (!next.getValue().equals(reached.get(next.getKey()))) {
          statement.execute(
              "ALTER TABLE " + next.getKey() + " AUTO_INCREMENT = " + next.getValue());
        }
      }
      statement.execute("SET SESSION foreign_key_checks = 1");
    }
  }

  /** The statement that copies the rows of a table. */
  private String copying(String table, String to, String from) {
    String all = columns.get(table);
    return "INSERT INTO %s (%s) SELECT %s FROM %s".formatted(to, all, all, from);
  }

  /** Those that hold something: what the database works out it does again. */
  private String columns(String table) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW COLUMNS FROM " + table)) {
      while (rows.next()) {
        if (!rows.getString("Extra").contains("GENERATED")) {
          names.add("`" + rows.getString("Field") + "`");
        }
      }
    }
    return String.join(", ", names);
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

  /** The next id of each table that has given one. */
  private Map<String, Long> counters() throws SQLException {
    Map<String, Long> counters = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT table_name, auto_increment FROM information_schema.tables"
                    + " WHERE table_schema = DATABASE() AND auto_increment > 1")) {
      while (rows.next()) {
        counters.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counters;
  }
}
