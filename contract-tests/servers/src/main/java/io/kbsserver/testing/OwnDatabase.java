package io.kbsserver.testing;

import io.kbsserver.storage.EmbeddedDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A MariaDB of a test's own, to be stopped, frozen and starved: what is done to it, no other test
 * notices. Beside the user that the server has there is one who may do everything.
 */
public final class OwnDatabase implements AutoCloseable {
  private static final String ADMIN = "admin";
  private static final String OTHER = "other";
  private static final String GIVEN_PASSWORD = "of-a-test";
  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private final List<String> options;
  private final int port;
  private final int adminPort;
  private final String url;
  private final String user;
  private final String password;
  private Process process;

  private OwnDatabase(Path folder, List<String> options, EmbeddedDatabase made) throws IOException {
    this.folder = folder;
    this.options = options;
    this.url = made.url();
    this.user = made.user();
    this.password = made.password();
    this.port =
        Integer.parseInt(url.replaceFirst("^jdbc:mysql://127\\.0\\.0\\.1:(\\d+)/.*$", "$1"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.adminPort = free.getLocalPort();
    }
  }

  /**
   * Makes and starts one.
   *
   * @param name of its folder
   * @param options of MariaDB's program
   */
  public static OwnDatabase start(String name, String... options)
      throws IOException, SQLException, InterruptedException {
    // The program, which all of them use.
    TestDatabase.get();
    Path folder = TestFolders.dataFolder(name);
    OwnDatabase database;
    try (EmbeddedDatabase made = EmbeddedDatabase.open(folder)) {
      database = new OwnDatabase(folder, List.of(options), made);
    }
    Files.writeString(
        folder.resolve("admin.sql"),
        """
        CREATE OR REPLACE USER '%1$s'@'127.0.0.1' IDENTIFIED BY '%3$s';
        CREATE OR REPLACE USER '%2$s'@'127.0.0.1' IDENTIFIED BY '%3$s';
        GRANT ALL ON *.* TO '%1$s'@'127.0.0.1';
        GRANT ALL ON `kbs%%`.* TO '%2$s'@'127.0.0.1';
        """
            .formatted(ADMIN, OTHER, GIVEN_PASSWORD));
    database.start();
    return database;
  }

  /** Starts it again after {@link #kill()}, and returns when it answers. */
  public void start() throws IOException, SQLException, InterruptedException {
    Path home;
    try (Stream<Path> files = Files.list(folder)) {
      home =
          files
              .filter(file -> file.getFileName().toString().startsWith("mariadb-"))
              .findFirst()
              .orElseThrow();
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                home.resolve("bin").resolve("mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + folder.resolve("database"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                // Whoever administers it gets in when nobody else does.
                "--extra-port=" + adminPort,
                "--extra-max-connections=10",
                "--socket=",
                "--console",
                "--skip-ssl",
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                "--init-file=" + folder.resolve("admin.sql")));
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--user=root");
    }
    command.addAll(options);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("own.log").toFile()))
            .start();
    Process started = process;
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      try {
        administer("DO 1");
        return;
      } catch (SQLException e) {
        if (!started.isAlive() || System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  /** The address, with all that the server gives its connections. */
  public String url() {
    return url;
  }

  /** The user that the server has: without any rights over others. */
  public String user() {
    return user;
  }

  /** That user's password. */
  public String password() {
    return password;
  }

  /** A connection of somebody who may do everything. */
  public Connection admin() throws SQLException {
    return DriverManager.getConnection(
        url.replace(":" + port + "/", ":" + adminPort + "/"), ADMIN, GIVEN_PASSWORD);
  }

  /** A connection of another program. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, OTHER, GIVEN_PASSWORD);
  }

  /** Does something as somebody who may do everything. */
  public void administer(String sql) throws SQLException {
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The ids of the server's connections that run such a statement. */
  public List<Long> connections(String running) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Connection connection = admin();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id FROM information_schema.processlist WHERE user = '"
                    + user
                    + "' AND COALESCE(info, '') LIKE '"
                    + running
                    + "'")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }

  /** Ends it as a lost machine would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** It keeps its connections and takes new ones, and says nothing any more (SIGSTOP). */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Goes on from where it was. */
  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
