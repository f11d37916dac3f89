package io.kbsserver.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database how it is, on a connection that it has to itself and never waits long for. Not
 * thread-safe: one thread asks.
 */
final class DatabaseProbe implements AutoCloseable {

  /** What was found. */
  sealed interface Observation {

    /**
     * It answers.
     *
     * @param migrations how many of them it has, 0 where it has no schema of ours
     * @param lost whether who waits on an older connection waits in vain
     */
    record There(int migrations, boolean lost) implements Observation {}

    /**
     * It answers on the connection that there was, and a new one could not be had.
     *
     * @param migrations how many of them it has
     * @param why what was said of the new one
     */
    record Crowded(int migrations, SQLException why) implements Observation {}

    /**
     * It gives no answer.
     *
     * @param why what was said on the last try
     */
    record Missing(SQLException why) implements Observation {}
  }

  /**
   * Which server it is, and since when it runs.
   *
   * @param name of its host, with its port
   * @param started in seconds, of no particular origin
   */
  private record Server(String name, long started) {
    private static final long INACCURACY_SECONDS = 2;

    boolean isStill(Server other) {
      return name.equals(other.name) && Math.abs(started - other.started) <= INACCURACY_SECONDS;
    }
  }

  /** A connection, the server that it leads to, and the migrations that were there then. */
  private record Known(Connection connection, Server server, int migrations) {}

  /** Long enough for a machine under load: with the try that follows, less than two seconds. */
  private static final Duration ANSWER_PATIENCE = Duration.ofMillis(700);

  /** For the new connection that confirms that there is no answer. */
  private static final Duration CONNECT_PATIENCE = Duration.ofMillis(300);

  /** For a new connection where nobody waits for the result. */
  static final Duration CALM_CONNECT_PATIENCE = Duration.ofSeconds(5);

  private static final Executor SAME_THREAD = Runnable::run;

  private final ConnectionUrl url;
  private final @Nullable String user;
  private final @Nullable String password;

  /** Asks on the known connection, so that its answer may come late. */
  private final ExecutorService asking =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "database-probe");
            thread.setDaemon(true);
            return thread;
          });

  private @Nullable Known known;

  DatabaseProbe(String url, @Nullable String user, @Nullable String password) {
    this.url = ConnectionUrl.parse(url);
    this.user = user;
    this.password = password;
  }

  /**
   * Looks at the database.
   *
   * @param anew whether its taking new connections is in doubt
   */
  Observation look(boolean anew) {
    Known before = known;
    try {
      if (before == null) {
        Known fresh = connect(CALM_CONNECT_PATIENCE);
        known = fresh;
        return new Observation.There(fresh.migrations(), false);
      }
      return look(before, anew);
    } catch (SQLException e) {
      return new Observation.Missing(e);
    }
  }

  private Observation look(Known before, boolean anew) throws SQLException {
    Future<Integer> asked = asking.submit(() -> migrations(before.connection()));
    Optional<Integer> answer = answer(asked, ANSWER_PATIENCE);
    if (answer.isPresent() && !anew) {
      return new Observation.There(answer.get(), false);
    }
    try {
      Known fresh = connect(CONNECT_PATIENCE);
      boolean lost = answer.isEmpty() && isLost(before, asked, fresh);
      drop(before.connection());
      known = fresh;
      return new Observation.There(fresh.migrations(), lost);
    } catch (SQLException e) {
      // It may only have been slow.
      answer = answer.or(() -> answer(asked, Duration.ZERO));
      if (answer.isPresent()) {
        return anew
            ? new Observation.Crowded(answer.get(), e)
            : new Observation.There(answer.get(), false);
      }
      known = null;
      drop(before.connection());
      throw e;
    }
  }

  /**
   * Whether a connection gives no answer that others get. One that was ended tells nothing of the
   * others, whose ends were told too; one that is slow has the same time again.
   */
  private static boolean isLost(Known before, Future<Integer> asked, Known fresh) {
    return !fresh.server().isStill(before.server())
        || (answer(asked, ANSWER_PATIENCE).isEmpty() && !asked.isDone());
  }

  /** The answer, if one comes in time. */
  private static Optional<Integer> answer(Future<Integer> asked, Duration patience) {
    try {
      return Optional.of(asked.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Known connect(Duration patience) throws SQLException {
    String millis = Long.toString(patience.toMillis());
    Connection fresh =
        DriverManager.getConnection(
            url.with(Map.of("connectTimeout", millis, "socketTimeout", millis)).jdbc(),
            user,
            password);
    try {
      fresh.setNetworkTimeout(SAME_THREAD, (int) ANSWER_PATIENCE.toMillis());
      Known made = new Known(fresh, server(fresh), migrations(fresh));
      // From now on it may answer late, and is ended by whoever has no patience left.
      fresh.setNetworkTimeout(SAME_THREAD, 0);
      return made;
    } catch (SQLException e) {
      drop(fresh);
      throw e;
    }
  }

  private static Server server(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String name;
      try (ResultSet row = statement.executeQuery("SELECT CONCAT(@@hostname, ':', @@port)")) {
        row.next();
        name = String.valueOf(row.getString(1));
      }
      try (ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Uptime'")) {
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        return new Server(name, row.next() ? now - row.getLong(2) : 0);
      }
    } catch (SQLException e) {
      if (DatabaseFault.of(e).isEmpty()) {
        // It does not say, and so one is like the other.
        return new Server("", 0);
      }
      throw e;
    }
  }

  /** A table is read: a node that has lost its cluster answers all that needs none. */
  private static int migrations(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT COUNT(*) FROM flyway_schema_history WHERE success")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      if (DatabaseFault.of(e).isEmpty()) {
        // That is an answer: the table is not there, or not ours to read.
        return 0;
      }
      throw e;
    }
  }

  private static void drop(Connection gone) {
    try {
      // Closing would say goodbye to one who does not listen.
      gone.abort(SAME_THREAD);
    } catch (SQLException e) {
      // It is gone already.
    }
  }

  @Override
  public void close() {
    if (known != null) {
      drop(known.connection());
    }
    asking.shutdownNow();
  }
}
