package io.kbsserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.TestFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class EmbeddedDatabaseTest {
  @BeforeAll
  static void unpackOnce() {
    MariaDbProgram.unpackedIn(TestFolders.database());
  }

  @Test
  void keepsItsDataAndStopsItsProcess() throws Exception {
    Path folder = TestFolders.dataFolder("kept");
    long process;
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
      process = database.processId();
      execute(database, "CREATE DATABASE kbs_notes");
      execute(database, "CREATE TABLE kbs_notes.note (text VARCHAR(20))");
      execute(database, "INSERT INTO kbs_notes.note VALUES ('Ünïcødé 🙂')");
    }
    assertFalse(isAlive(process));
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
      assertEquals("Ünïcødé 🙂", text(database, "SELECT text FROM kbs_notes.note"));
      assertEquals("kbs", text(database, "SELECT DATABASE()"));
      assertEquals("1", text(database, "SELECT @@innodb_flush_log_at_trx_commit"));
    }
  }

  @Test
  void hasTheMemoryThatItIsGiven() throws SQLException {
    DatabaseSettings settings = DatabaseSettings.embedded(TestFolders.dataFolder("memory"));
    try (Database database = Database.open(settings.withMemory(48L << 20), Purpose.SERVE)) {
      assertEquals("50331648", text(database, "SELECT @@innodb_buffer_pool_size"));
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() throws Exception {
    Path folder = TestFolders.dataFolder("locked");
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
      for (String user : new String[] {"root", "", database.user()}) {
        assertThrows(
            SQLException.class,
            () -> DriverManager.getConnection(database.url(), user, "").close(),
            user);
      }
      for (String file : new String[] {"running.properties", "database/kbs-account.properties"}) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))));
      }
      assertEquals("127.0.0.1", text(database, "SELECT @@bind_address"));
      assertEquals("", text(database, "SELECT @@socket"));
    }
    assertFalse(Files.exists(folder.resolve("running.properties")));
  }

  @Test
  void oneServerPerFolderAndCommandsJoinIt() throws Exception {
    Path folder = TestFolders.dataFolder("shared");
    DatabaseSettings settings = DatabaseSettings.embedded(folder);
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
      StartupFailure failure =
          assertThrows(StartupFailure.class, () -> Database.open(settings, Purpose.SERVE));
      assertTrue(failure.getMessage().contains("in use by another kbs-server"));
      assertTrue(failure.getMessage().contains(Long.toString(ProcessHandle.current().pid())));
      try (Database joined = Database.open(settings, Purpose.COMMAND)) {
        assertInstanceOf(ExternalDatabase.class, joined);
        assertEquals(database.url(), joined.url());
        assertEquals("1", text(joined, "SELECT 1"));
        assertTrue(
            joined
                .properties(Purpose.COMMAND)
                .get("datasources.default.url")
                .toString()
                .contains("socketTimeout=0"));
      }
      Map<String, Object> properties = database.properties(Purpose.SERVE);
      assertEquals(database.url(), properties.get("datasources.default.url"));
      String migrations = properties.get("flyway.datasources.migrations.url").toString();
      assertTrue(migrations.contains("socketTimeout=0"), migrations);
      assertEquals("1", text(database, "SELECT 1"));
      // It would be the real site that is filled with what was made up.
      failure =
          assertThrows(StartupFailure.class, () -> Database.open(settings, Purpose.FILL_DEMO));
      assertTrue(failure.getMessage().contains("stop it first"), failure.getMessage());
    }
    try (Database demo = Database.open(settings, Purpose.DEMO)) {
      assertEquals("kbs_demo", text(demo, "SELECT DATABASE()"));
      StartupFailure failure =
          assertThrows(StartupFailure.class, () -> Database.open(settings, Purpose.IMPORT));
      assertTrue(failure.getMessage().contains("demo site"));
    }
  }

  @Test
  void comesBackAfterItsServerWasKilled() throws Exception {
    Path folder = TestFolders.dataFolder("orphaned");
    long orphan = killedWhileHolding(folder);
    assertTrue(isAlive(orphan), "the database outlives the JVM; else this tests nothing");
    // The same argument, but not MariaDB's program.
    Process bystander =
        new ProcessBuilder("sh", "-c", "read line", "--datadir=" + folder.resolve("database"))
            .start();
    try (EmbeddedDatabase other = EmbeddedDatabase.open(TestFolders.dataFolder("bystander"));
        EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
      assertFalse(isAlive(orphan));
      assertTrue(isAlive(other.processId()));
      assertTrue(bystander.isAlive());
      assertEquals("acknowledged", text(database, "SELECT text FROM kbs_notes.note"));
      assertEquals("1", text(other, "SELECT 1"));
    } finally {
      bystander.destroy();
    }
  }

  @Test
  void comesBackAfterAKillDuringTheFirstStart() throws Exception {
    Path folder = TestFolders.dataFolder("half-made");
    try (ChildProcess child =
        ChildProcess.start(
            HoldDatabase.class, ChildProcess.classPath(), Map.of(), folder.toString())) {
      Path unfinished = folder.resolve("database.new");
      while (!Files.exists(unfinished.resolve("ibdata1"))
          && !Files.exists(folder.resolve("database"))) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
      child.kill();
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
      assertEquals("1", text(database, "SELECT 1"));
    }
    assertFalse(Files.exists(folder.resolve("database.new")));
  }

  @Test
  void restartsADatabaseThatWasKilled() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(TestFolders.dataFolder("killed"))) {
      long first = database.processId();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      while (database.processId() == first || !answers(database)) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertEquals("kbs", text(database, "SELECT DATABASE()"));
    }
  }

  @Test
  void restartsItAsOftenAsItEnds() throws Exception {
    try (EmbeddedDatabase database =
        EmbeddedDatabase.open(TestFolders.dataFolder("killed-often"))) {
      for (int i = 0; i < 3; i++) {
        long process = database.processId();
        ProcessHandle.of(process).orElseThrow().destroyForcibly();
        awaitAnother(database, process);
      }
      assertEquals("kbs", text(database, "SELECT DATABASE()"));
    }
  }

  @Test
  void restartsItWhenWhatKeptItDownIsOver() throws Exception {
    Path folder = TestFolders.dataFolder("kept-down");
    Path file = folder.resolve("database").resolve("ibdata1");
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
      long process = database.processId();
      // It does not start without, as it would not on a full disk.
      Path elsewhere = Files.move(file, folder.resolve("ibdata1"));
      Files.createDirectory(file);
      ProcessHandle.of(process).orElseThrow().destroyForcibly();
      String error = "[ERROR]";
      while (Files.readAllLines(folder.resolve("mariadb.log")).stream()
              .filter(line -> line.contains(error) && line.contains("Aborting"))
              .count()
          < 3) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      Files.delete(file);
      Files.move(elsewhere, file);
      awaitAnother(database, process);
      assertEquals("kbs", text(database, "SELECT DATABASE()"));
    }
  }

  @Test
  void isStoppedWhileItIsKeptDown() throws Exception {
    Path folder = TestFolders.dataFolder("kept-down-stopped");
    EmbeddedDatabase database = EmbeddedDatabase.open(folder);
    Path file = folder.resolve("database").resolve("ibdata1");
    Files.delete(file);
    Files.createDirectory(file);
    long process = database.processId();
    ProcessHandle gone = ProcessHandle.of(process).orElseThrow();
    gone.destroyForcibly();
    gone.onExit().join();
    database.close();
    try (var locked = DataFolder.lock(folder).orElseThrow()) {
      assertFalse(isAlive(database.processId()), locked::toString);
    }
  }

  private static void awaitAnother(EmbeddedDatabase database, long process) throws Exception {
    while (database.processId() == process || !answers(database)) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Test
  void aBrokenDatabaseIsSaidInOneLine() throws Exception {
    Path folder = TestFolders.dataFolder("broken");
    EmbeddedDatabase.open(folder).close();
    Files.write(folder.resolve("database").resolve("ibdata1"), new byte[100]);
    StartupFailure failure =
        assertThrows(StartupFailure.class, () -> EmbeddedDatabase.open(folder));
    assertTrue(failure.getMessage().startsWith("The built-in database does not start: "));
    assertTrue(failure.getMessage().contains("mariadb.log"));
    assertEquals(1, failure.getMessage().lines().count());
  }

  @Test
  void aFolderThatCannotBeUsedIsSaidInOneLine() throws Exception {
    Path file = TestFolders.dataFolder("a-file").resolve("file");
    Files.writeString(file, "");
    StartupFailure failure =
        assertThrows(StartupFailure.class, () -> EmbeddedDatabase.open(file.resolve("data")));
    assertTrue(failure.getMessage().contains("KBS_DATA_DIR"), failure.getMessage());
  }

  /**
   * Opens the database in another JVM, kills that, and gives the id of the database left behind.
   */
  private static long killedWhileHolding(Path folder) throws Exception {
    try (ChildProcess child =
        ChildProcess.start(
            HoldDatabase.class, ChildProcess.classPath(), Map.of(), folder.toString())) {
      long orphan = Long.parseLong(child.awaitLine("holding").substring("holding ".length()));
      child.kill();
      return orphan;
    }
  }

  private static boolean isAlive(long process) {
    return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
  }

  private static boolean answers(Database database) {
    try {
      return "1".equals(text(database, "SELECT 1"));
    } catch (SQLException e) {
      return false;
    }
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
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
