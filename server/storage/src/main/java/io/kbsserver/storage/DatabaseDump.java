package io.kbsserver.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All of the built-in database as SQL: written while it runs, and read into a new one. */
public final class DatabaseDump {
  private final MariaDbClient client;

  private DatabaseDump(MariaDbClient client) {
    this.client = client;
  }

  /** The dump of the database of a folder, which is open. */
  public static DatabaseDump of(Path folder, Database database) {
    return new DatabaseDump(
        new MariaDbClient(
            MariaDbProgram.unpackedIn(folder),
            ConnectionUrl.parse(database.url()),
            database.user(),
            database.password()));
  }

  /** The migrations that have made the tables; there are none where nothing was served yet. */
  public List<String> migrations() {
    return column(
        "flyway_schema_history",
        "SELECT script FROM flyway_schema_history WHERE type = 'SQL' ORDER BY installed_rank");
  }

  /** What the store is called that the files of this database are in, where there is one. */
  public Optional<String> fileStore() {
    return column("file_store", "SELECT id FROM file_store").stream().findFirst();
  }

  /** The digests of the files that rows refer to. */
  public List<String> files() {
    return column("attachment", "SELECT DISTINCT sha256 FROM attachment WHERE sha256 IS NOT NULL");
  }

  /** The values of a query; none where the table is not there yet. */
  private List<String> column(String table, String query) {
    List<String> values = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(
                client.url().unhurried().jdbc(), client.user(), client.password());
        Statement statement = connection.createStatement()) {
      try (ResultSet made = statement.executeQuery("SHOW TABLES LIKE '" + table + "'")) {
        if (!made.next()) {
          return List.of();
        }
      }
      try (ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new StartupFailure(
          "The built-in database does not answer: " + ExternalDatabase.reason(e), e);
    }
    return values;
  }

  /** Writes it, as it is at one moment. */
  public void writeTo(OutputStream out) throws IOException {
    client.dump(out);
  }

  /** The version that these migrations have made, if it is one that this program does not know. */
  public static Optional<String> newerThanThis(Collection<String> migrations) {
    return SchemaCheck.newer(migrations);
  }

  /** A dump that is opened when it is known that it may be read in. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  /**
   * Makes a new database of a dump in a folder, beside the one that is there, which is replaced
   * when the new one is whole: there is one or the other, whatever happens.
   *
   * @param replace whether there may be one
   * @return where the one that was there is kept
   */
  public static Optional<Path> restore(Path path, boolean replace, Source sql) {
    try (DataFolder folder =
        DataFolder.lock(path).orElseThrow(() -> EmbeddedDatabase.inUse(path))) {
      refuse(folder, replace);
      EmbeddedDatabase.announce(folder, Database.Purpose.RESTORE, null);
      try {
        try (InputStream opened = sql.open()) {
          load(folder, opened);
        }
        return swap(folder);
      } finally {
        Folders.delete(folder.unfinishedDatabase());
      }
    } catch (IOException e) {
      throw new StartupFailure("The restore has failed: " + DataFolder.reason(e), e);
    }
  }

  private static void refuse(DataFolder folder, boolean replace) {
    if (!EmbeddedDatabase.exists(folder.path())) {
      return;
    }
    if (!replace) {
      throw new StartupFailure(
          "There is a database in "
              + folder.path()
              + " already: add --replace to put the backup in its place");
    }
    if (Files.exists(folder.replacedDatabase()) && Files.exists(folder.database())) {
      throw new StartupFailure(
          folder.replacedDatabase()
              + " is what an earlier restore has replaced: delete it, or move it away, and try"
              + " again");
    }
  }

  private static void load(DataFolder folder, InputStream sql) throws IOException {
    MariaDbServer server = MariaDbServer.startUnfinished(folder);
    try {
      String user = server.account().user();
      String password = server.account().password();
      ConnectionUrl url = ConnectionUrl.local(server.port(), Database.Purpose.RESTORE.schema());
      ExternalDatabase.prepare(url, user, password, true, false);
      MariaDbProgram program = MariaDbProgram.unpackedIn(folder.path());
      MariaDbClient client = new MariaDbClient(program, url, user, password);
      client.load(sql);
      client.load(positionsAnew());
      // What came in is what this program can go on with.
      ExternalDatabase.prepare(url, user, password, false, true);
      renewStatistics(url, user, password);
    } finally {
      server.stop();
    }
  }

  private static void renewStatistics(ConnectionUrl url, String user, String password) {
    try (Connection connection =
        DriverManager.getConnection(url.unhurried().jdbc(), user, password)) {
      TableStatistics.renew(connection);
    } catch (SQLException e) {
      throw new StartupFailure(
          "The built-in database does not answer: " + ExternalDatabase.reason(e), e);
    }
  }

  /**
   * Changes behind the backup are no more, and others will come: whoever has got to a position is
   * told that nothing is kept from there on, and no position is given again. Those that are given
   * from now on are more than any before, as there are not a thousand changes a second.
   */
  private static InputStream positionsAnew() {
    String sql =
        """
        SET @first = CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED);
        SET @anew = IF(
          EXISTS (SELECT 1 FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_name = 'change_sequence'),
          'UPDATE change_sequence SET folded = GREATEST(last_position, @first),
            last_position = GREATEST(last_position, @first) WHERE number = 1',
          'DO 0');
        PREPARE anew FROM @anew;
        EXECUTE anew;
        """;
    return new ByteArrayInputStream(sql.getBytes(StandardCharsets.US_ASCII));
  }

  private static Optional<Path> swap(DataFolder folder) throws IOException {
    Optional<Path> kept = Optional.empty();
    if (Files.exists(folder.database())) {
      // A kill behind this one is put right by the next start, which puts it back.
      Files.move(folder.database(), folder.replacedDatabase(), StandardCopyOption.ATOMIC_MOVE);
      kept = Optional.of(folder.replacedDatabase());
    }
    Files.move(folder.unfinishedDatabase(), folder.database(), StandardCopyOption.ATOMIC_MOVE);
    Folders.flush(folder.path());
    return kept;
  }
}
