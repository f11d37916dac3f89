package io.kbsserver.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Takes everything out of a database, if it says of itself that it may be. */
public final class EmptiedDatabase {

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()";

  private static final String SETTINGS = "SELECT name FROM site_setting";
  private static final String STORES = "SELECT id FROM file_store";

  private EmptiedDatabase() {}

  /**
   * Drops all tables, so that the migrations make them anew.
   *
   * @param marks settings, one of which such a site has
   * @param refusal what is said where a site has none of them
   * @return the stores that the files of that site are in
   * @throws StartupFailure where there is a site that has none of them
   */
  public static List<String> of(Database database, Set<String> marks, String refusal) {
    try (Connection connection =
            DriverManager.getConnection(
                database.unhurriedUrl(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      List<String> tables = all(statement, TABLES);
      if (tables.isEmpty()) {
        return List.of();
      }
      if (!tables.contains("site_setting")
          || Collections.disjoint(all(statement, SETTINGS), marks)) {
        throw new StartupFailure(refusal);
      }
      List<String> stores = tables.contains("file_store") ? all(statement, STORES) : List.of();
      statement.execute("SET foreign_key_checks = 0");
      for (String table : tables) {
        statement.execute("DROP TABLE `" + table + "`");
      }
      return stores;
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
