package io.kbsserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The database rolls a transaction back while its next statement is being prepared. Whoever is not
 * told so commits the second half of it. Nodes of a Galera cluster do it whenever another one was
 * faster; here it is a deadlock with a change of tables.
 */
@Timeout(180)
class RolledBackTest {

  private final TestDatabase server = TestDatabase.get();
  private Connection connection;
  private Connection other;

  @BeforeEach
  void connect() throws SQLException {
    String url = server.createSchema("rolled_back");
    connection = DriverManager.getConnection(url, server.user(), server.password());
    other = DriverManager.getConnection(url, server.user(), server.password());
    run(connection, "CREATE TABLE early (id INT)");
    run(connection, "CREATE TABLE late (id INT)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    other.close();
  }

  @Test
  void noTransactionGoesOnBehindItsRollback() throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "INSERT INTO late VALUES (1)");
    // Tables are locked in the order of their names: the first is held, the second waited for.
    CompletableFuture<Void> renaming =
        CompletableFuture.runAsync(
            () -> assertRuns(other, "RENAME TABLE early TO early_2, late TO late_2"));
    awaitWaitingForTable();

    SQLException failure =
        assertThrows(
            SQLException.class, () -> connection.prepareStatement("INSERT INTO early VALUES (2)"));
    assertTrue(new WriteConflict().test(failure), failure::toString);
    connection.rollback();
    renaming.join();
    assertEquals(0, count("SELECT COUNT(*) FROM late_2"));
  }

  private void awaitWaitingForTable() throws SQLException {
    while (count(
            "SELECT COUNT(*) FROM information_schema.processlist"
                + " WHERE db = DATABASE() AND state LIKE 'Waiting for table metadata lock%'")
        == 0) {
      Thread.onSpinWait();
    }
  }

  private int count(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void assertRuns(Connection connection, String sql) {
    try {
      run(connection, sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
