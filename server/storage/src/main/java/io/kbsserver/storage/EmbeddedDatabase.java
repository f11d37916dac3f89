package io.kbsserver.storage;

import io.kbsserver.storage.MariaDbServer.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The built-in database: a MariaDB server of our own in the data folder, kept between runs.
 *
 * <p>It listens on the loopback address only, on a random port, and has access control on: one user
 * with a random password, which is in a file of the data folder that only its owner can read.
 *
 * <p>One process has a data folder at a time. Commands started while the server runs join its
 * database instead.
 */
public final class EmbeddedDatabase implements Database {
  /** How long a server waits for a folder that a short command or a stopping server still has. */
  private static final Duration SERVE_PATIENCE = Duration.ofSeconds(3);

  /** How long a command waits for a server that is still starting, or for another command. */
  private static final Duration COMMAND_PATIENCE = Duration.ofSeconds(30);

  private static final String PROCESS = "process";
  private static final String PURPOSE = "purpose";
  private static final String PORT = "port";
  private static final String USER = "user";
  private static final String PASSWORD = "password";

  private final DataFolder folder;
  private final MariaDbServer server;
  private final ConnectionUrl url;
  private final boolean upToDate;
  private boolean closed;

  private EmbeddedDatabase(
      DataFolder folder, MariaDbServer server, ConnectionUrl url, boolean upToDate) {
    this.folder = folder;
    this.server = server;
    this.url = url;
    this.upToDate = upToDate;
  }

  /** Starts the database of the folder; for a command, joins the one that runs already. */
  static Database openOrJoin(DatabaseSettings settings, Purpose purpose) {
    Path path = settings.dataFolder();
    long deadline =
        System.nanoTime() + (purpose.serves() ? SERVE_PATIENCE : COMMAND_PATIENCE).toNanos();
    if (!purpose.mayCreate() && !exists(path) && DataFolder.announced(path).isEmpty()) {
      throw new StartupFailure(
          "There is no database yet in "
              + path
              + " ("
              + DatabaseSettings.DATA_FOLDER
              + "), and "
              + DatabaseSettings.URL
              + " names no other, so there is nothing to show or to change");
    }
    MariaDbProgram.requireOne();
    while (true) {
      Optional<DataFolder> folder = DataFolder.lock(path);
      if (folder.isPresent()) {
        return start(folder.get(), settings.memory(), purpose);
      }
      Properties running = DataFolder.announced(path).orElseGet(Properties::new);
      if (!purpose.serves() && running.containsKey(PORT) && serving(running)) {
        return join(running, purpose);
      }
      if (System.nanoTime() > deadline) {
        throw inUse(path);
      }
      pause();
    }
  }

  /** Why nothing can be done with a folder that another process has. */
  static StartupFailure inUse(Path path) {
    Properties running = DataFolder.announced(path).orElseGet(Properties::new);
    return new StartupFailure(
        "The data folder "
            + path
            + " is in use by another kbs-server"
            + (running.containsKey(PROCESS)
                ? " (process " + running.getProperty(PROCESS) + ")"
                : "")
            + ": stop that one, or set "
            + DatabaseSettings.DATA_FOLDER
            + " to another folder");
  }

  /** Starts the database of a folder that nobody else may have. */
  public static EmbeddedDatabase open(Path path) {
    return (EmbeddedDatabase) openOrJoin(DatabaseSettings.embedded(path), Purpose.SERVE);
  }

  private static EmbeddedDatabase start(DataFolder folder, long memory, Purpose purpose) {
    try {
      announce(folder, purpose, null);
      MariaDbServer server = MariaDbServer.start(folder, memory);
      try {
        Account account = server.account();
        ConnectionUrl url = ConnectionUrl.local(server.port(), purpose.schema());
        announce(folder, purpose, server);
        boolean upToDate =
            ExternalDatabase.prepare(
                url, account.user(), account.password(), purpose.mayCreate(), false);
        return new EmbeddedDatabase(folder, server, url, upToDate);
      } catch (RuntimeException | IOException e) {
        server.stop();
        throw e;
      }
    } catch (IOException e) {
      folder.close();
      throw new StartupFailure(
          "Cannot use the data folder " + folder.path() + ": " + DataFolder.reason(e), e);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  static void announce(DataFolder folder, Purpose purpose, @Nullable MariaDbServer server)
      throws IOException {
    Properties properties = new Properties();
    properties.setProperty(PROCESS, Long.toString(ProcessHandle.current().pid()));
    properties.setProperty(PURPOSE, purpose.name());
    if (server != null) {
      properties.setProperty(PORT, Integer.toString(server.port()));
      properties.setProperty(USER, server.account().user());
      properties.setProperty(PASSWORD, server.account().password());
    }
    folder.announce(properties);
  }

  private static boolean serving(Properties running) {
    return Purpose.valueOf(running.getProperty(PURPOSE)).serves();
  }

  private static Database join(Properties running, Purpose purpose) {
    Purpose served = Purpose.valueOf(running.getProperty(PURPOSE));
    if (purpose == Purpose.FILL_DEMO) {
      throw new StartupFailure(
          "A server is running on that data folder (process "
              + running.getProperty(PROCESS)
              + "): stop it first");
    }
    if (served == Purpose.DEMO && purpose.leavesTheDemo()) {
      throw new StartupFailure(
          "The server that is running (process "
              + running.getProperty(PROCESS)
              + ") serves the demo site: stop it first");
    }
    return ExternalDatabase.connect(
        ConnectionUrl.local(Integer.parseInt(running.getProperty(PORT)), served.schema()),
        running.getProperty(USER),
        running.getProperty(PASSWORD),
        "the built-in database of process " + running.getProperty(PROCESS),
        purpose.mayCreate(),
        false);
  }

  @Override
  public String url() {
    return url.jdbc();
  }

  @Override
  public String unhurriedUrl() {
    return url.unhurried().jdbc();
  }

  /** The URL of another schema on this server; its name has to start with {@code kbs}. */
  public String url(String schema) {
    return url.withSchema(schema).jdbc();
  }

  @Override
  public String user() {
    return server.account().user();
  }

  @Override
  public String password() {
    return server.account().password();
  }

  @Override
  public String description() {
    return "built-in MariaDB in " + folder.path();
  }

  @Override
  public boolean isUpToDate() {
    return upToDate;
  }

  /** Where it keeps its data is named too: the room there is watched. */
  @Override
  public Map<String, Object> properties(Purpose purpose) {
    Map<String, Object> properties = new HashMap<>(Database.super.properties(purpose));
    properties.put("kbs.database.folder", folder.path().toString());
    return properties;
  }

  /** The database server's process. */
  public long processId() {
    return server.processId();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        server.stop();
      } finally {
        folder.close();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupFailure("Stopped while waiting for the data folder", e);
    }
  }

  /** True when the folder holds a database already. */
  public static boolean exists(Path path) {
    return Files.isDirectory(path.resolve(DataFolder.DATABASE))
        || Files.isDirectory(path.resolve(DataFolder.REPLACED));
  }
}
