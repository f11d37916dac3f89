package io.kbsserver.drill;

import io.kbsserver.testing.Program;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A node of a cluster: a MariaDB as Debian packs it (mariadb-server, galera-4), on loopback. */
final class GaleraNode implements AutoCloseable {

  static final String USER = "drill";

  private static final Path PROVIDER = Path.of("/usr/lib/galera/libgalera_smm.so");
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Path folder;
  private final int port;
  private final int groupPort;
  private final int transferPort;
  private Process process;

  GaleraNode(Path cluster, String name) throws IOException {
    port = freePort();
    groupPort = freePort();
    transferPort = freePort();
    folder = Files.createDirectory(cluster.resolve(name));
    run(
        "mariadb-install-db",
        "--no-defaults",
        "--datadir=" + folder,
        "--skip-test-db",
        "--auth-root-authentication-method=normal");
    if (isRoot()) {
      run("chown", "-R", "mysql:", folder.toString());
    }
  }

  /** Whether this machine has what a cluster needs. */
  static boolean arePossible() {
    return Files.exists(PROVIDER) && Files.exists(Path.of("/usr/bin/rsync"));
  }

  String group() {
    return "127.0.0.1:" + groupPort;
  }

  String url() {
    return url(List.of(this));
  }

  /** The address of several nodes: the first one that answers is taken. */
  static String url(List<GaleraNode> nodes) {
    return "jdbc:mysql://"
        + String.join(",", nodes.stream().map(node -> "127.0.0.1:" + node.port).toList())
        + "/kbs?sslMode=DISABLED";
  }

  /** Starts the node; the first one of a cluster founds it. */
  void start(List<GaleraNode> cluster, boolean founds) throws Exception {
    Path grants = folder.resolve("grants.sql");
    Files.writeString(
        grants,
        "CREATE USER IF NOT EXISTS "
            + USER
            + "@'%' IDENTIFIED BY '"
            + USER
            + "';\nGRANT ALL ON *.* TO "
            + USER
            + "@'%';\n");
    List<String> command =
        new ArrayList<>(
            List.of(
                "mariadbd",
                "--no-defaults",
                "--datadir=" + folder,
                "--socket=" + folder.resolve("socket"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--binlog-format=ROW",
                "--innodb-autoinc-lock-mode=2",
                "--innodb-flush-log-at-trx-commit=1",
                "--wsrep-on=ON",
                "--wsrep-provider=" + PROVIDER,
                "--wsrep-cluster-name=" + folder.getParent().getFileName(),
                "--wsrep-cluster-address=gcomm://"
                    + String.join(",", cluster.stream().map(GaleraNode::group).toList()),
                "--wsrep-node-name=" + folder.getFileName(),
                "--wsrep-node-address=127.0.0.1",
                "--wsrep-provider-options=gmcast.listen_addr=tcp://"
                    + group()
                    + ";ist.recv_addr=127.0.0.1:"
                    + freePort(),
                "--wsrep-sst-method=rsync",
                "--wsrep-sst-receive-address=127.0.0.1:" + transferPort));
    if (isRoot()) {
      command.add("--user=mysql");
    }
    if (founds) {
      command.add("--wsrep-new-cluster");
      command.add("--init-file=" + grants);
    }
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    awaitReady();
  }

  private void awaitReady() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError(
            "The node does not start: " + Files.readString(folder.resolve("log")));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private boolean isReady() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW STATUS LIKE 'wsrep_ready'")) {
      return row.next() && row.getString(2).equals("ON");
    } catch (SQLException e) {
      return false;
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url().replace("/kbs?", "/?"), USER, USER);
  }

  /** A counter of this node, such as the failures to certify. */
  long status(String name) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW STATUS LIKE '" + name + "'")) {
      row.next();
      return row.getLong(2);
    }
  }

  /** What it says of itself, to be printed when something is missing. */
  String report() {
    StringBuilder report = new StringBuilder(folder.getFileName().toString());
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SHOW GLOBAL STATUS WHERE variable_name IN ('wsrep_local_state_comment',
                  'wsrep_cluster_status', 'wsrep_cluster_size', 'wsrep_last_committed',
                  'wsrep_local_cert_failures', 'wsrep_local_bf_aborts',
                  'wsrep_cluster_state_uuid')
                """)) {
      while (rows.next()) {
        report.append(' ').append(rows.getString(1)).append('=').append(rows.getString(2));
      }
    } catch (SQLException e) {
      report.append(": ").append(e.getMessage());
    }
    return report.toString();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
      try {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          kill();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * A port that stays free while the node is away: connections from this machine are given those
   * from 32768 on.
   */
  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // In use: the next one.
      }
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private void run(String... command) {
    Program done = Program.run(folder.getParent(), Map.of(), PATIENCE, List.of(command));
    if (!done.succeeded()) {
      throw new IllegalStateException(String.join(" ", command) + ": " + done.output());
    }
  }
}
