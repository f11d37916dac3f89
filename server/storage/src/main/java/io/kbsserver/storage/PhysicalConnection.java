package io.kbsserver.storage;

import com.mysql.cj.jdbc.ha.MultiHostMySQLConnection;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is behind a connection to one of several hosts. The driver hands out a proxy that keeps all
 * others waiting while a statement runs, those as well who want to end its waiting.
 */
final class PhysicalConnection {

  /**
   * The connection that can be aborted while somebody waits for an answer on the other, until a
   * failure leads that one to another host.
   */
  static Connection of(Connection connection) throws SQLException {
    return connection.isWrapperFor(MultiHostMySQLConnection.class)
        ? connection.unwrap(MultiHostMySQLConnection.class).getActiveMySQLConnection()
        : connection;
  }

  private PhysicalConnection() {}
}
