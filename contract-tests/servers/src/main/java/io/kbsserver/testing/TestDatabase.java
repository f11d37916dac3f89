package io.kbsserver.testing;

import io.kbsserver.storage.Database;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.DatabaseSettings;
import io.kbsserver.storage.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * One real database server for all tests of a JVM: the built-in MariaDB in a folder below {@code
 * target}, or the server that {@code KBS_DATABASE_URL}, {@code KBS_DATABASE_USER} and {@code
 * KBS_DATABASE_PASSWORD} name. That user has to be allowed to create schemas named {@code
 * kbs_test_…}. The built-in server is stopped when the JVM exits.
 */
public final class TestDatabase {
  private static final String PREFIX = "kbs_test_";
  private static TestDatabase instance;

  private final Database database;
  private SchemaTemplate template;

  private TestDatabase(Database database) {
    this.database = database;
  }

  /** The server, started by the first call. */
  public static synchronized TestDatabase get() {
    if (instance == null) {
      DatabaseSettings environment = DatabaseSettings.fromEnvironment(System.getenv());
      Database database =
          environment.url() == null
              ? EmbeddedDatabase.open(TestFolders.database())
              : Database.open(environment, Purpose.SERVE);
      Runtime.getRuntime().addShutdownHook(new Thread(database::close, "stop test database"));
      instance = new TestDatabase(database);
    }
    return instance;
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
    String schema = name.startsWith(PREFIX) ? name : PREFIX + name;
    if (!embedded() && TestFolders.fork() > 1) {
      // Another JVM's tests, on the same server, may name theirs alike.
      schema += "_" + TestFolders.fork();
    }
    if (!schema.matches("[a-z0-9_]{1,64}")) {
      throw new IllegalArgumentException("Not a plain schema name: " + name);
    }
    try (Connection connection = DriverManager.getConnection(database.url(), user(), password());
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
