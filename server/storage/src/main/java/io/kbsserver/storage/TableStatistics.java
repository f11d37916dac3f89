package io.kbsserver.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What the database estimates of its tables when it chooses a plan. It counts again in the
 * background, some time behind many changes, and forgets that it meant to when it is stopped: a
 * site that was filled at one go could be read by plans for empty tables, for months.
 */
public final class TableStatistics {

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables"
          + " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'";

  /** Each server of a cluster has estimates of its own. */
  private static final String RENEW = "ANALYZE LOCAL TABLE ";

  private TableStatistics() {}

  /**
   * Estimates anew, of some pages of each table. It ends the transaction that is going on; without
   * the right to do so nothing is done.
   */
  public static void renew(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(TABLES)) {
        while (rows.next()) {
          tables.add("`" + rows.getString(1) + "`");
        }
      }
      statement.executeQuery(RENEW + String.join(", ", tables)).close();
    }
  }
}
