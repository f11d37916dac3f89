package io.kbsserver.storage;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of the built-in database: made, started, watched and stopped. */
final class MariaDbServer {
  private static final Logger LOG = LoggerFactory.getLogger(MariaDbServer.class);

  /** Recovery after a crash takes its time on large data; a process that ended is seen at once. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(10);

  private static final Duration STOP_PATIENCE = Duration.ofMinutes(2);

  /** Between two tries to bring it back; each is twice as long as the one before. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

  /** What has answered for so long is tried at once when it ends. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private static final int PORTS_TO_TRY = 5;
  private static final long LOG_LIMIT = 4_000_000;
  private static final String ACCOUNT_FILE = "kbs-account.properties";

  /** Who may connect: MariaDB's root and anonymous users are removed. */
  record Account(String user, String password) {}

  private final DataFolder folder;
  private final MariaDbProgram program;
  private final Path database;
  private final Account account;
  private final long memory;
  private int port;
  private @Nullable Process process;
  private volatile boolean stopping;
  private long answeringSince;
  private Duration pause = Duration.ZERO;

  private MariaDbServer(
      DataFolder folder, MariaDbProgram program, Path database, Account account, long memory) {
    this.folder = folder;
    this.program = program;
    this.database = database;
    this.account = account;
    this.memory = memory;
  }

  /**
   * Starts the server of a folder, making it first if there is none.
   *
   * @param memory so many bytes of its tables it keeps there
   */
  static MariaDbServer start(DataFolder folder, long memory) throws IOException {
    MariaDbProgram program = prepare(folder);
    if (!Files.isDirectory(folder.database())) {
      initialise(folder, program);
      Files.move(folder.unfinishedDatabase(), folder.database(), StandardCopyOption.ATOMIC_MOVE);
    }
    return launched(folder, program, folder.database(), memory);
  }

  /** Makes and starts a new one, which does not count yet, beside that of the folder. */
  static MariaDbServer startUnfinished(DataFolder folder) throws IOException {
    MariaDbProgram program = prepare(folder);
    initialise(folder, program);
    return launched(folder, program, folder.unfinishedDatabase(), DatabaseSettings.MEMORY);
  }

  /** Sees that the folder is ours alone, and takes away what was begun and never finished. */
  private static MariaDbProgram prepare(DataFolder folder) throws IOException {
    endOrphans(folder);
    MariaDbProgram program = MariaDbProgram.unpackedIn(folder.path());
    rotateLog(folder.log());
    Folders.delete(folder.temporary());
    DataFolder.createPrivately(folder.temporary());
    Folders.delete(folder.unfinishedDatabase());
    if (!Files.exists(folder.database()) && Files.isDirectory(folder.replacedDatabase())) {
      LOG.warn("A restore was interrupted, and the database is what it was before");
      Files.move(folder.replacedDatabase(), folder.database(), StandardCopyOption.ATOMIC_MOVE);
    }
    return program;
  }

  private static MariaDbServer launched(
      DataFolder folder, MariaDbProgram program, Path database, long memory) throws IOException {
    Properties properties = DataFolder.read(database.resolve(ACCOUNT_FILE));
    MariaDbServer server =
        new MariaDbServer(
            folder,
            program,
            database,
            new Account(properties.getProperty("user"), properties.getProperty("password")),
            memory);
    server.launch();
    return server;
  }

  int port() {
    return port;
  }

  Account account() {
    return account;
  }

  synchronized long processId() {
    return Objects.requireNonNull(process).pid();
  }

  /** Ends the server cleanly and waits for it, whatever interrupts. */
  void stop() {
    // Whoever starts it has the lock, and gives it up when told so.
    stopping = true;
    Process running;
    synchronized (this) {
      notifyAll();
      running = process;
    }
    if (running != null && running.isAlive()) {
      running.destroy();
      if (!endedWithin(running.toHandle(), STOP_PATIENCE)) {
        LOG.warn("The built-in database (process {}) is still stopping", running.pid());
      }
    }
  }

