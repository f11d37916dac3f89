package io.kbsserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of databases that are not as they should be, and that nothing was done to them. */
class SchemaCheckTest {
  private static final String HISTORY_ROW =
      "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
          + " checksum, installed_by, execution_time, success) VALUES (900, '%s', 'x', 'SQL', '%s',"
          + " 1, 'x', 1, %d)";

  private final TestDatabase server = TestDatabase.get();
  private final String url = server.createSchema("checked");

  @Test
  void theDatabaseOfANewerProgram() throws SQLException {
    migrated();
    change(HISTORY_ROW.formatted("99.1", "V99_1__what_is_to_come.sql", 1));
    refused("is of a newer kbs-server, which brought it to version 99.1: start that version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wp_", "my_site_2_", ""})
  void theDatabaseOfAWordPressSite(String prefix) throws SQLException {
    for (String table : List.of("options", "posts", "postmeta", "users", "kbs_customers")) {
      change("CREATE TABLE `" + prefix + table + "` (id INT)");
    }
    refused("is that of a WordPress site (" + prefix + "kbs_customers, ");
  }

  @Test
  void theDatabaseOfAnotherProgram() throws SQLException {
    change("CREATE TABLE invoice (id INT)");
    refused("holds the tables of another program (invoice): name an empty one");
  }

  @Test
  void theDatabaseOfAnotherProgramThatMigratesAsWeDo() throws SQLException {
    migrated();
    change("UPDATE flyway_schema_history SET script = CONCAT('V7__', script)");
    refused("holds the tables of another program (");
  }

  /** By a version that did not write down what it has begun. */
  @Test
  void interruptedWhenItWasNew() throws SQLException {
    migrated();
    change("DELETE FROM flyway_schema_history");
    refused("has already what the migration to version 1 makes");
  }

  @Test
  void aMigrationOfANewerProgramThatFailed() throws SQLException {
    migrated();
    change(HISTORY_ROW.formatted("99.1", "V99_1__what_is_to_come.sql", 0));
    refused("is of a newer kbs-server, which brought it to version 99.1");
  }

  @Test
  void interruptedInALaterMigrationThatNobodyWroteDown() throws SQLException {
    migrated();
    change("DELETE FROM flyway_schema_history WHERE version LIKE '2.%'");
    CommandLineRun run = run();
    assertEquals(1, run.exitCode());
    String last = "has already what the migration to version 2.1 makes";
    assertTrue(run.err().lines().anyMatch(line -> line.contains(last)), run.err());
  }

  /** What was begun goes on, whether it failed or was killed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE flyway_schema_history SET success = 0",
        "DELETE FROM flyway_schema_history"
      })
  void whatWasBegunHereGoesOn(String interruption) throws SQLException {
    migrated();
    change("CREATE TABLE migration_begun (version VARCHAR(50) PRIMARY KEY)");
    change(
        "INSERT INTO migration_begun"
            + " SELECT version FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
    change(interruption + " WHERE version = (SELECT version FROM migration_begun)");
    assertEquals(0, run().exitCode(), () -> run().err());
    assertFalse(tables().contains("migration_begun"));
  }

  /** Tables that somebody has put beside ours are no hindrance. */
  @Test
  void moreTablesThanOurs() throws SQLException {
    migrated();
    change("CREATE TABLE report_of_somebody (id INT)");
    assertEquals(0, run().exitCode());
  }

  private void migrated() {
    CommandLineRun run = run();
    assertEquals(0, run.exitCode(), run.err());
  }

  private void refused(String sentence) throws SQLException {
    List<String> before = tables();
    CommandLineRun run = run();
    assertEquals(1, run.exitCode());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("kbs-server: The database "), run.err());
    assertTrue(run.err().contains(sentence), run.err());
    assertEquals(before, tables());
  }

  private CommandLineRun run() {
    return CommandLineRun.of(CommandLineRun.environment(url), "user", "list");
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> tables() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection connection = connection();
        ResultSet rows = connection.createStatement().executeQuery("SHOW TABLES")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection(url, server.user(), server.password());
  }
}
