package io.kbsserver.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
  @Test
  void aSchemaIsFreshAndUnicode() throws SQLException {
    TestDatabase database = TestDatabase.get();
    String url = database.createSchema("fresh");
    try (Connection connection =
            DriverManager.getConnection(url, database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE note (text VARCHAR(20))");
    }
    assertEquals(url, database.createSchema("kbs_test_fresh"));
    try (Connection connection =
            DriverManager.getConnection(url, database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT DATABASE(), @@collation_database, @@collation_connection, @@time_zone,"
                    + " (SELECT COUNT(*) FROM information_schema.tables"
                    + " WHERE table_schema = DATABASE())")) {
      row.next();
      assertEquals("kbs_test_fresh", row.getString(1));
      assertEquals("utf8mb4_unicode_520_ci", row.getString(2));
      assertEquals("utf8mb4_unicode_520_ci", row.getString(3));
      assertEquals("+00:00", row.getString(4));
      assertEquals(0, row.getInt(5));
    }
  }
}