  /** Finds a free port and starts there; another program may take the port first, so repeatedly. */
  private synchronized void launch() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = probe.getLocalPort();
      }
      long logStart = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
      try {
        run();
        return;
      } catch (StartupFailure e) {
        boolean taken = logSince(folder.log(), logStart).contains("Bind on TCP/IP port");
        if (!taken || attempt == PORTS_TO_TRY) {
          throw e;
        }
      }
    }
  }

  /** Starts the process on the port and returns when it answers. */
  private void run() throws IOException {
    long logStart = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
    List<String> command = command(program, folder, database);
    command.addAll(
        List.of(
            "--bind-address=127.0.0.1",
            "--port=" + port,
            // No socket file: the port with its password is the only way in.
            "--socket=",
            "--innodb-buffer-pool-size=" + memory,
            // A commit is on disk before it is acknowledged.
            "--innodb-flush-log-at-trx-commit=1",
            "--key-buffer-size=1M",
            "--aria-pagecache-buffer-size=8M",
            // A row of a backup is one statement, which holds its texts twice.
            "--max-allowed-packet=" + (isUnfinished() ? "1G" : "64M"),
            "--max-connections=151",
            "--local-infile=OFF",
            "--default-time-zone=+00:00",
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_unicode_520_ci"));
    Process started =
        new ProcessBuilder(command)
            .directory(program.home().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
            .start();
    process = started;
    try {
      awaitAnswer(started, logStart);
    } catch (RuntimeException e) {
      started.destroy();
      endedWithin(started.toHandle(), STOP_PATIENCE);
      throw e;
    }
    answeringSince = System.nanoTime();
    started.onExit().thenAccept(this::ended);
  }

  private boolean isUnfinished() {
    return database.equals(folder.unfinishedDatabase());
  }

  private void awaitAnswer(Process started, long logStart) throws IOException {
    String url = ConnectionUrl.local(port, "").jdbcWithoutSchema();
    long begin = System.nanoTime();
    long nextWord = Duration.ofSeconds(10).toNanos();
    while (true) {
      if (stopping) {
        throw new StartupFailure("Stopped while the built-in database was starting");
      }
      if (!started.isAlive()) {
        throw new StartupFailure(
            "The built-in database does not start: "
                + lastError(folder.log(), logStart)
                + " (see "
                + folder.log()
                + ")");
      }
      try (Connection connection =
          DriverManager.getConnection(url, account.user(), account.password())) {
        if (connection.isValid(10)) {
          return;
        }
      } catch (SQLException e) {
        if (e.getErrorCode() == 1045) {
          throw new StartupFailure(
              "The built-in database refuses the password in " + database.resolve(ACCOUNT_FILE), e);
        }
        LOG.trace("Not yet", e);
      }
      long waited = System.nanoTime() - begin;
      if (waited > nextWord) {
        nextWord += Duration.ofSeconds(10).toNanos();
        LOG.info("Waiting for the built-in database, it may be recovering ({})", folder.log());
      }
      if (waited > START_PATIENCE.toNanos()) {
        throw new StartupFailure(
            "The built-in database does not answer (see " + folder.log() + ")");
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartupFailure("Stopped while the built-in database was starting", e);
      }
    }
  }

  private void ended(Process gone) {
    if (!stopping) {
      Thread restart = new Thread(() -> bringBack(gone.exitValue()), "restart-database");
      restart.setDaemon(true);
      restart.start();
    }
  }

  /**
   * Brings a database back that ended under us, on the port that all connections know: for as long
   * as it takes, a full disk or whatever else keeps it down may be over one day. Each way of
   * failing is said once.
   */
  private synchronized void bringBack(int exitCode) {
    LOG.warn(
        "The built-in database ended unexpectedly (exit code {}); starting it again", exitCode);
    if (System.nanoTime() - answeringSince > SETTLED.toNanos()) {
      pause = Duration.ZERO;
    }
    String said = "";
    while (!awaitStop(pause)) {
      pause = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      try {
        rotateLog(folder.log());
        run();
        LOG.info("The built-in database is back");
        return;
      } catch (IOException | RuntimeException e) {
        String why = StartupFailure.oneLine(e);
        if (!stopping && !why.equals(said)) {
          LOG.error("The built-in database does not come back, and is tried again: {}", why);
          LOG.debug("Because of", e);
          said = why;
        }
      }
    }
  }

  /** Lets a pause pass; true when it is told to stop. */
  private synchronized boolean awaitStop(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    try {
      for (long left = length.toMillis(); !stopping && left > 0; ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
    return stopping;
  }

  /** Makes a new database under another name; it counts when it gets its own. */
  private static void initialise(DataFolder folder, MariaDbProgram program) throws IOException {
    LOG.info("Making a new database in {}", folder.path());
    Path database = DataFolder.createPrivately(folder.unfinishedDatabase());
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    Properties properties = new Properties();
    properties.setProperty("user", "kbs");
    properties.setProperty("password", password);
    DataFolder.writePrivately(database.resolve(ACCOUNT_FILE), properties);

    long logStart = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
    List<String> command = command(program, folder, database);
    command.add("--bootstrap");
    command.add("--innodb-flush-log-at-trx-commit=2");
    Process bootstrap =
        new ProcessBuilder(command)
            .directory(program.home().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
            .start();
    try (Writer input =
        new BufferedWriter(
            new OutputStreamWriter(bootstrap.getOutputStream(), StandardCharsets.UTF_8))) {
      input.write("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n");
      for (String script :
          List.of(
              "mariadb_system_tables.sql",
              "mariadb_performance_tables.sql",
              "mariadb_system_tables_data.sql")) {
        input.write(Files.readString(program.home().resolve("share").resolve(script)));
        input.write('\n');
      }
      input.write("DELETE FROM mysql.global_priv;\nDELETE FROM mysql.proxies_priv;\n");
      input.write("FLUSH PRIVILEGES;\n");
      input.write("CREATE USER 'kbs'@'127.0.0.1' IDENTIFIED BY '" + password + "';\n");
      input.write("GRANT ALL ON `kbs%`.* TO 'kbs'@'127.0.0.1';\n");
    } catch (IOException e) {
      // It ended early; its exit code says so below, its log says why.
      LOG.debug("Bootstrap ended early", e);
    }
    try {
      if (bootstrap.waitFor() != 0) {
        throw new StartupFailure(
            "The built-in database cannot be made: "
                + lastError(folder.log(), logStart)
                + " (see "
                + folder.log()
                + ")");
      }
    } catch (InterruptedException e) {
      bootstrap.destroy();
      endedWithin(bootstrap.toHandle(), STOP_PATIENCE);
      Thread.currentThread().interrupt();
      throw new StartupFailure("Stopped while the built-in database was being made", e);
    }
  }

  /** The arguments that making and running a database have in common. */
  private static List<String> command(MariaDbProgram program, DataFolder folder, Path database) {
    List<String> command = new ArrayList<>();
    command.add(program.executable().toString());
    command.add("--no-defaults");
    if ("root".equals(System.getProperty("user.name"))) {
      // MariaDB refuses to run as root unless told to.
      command.add("--user=root");
    }
    command.addAll(
        List.of(
            "--basedir=" + program.home(),
            datadir(database),
            "--tmpdir=" + folder.temporary(),
            "--console",
            // On loopback TLS protects nothing, and making its keys takes many seconds.
            "--skip-ssl",
            "--skip-name-resolve",
            "--performance-schema=OFF"));
    return command;
  }

  private static String datadir(Path database) {
    return "--datadir=" + database;
  }

  /**
   * Ends what a killed kbs-server left behind. The lock on the folder is ours, so any database
   * process that still works on it is an orphan. It is known by its command line: MariaDB's program
   * with exactly this folder as its {@code --datadir}. No pid file is trusted, since process ids
   * are used again.
   */
  private static void endOrphans(DataFolder folder) {
    List<String> ours = List.of(datadir(folder.database()), datadir(folder.unfinishedDatabase()));
    List<ProcessHandle> orphans =
        ProcessHandle.allProcesses().filter(handle -> worksOn(handle, ours, folder)).toList();
    for (ProcessHandle orphan : orphans) {
      LOG.info("Ending the database process {} that a killed server left behind", orphan.pid());
      orphan.destroy();
    }
    for (ProcessHandle orphan : orphans) {
      if (!endedWithin(orphan, STOP_PATIENCE)) {
        throw new StartupFailure(
            "The database process "
                + orphan.pid()
                + " of a killed server still holds "
                + folder.path()
                + " and does not end; try again later");
      }
    }
  }

  private static boolean worksOn(ProcessHandle handle, List<String> datadirs, DataFolder folder) {
    ProcessHandle.Info info = handle.info();
    String program = info.command().orElse("");
    String name = program.replaceFirst(".*[/\\\\]", "").replaceFirst(" \\(deleted\\)$", "");
    if (!name.matches("(mariadbd|mysqld)(\\.exe)?")) {
      return false;
    }
    return info.arguments()
        .map(arguments -> Arrays.stream(arguments).anyMatch(datadirs::contains))
        // Windows tells no arguments, but there the program is in the folder itself.
        .orElseGet(() -> Path.of(program).startsWith(folder.path()));
  }

  /** Waits for a process to end; an interrupt is kept for later, for the database comes first. */
  private static boolean endedWithin(ProcessHandle handle, Duration patience) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (handle.isAlive() && System.nanoTime() < deadline) {
        try {
          TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return !handle.isAlive();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void rotateLog(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
      Files.move(log, log.resolveSibling("mariadb.old.log"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String logSince(Path log, long start) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] text = new byte[(int) Math.min(100_000, Math.max(0, file.length() - start))];
      file.seek(start);
      file.readFully(text);
      return new String(text, StandardCharsets.UTF_8);
    }
  }

  /** The first complaint is the cause, those after it are consequences. */
  private static String lastError(Path log, long start) throws IOException {
    return logSince(log, start)
        .lines()
        .filter(line -> line.contains("[ERROR]") || line.startsWith("ERROR"))
        .map(line -> line.replaceFirst(".*\\[ERROR] ", ""))
        .findFirst()
        .orElse("it ended without a word");
  }
}
