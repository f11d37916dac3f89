package io.kbsserver.testing;

import io.kbsserver.storage.Database;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.DatabaseSettings;
import io.kbsserver.storage.EmbeddedDatabase;
import io.kbsserver.storage.SharedProgram;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * One real database server for all tests of a JVM: the built-in MariaDB in a folder below {@code
 * target}, or the server that {@code KBS_DATABASE_URL}, {@code KBS_DATABASE_USER} and {@code
 * KBS_DATABASE_PASSWORD} name. That user has to be allowed to create schemas named {@code
 * kbs_test_…}. Several JVMs may share it. The built-in server is stopped when the JVM exits.
 */
public final class TestDatabase {
  private static final String PREFIX = "kbs_test_";
  private static final int MOST_PLACES = 99;
  private static TestDatabase instance;

  private final Database database;
  private SchemaTemplate template;

  /** What the names of this JVM's schemas end with. */
  private String end = "";

  /** Holds the place of this JVM on a server that it may share with others, until it exits. */
  private Connection place;

  private TestDatabase(Database database) {
    this.database = database;
    if (!embedded()) {
      takePlace();
    }
  }

  /** The server, started by the first call. */
  public static synchronized TestDatabase get() {
    if (instance == null) {
      DatabaseSettings environment = DatabaseSettings.fromEnvironment(System.getenv());
      Database database =
          environment.url() == null
              ? embedded(TestFolders.database())
              : Database.open(environment, Purpose.SERVE);
      Runtime.getRuntime().addShutdownHook(new Thread(database::close, "stop test database"));
      instance = new TestDatabase(database);
    }
    return instance;
  }

  private static Database embedded(Path folder) {
    SharedProgram.linkInto(folder);
    return EmbeddedDatabase.open(folder);
  }

  /**
   * Other JVMs, of this module's tests, of another module's or of another build, may name their
   * schemas alike, and drop them. The first place that is free is taken, so that names come again.
   */
  private void takePlace() {
    try {
      place = DriverManager.getConnection(database.url(), user(), password());
      try (PreparedStatement lock = place.prepareStatement("SELECT GET_LOCK(?, 0)")) {
        for (int number = 1; number <= MOST_PLACES; number++) {
          lock.setString(1, PREFIX + number);
          try (ResultSet taken = lock.executeQuery()) {
            if (taken.next() && taken.getBoolean(1)) {
              end = number == 1 ? "" : "_" + number;
              return;
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot take a place on the server of the tests", e);
    }
    throw new IllegalStateException("No place is free on the server of the tests");
  }

  /** True when the tests run on the built-in server. */
  public boolean embedded() {
    return database instanceof EmbeddedDatabase;
  }

  /**
   * Drops and creates a schema.
   *
   * @param name its name, with or without the prefix {@code kbs_test_}
   * @return its JDBC URL
   */
  public String createSchema(String name) {
    String schema = (name.startsWith(PREFIX) ? name : PREFIX + name) + end;
    if (!schema.matches("[a-z0-9_]{1,64}")) {
      throw new IllegalArgumentException("Not a plain schema name: " + name);
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + schema);
      statement.execute(
          "CREATE DATABASE " + schema + " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci");
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create the schema " + schema, e);
    }
    return database.url().replaceFirst("^(jdbc:mysql://[^/]+/)[^?]*", "$1" + schema);
  }

  /**
   * Drops and creates a schema in which all migrations are done: a server that starts there finds
   * nothing to migrate. For tests that are not about migrations.
   *
   * @return its JDBC URL
   */
  public synchronized String createMigratedSchema(String name) {
    if (template == null) {
      template = SchemaTemplate.migrated(createSchema("template"), user(), password());
    }
    String url = createSchema(name);
    template.copyInto(url);
    return url;
  }

  /** A connection that may use all schemas of the tests. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(database.url(), user(), password());
  }

  /** The user to connect as. */
  public String user() {
    return database.user();
  }

  /** That user's password. */
  public String password() {
    return database.password();
  }

  /** Micronaut's properties for a fresh schema of this name. */
  public Map<String, String> properties(String schema) {
    return Map.of(
        "datasources.default.url", createMigratedSchema(schema),
        "datasources.default.username", user(),
        "datasources.default.password", password());
  }
}
