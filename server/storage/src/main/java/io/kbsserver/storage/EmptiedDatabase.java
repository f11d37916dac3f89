package io.kbsserver.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Takes everything out of a database that nothing else is in. */
public final class EmptiedDatabase {

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()";

  private static final String STORES = "SELECT id FROM file_store";

  private EmptiedDatabase() {}

  /** The stores that the files of a site are in; none where there is no site yet. */
  public static List<String> stores(Database database) {
    return with(
        database,
        statement ->
            all(statement, TABLES).contains("file_store") ? all(statement, STORES) : List.of());
  }

  /** Drops all tables, so that the migrations make them anew. */
  public static void of(Database database) {
    with(
        database,
        statement -> {
          List<String> tables = all(statement, TABLES);
          statement.execute("SET foreign_key_checks = 0");
          for (String table : tables) {
            statement.execute("DROP TABLE `" + table + "`");
          }
          return tables;
        });
  }

  /** What is done by statements. */
  @FunctionalInterface
  private interface Work {
    List<String> with(Statement statement) throws SQLException;
  }

  private static List<String> with(Database database, Work work) {
    try (Connection connection =
            DriverManager.getConnection(
                database.unhurriedUrl(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      return work.with(statement);
    } catch (SQLException e) {
      throw new StartupFailure("The database cannot be emptied: " + ExternalDatabase.reason(e), e);
    }
  }

  private static List<String> all(Statement statement, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
