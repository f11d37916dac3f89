package io.kbsserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.testing.TestFolders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users who may not do all that it takes, on a server of this test that has such. */
class RightsTest {
  private static final String PASSWORD = "of-the-tests";
  private static final String WORK = "SELECT, INSERT, UPDATE, DELETE";
  private static final String MIGRATE = "CREATE, ALTER, DROP, INDEX, REFERENCES";
  private static final String DOES_NOT_EXIST = "does not exist on";
  private static Process process;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    Path folder = TestFolders.dataFolder("rights");
    EmbeddedDatabase.open(folder).close();
    Path accounts =
        Files.write(
            folder.resolve("accounts.sql"),
            List.of(
                "CREATE USER owner@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "';",
                "GRANT ALL ON *.* TO owner@'127.0.0.1' WITH GRANT OPTION;"));
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    MariaDbProgram program = MariaDbProgram.unpackedIn(folder);
    List<String> command =
        new ArrayList<>(
            List.of(
                program.executable().toString(),
                "--no-defaults",
                "--basedir=" + program.home(),
                "--datadir=" + folder.resolve("database"),
                "--tmpdir=" + folder.resolve("tmp"),
                "--init-file=" + accounts,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=",
                "--skip-ssl",
                "--skip-name-resolve"));
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--user=root");
    }
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("rights.log").toFile())
            .start();
    awaitAnswer(folder.resolve("rights.log"));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (process != null) {
      process.destroy();
      process.waitFor();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT                                  | INSERT, UPDATE, DELETE",
        "SELECT, INSERT, UPDATE                  | DELETE",
        "SELECT, INSERT, UPDATE, DELETE          | CREATE, ALTER, DROP, INDEX, REFERENCES",
        "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX | REFERENCES"
      })
  void whatLacksIsNamedBeforeAnythingIsMade(String given, String lacking) throws SQLException {
    String schema = user("new", given);
    assertEquals(
        "kbs-server: The user of KBS_DATABASE_USER lacks rights on the database "
            + schema
            + " on 127.0.0.1:"
            + port
            + ": GRANT "
            + lacking
            + " ON `"
            + schema
            + "`.* TO 'new'@'127.0.0.1'\n",
        run("new", schema).err());
    try (Connection connection = owner()) {
      assertTrue(
          !connection.createStatement().executeQuery("SHOW TABLES FROM " + schema).next(),
          "something was made");
    }
  }

  /** Who has migrated with more rights may serve with fewer, until the next migration. */
  @Test
  void rightsToMigrateAreNeededWhereSomethingIsToBeMigrated() throws SQLException {
    String schema = user("worker", WORK + ", " + MIGRATE);
    assertEquals("", run("worker", schema).err());
    change("REVOKE " + MIGRATE + " ON `kbs_worker`.* FROM worker@'127.0.0.1'");
    assertEquals("", run("worker", schema).err());
    change("DELETE FROM kbs_worker.flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
    assertTrue(run("worker", schema).err().contains("GRANT " + MIGRATE + " ON"));
  }

  @Test
  void rightsComeByPatternsAndByRolesToo() throws SQLException {
    String schema = user("patterned", "USAGE");
    change("GRANT " + WORK + ", " + MIGRATE + " ON `kbs\\_pat%`.* TO patterned@'127.0.0.1'");
    assertEquals("", run("patterned", schema).err());

    String other = user("acting", "USAGE");
    change("CREATE ROLE helpdesk");
    change("GRANT " + WORK + ", " + MIGRATE + " ON `kbs_acting`.* TO helpdesk");
    change("GRANT helpdesk TO acting@'127.0.0.1'");
    change("SET DEFAULT ROLE helpdesk FOR acting@'127.0.0.1'");
    assertEquals("", run("acting", other).err());
  }

  @Test
  void aDatabaseThatIsNotThereAndMayNotBeMade() throws SQLException {
    user("elsewhere", WORK);
    change("DROP DATABASE kbs_elsewhere");
    CommandLineRun run =
        CommandLineRun.of(
            environment("elsewhere", "kbs_elsewhere"), "settings", "set", "ticket_prefix", "A");
    assertTrue(run.err().contains("kbs_elsewhere " + DOES_NOT_EXIST), run.err());
  }

  private static String user(String name, String rights) throws SQLException {
    String schema = "kbs_" + name;
    change("DROP DATABASE IF EXISTS " + schema);
    change("CREATE DATABASE " + schema);
    change("CREATE OR REPLACE USER " + name + "@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "'");
    change("GRANT " + rights + " ON `" + schema + "`.* TO " + name + "@'127.0.0.1'");
    return schema;
  }

  private static CommandLineRun run(String user, String schema) {
    return CommandLineRun.of(environment(user, schema), "user", "list");
  }

  private static Map<String, String> environment(String user, String schema) {
    return Map.of(
        "KBS_DATABASE_URL", "jdbc:mysql://127.0.0.1:" + port + "/" + schema + "?sslMode=DISABLED",
        "KBS_DATABASE_USER", user,
        "KBS_DATABASE_PASSWORD", PASSWORD);
  }

  private static void change(String sql) throws SQLException {
    try (Connection connection = owner();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection owner() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:" + port + "/?sslMode=DISABLED", "owner", PASSWORD);
  }

  private static void awaitAnswer(Path log) throws IOException, InterruptedException {
    while (process.isAlive()) {
      try {
        owner().close();
        return;
      } catch (SQLException e) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new IllegalStateException(Files.readString(log));
  }
}
