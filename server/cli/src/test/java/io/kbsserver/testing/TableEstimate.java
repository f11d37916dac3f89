package io.kbsserver.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many tickets the database believes there are. */
public final class TableEstimate {

  /** Of a table that is never estimated again by itself. */
  private static final String KEPT = "ALTER TABLE ticket STATS_AUTO_RECALC = 0";

  /** By its key, as the database keeps it: the number of its rows is followed while it runs. */
  private static final String ESTIMATED =
      "SELECT cardinality FROM information_schema.statistics WHERE table_schema = DATABASE()"
          + " AND table_name = 'ticket' AND index_name = 'ticket_modified'"
          + " AND seq_in_index = 2";

  private TableEstimate() {}

  /** From now on only who asks for it has it estimated. */
  public static void keep(String url, String user, String password) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(KEPT);
    }
  }

  /** It is near to what there is. */
  public static void assertGood(String url, String user, String password) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      long there = number(statement, "SELECT COUNT(*) FROM ticket");
      long estimated = number(statement, ESTIMATED);
      assertTrue(there > 0);
      assertTrue(
          estimated >= there / 2 && estimated <= there * 2, estimated + " are estimated: " + there);
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
