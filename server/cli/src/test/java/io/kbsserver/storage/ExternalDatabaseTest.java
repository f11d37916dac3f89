package io.kbsserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExternalDatabaseTest {
  private final TestDatabase server = TestDatabase.get();

  @Test
  void createsAMissingSchema() throws SQLException {
    String url = server.createSchema("to_create");
    String schema = url.replaceFirst(".*/(kbs_test_[a-z0-9_]+).*", "$1");
    try (Connection connection =
            DriverManager.getConnection(url, server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE " + schema);
    }
    try (Database database = open(url, server.user(), server.password())) {
      assertEquals("utf8mb4_unicode_520_ci", text(database, "SELECT @@collation_database"));
      assertTrue(database.description().startsWith("database " + schema + " on "));
    }
  }

  @Test
  void isStrictWhateverTheServerIs() {
    try (Database database =
        open(server.createSchema("strict"), server.user(), server.password())) {
      assertThrows(
          SQLException.class,
          () -> {
            try (Connection connection =
                    DriverManager.getConnection(
                        database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
              statement.execute("CREATE TABLE short (text VARCHAR(3))");
              statement.execute("INSERT INTO short (text) VALUES ('four')");
            }
          });
    }
  }

  @Test
  void wallClocksPassThroughInAnyZone() throws SQLException {
    TimeZone before = TimeZone.getDefault();
    // 02:30 did not exist there on that night.
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    try (Database database = open(server.createSchema("dates"), server.user(), server.password());
        Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE moment (id INT, at DATETIME)");
      LocalDateTime gap = LocalDateTime.of(2026, 3, 29, 2, 30, 0);
      LocalDateTime summer = LocalDateTime.of(2026, 7, 1, 12, 0, 0);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO moment VALUES (?, ?)")) {
        insert.setInt(1, 1);
        insert.setObject(2, gap);
        insert.executeUpdate();
        insert.setInt(1, 2);
        insert.setTimestamp(2, Timestamp.valueOf(summer));
        insert.executeUpdate();
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT at, CAST(at AS CHAR), TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW())"
                  + " FROM moment ORDER BY id")) {
        rows.next();
        assertEquals(gap, rows.getObject(1, LocalDateTime.class));
        assertEquals("2026-03-29 02:30:00", rows.getString(2));
        assertEquals(0, rows.getInt(3));
        rows.next();
        assertEquals("2026-07-01 12:00:00", rows.getString(2));
        assertEquals(summer, rows.getTimestamp(1).toLocalDateTime());
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void aWrongPasswordIsSaidWithoutIt() {
    String message = failure(() -> open(server.createSchema("refused"), server.user(), "hunter2"));
    assertTrue(message.contains("refuses the user " + server.user()), message);
    assertTrue(message.contains("KBS_DATABASE_PASSWORD"), message);
    assertFalse(message.contains("hunter2"), message);
  }

  @Test
  void aForbiddenSchemaIsNamed() {
    assumeTrue(server.embedded(), "an external server's user may do anything");
    String url = server.createSchema("x").replace("/kbs_test_x?", "/elsewhere?");
    String message = failure(() -> open(url, server.user(), server.password()));
    assertTrue(message.contains("elsewhere"), message);
    assertTrue(message.contains("KBS_DATABASE_URL"), message);
  }

  @Test
  void nothingListening() throws IOException {
    int port = deafPort();
    String message = failure(() -> open("jdbc:mysql://127.0.0.1:" + port + "/kbs", "u", "hunter2"));
    assertEquals(
        "Cannot reach the database server 127.0.0.1:"
            + port
            + " (KBS_DATABASE_URL): connection refused, nothing listens there",
        message);
  }

  @Test
  @Timeout(60)
  void nothingListeningOnSeveralHosts() throws IOException {
    String hosts = "127.0.0.1:" + deafPort() + ",127.0.0.1:" + deafPort();
    String message = failure(() -> open("jdbc:mysql://" + hosts + "/kbs", "u", "hunter2"));
    assertTrue(message.startsWith("Cannot reach the database server " + hosts), message);
  }

  @Test
  void anotherHostIsThereForWritingToo() throws Exception {
    String url =
        server
            .createSchema("other_host")
            .replaceFirst("jdbc:mysql://", "jdbc:mysql://127.0.0.1:" + deafPort() + ",");
    try (Database database = open(url, server.user(), server.password());
        Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE here (id INT)");
      assertFalse(connection.isReadOnly());
    }
  }

  @Test
  void somethingElseListening() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                try {
                  while (true) {
                    socket.accept().close();
                  }
                } catch (IOException e) {
                  // Closed at the end of the test.
                }
              });
      server.start();
      String message =
          failure(
              () ->
                  open("jdbc:mysql://127.0.0.1:" + socket.getLocalPort() + "/kbs", "u", "hunter2"));
      assertTrue(message.contains("Cannot reach the database server"), message);
      assertTrue(message.contains("KBS_DATABASE_URL"), message);
    }
  }

  @Test
  void aMissingUserIsNamed() {
    String message = failure(() -> open("jdbc:mysql://127.0.0.1/kbs", null, ""));
    assertTrue(message.startsWith("KBS_DATABASE_USER is not set"), message);
  }

  private static int deafPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Database open(String url, String user, String password) {
    return Database.open(
        new DatabaseSettings(url, user, password, Path.of("unused"), 0), Purpose.SERVE);
  }

  private static String failure(Runnable action) {
    String message = assertThrows(StartupFailure.class, action::run).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private static String text(Database database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
