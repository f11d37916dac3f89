package io.kbsserver.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A database that is a node of a Galera cluster, where others write as well. */
final class GaleraCluster {

  /** Reads, updates, deletes and inserts wait; those within a transaction need not. */
  private static final String WAIT = "wsrep_sync_wait=7";

  private static final String SESSION_VARIABLES = "sessionVariables";

  private GaleraCluster() {}

  /**
   * The URL whose connections see what other nodes have acknowledged before; the same one where
   * there are no others, or where it sets variables of its own.
   */
  static ConnectionUrl causal(ConnectionUrl url, Connection connection) throws SQLException {
    return url.options().containsKey(SESSION_VARIABLES) || !isNode(connection)
        ? url
        : url.with(
            Map.of(
                SESSION_VARIABLES, ConnectionDefaults.OPTIONS.get(SESSION_VARIABLES) + "," + WAIT));
  }

  private static boolean isNode(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW VARIABLES LIKE 'wsrep_on'")) {
      return row.next() && row.getString(2).equals("ON");
    }
  }
}
