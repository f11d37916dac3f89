package io.kbsserver.http;

import io.kbsserver.http.SentStatements.Sent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many rows a statement makes the database read, whatever else that does. */
final class ReadRows {

  private ReadRows() {}

  /** So many, when it is sent once more by this connection. */
  static long of(Connection connection, Sent sent) throws SQLException {
    long before = read(connection);
    long nothing = read(connection) - before;
    before = read(connection);
    try (PreparedStatement statement = connection.prepareStatement(sent.sql())) {
      for (int i = 0; i < sent.values().size(); i++) {
        statement.setObject(i + 1, sent.values().get(i));
      }
      statement.executeQuery().close();
    }
    return read(connection) - before - nothing;
  }

  private static long read(Connection connection) throws SQLException {
    long sum = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler\\_read\\_%'")) {
      while (rows.next()) {
        sum += rows.getLong(2);
      }
    }
    return sum;
  }
}
