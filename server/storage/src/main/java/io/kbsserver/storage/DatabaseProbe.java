package io.kbsserver.storage;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

  /**
   * A connection, and what was found on it.
   *
   * @param connection what is asked
   * @param server that it leads to
   * @param migrations that were there then
   */
  private record Known(Connection connection, Server server, int migrations) {}

  /** After which a new connection is tried beside the one that has not answered yet. */
  private static final Duration USUAL_PATIENCE = Duration.ofMillis(500);

  /**
   * After which there is no answer, on neither. Long enough for a machine under load and for a
   * database far away: with the pause before a look, less than two seconds.
   */
  private static final Duration LONGEST_PATIENCE = Duration.ofMillis(1200);

  /** For a new connection where nobody waits for the result. */
  static final Duration CALM_CONNECT_PATIENCE = Duration.ofSeconds(5);

  private static final Executor SAME_THREAD = Runnable::run;

  private final ConnectionUrl url;
  private final @Nullable String user;
  private final @Nullable String password;

  /** Asks, and makes connections, so that both may take longer than anybody waits for them. */
  private final ExecutorService asking =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "database-probe");
            thread.setDaemon(true);
            return thread;
          });

  private @Nullable Known known;

  /** The new connection that is being made; where that is slow, a later look finds it. */
  private @Nullable CompletableFuture<Known> connecting;

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
        long deadline = System.nanoTime() + CALM_CONNECT_PATIENCE.toNanos();
        return new Observation.There(made(connecting(), deadline).migrations(), false);
      }
      return look(before, anew);
    } catch (SQLException e) {
      return new Observation.Missing(e);
    }
  }

  private Observation look(Known before, boolean anew) throws SQLException {
    long deadline = System.nanoTime() + LONGEST_PATIENCE.toNanos();
    CompletableFuture<Integer> asked = later(() -> migrations(before.connection()));
    Optional<Integer> answer = within(USUAL_PATIENCE.toNanos(), asked);
    if (answer.isPresent() && !anew && connecting == null) {
      return new Observation.There(answer.get(), false);
    }
    CompletableFuture<Known> fresh = connecting();
    if (answer.isEmpty()) {
      within(deadline - System.nanoTime(), answeredOrTried(asked, fresh));
      answer = within(0, asked);
    } else if (anew) {
      within(deadline - System.nanoTime(), fresh);
    }
    if (answer.isPresent() && !fresh.isDone()) {
      // Connecting is slow, and that is no harm to those who have a connection.
      return new Observation.There(answer.get(), false);
    }
    try {
      Known made = made(fresh, deadline);
      boolean lost = answer.isEmpty() && isLost(before, asked, made);
      abort(before.connection());
      return new Observation.There(made.migrations(), lost);
    } catch (SQLException e) {
      // It may only have been slow.
      answer = within(deadline - System.nanoTime(), asked);
      if (answer.isPresent()) {
        return anew
            ? new Observation.Crowded(answer.get(), e)
            : new Observation.There(answer.get(), false);
      }
      if (asked.isDone() || !isRefused(e)) {
        known = null;
        abort(before.connection());
      }
      throw e;
    }
  }

  /** Where there is no new connection, the old one is kept, which may only be slow. */
  private static boolean isRefused(SQLException e) {
    return DatabaseFault.of(e).filter(DatabaseFault.CROWDED::equals).isPresent();
  }

  /** Done with an answer on the old connection, or when it is known whether there is a new one. */
  private static CompletableFuture<?> answeredOrTried(
      CompletableFuture<?> asked, CompletableFuture<?> fresh) {
    CompletableFuture<Boolean> either = new CompletableFuture<>();
    asked.thenRun(() -> either.complete(true));
    fresh.whenComplete((made, failure) -> either.complete(true));
    return either;
  }

  /**
   * Whether a connection gives no answer that others get. One that was ended tells nothing of the
   * others, whose ends were told too; one that is slow has the same time again.
   */
  private static boolean isLost(Known before, CompletableFuture<Integer> asked, Known fresh) {
    return !fresh.server().isStill(before.server())
        || (within(USUAL_PATIENCE.toNanos(), asked).isEmpty() && !asked.isDone());
  }

  /** What comes of something, if it comes in time. */
  private static <T> Optional<T> within(long nanos, CompletableFuture<T> future) {
    try {
      return Optional.of(future.get(nanos, TimeUnit.NANOSECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private <T> CompletableFuture<T> later(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    asking.execute(
        () -> {
          try {
            result.complete(work.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private CompletableFuture<Known> connecting() {
    if (connecting == null) {
      connecting = later(this::connect);
    }
    return connecting;
  }

  /** The new connection, which is the known one from then on. */
  private Known made(CompletableFuture<Known> fresh, long deadline) throws SQLException {
    try {
      Known made = fresh.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      connecting = null;
      known = made;
      return made;
    } catch (TimeoutException e) {
      throw new SQLException("It has not answered", new SocketTimeoutException());
    } catch (ExecutionException e) {
      connecting = null;
      throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException(e);
    }
  }

  private Known connect() throws SQLException {
    String millis = Long.toString(CALM_CONNECT_PATIENCE.toMillis());
    Connection fresh =
        FirstHostDriver.connect(
            url.with(
                Map.of(
                    "connectTimeout",
                    url.options().getOrDefault("connectTimeout", millis),
                    "socketTimeout",
                    millis)),
            user,
            password);
    try {
      return new Known(fresh, server(fresh), migrations(fresh));
    } catch (SQLException e) {
      abort(fresh);
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

  private static void abort(Connection gone) {
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
      abort(known.connection());
    }
    if (connecting != null) {
      connecting.thenAccept(late -> abort(late.connection()));
    }
    asking.shutdownNow();
  }
}
