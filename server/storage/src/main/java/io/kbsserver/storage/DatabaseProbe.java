package io.kbsserver.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
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
     * @param broken whether a connection had broken that should have been good
     */
    record There(int migrations, boolean broken) implements Observation {}

    /**
     * It gives no answer.
     *
     * @param why what was said on the last try
     */
    record Missing(SQLException why) implements Observation {}
  }

  /** Long enough for a machine under load: with the try that follows, less than two seconds. */
  private static final Duration ANSWER_PATIENCE = Duration.ofMillis(700);

  /** For the new connection that confirms that there is no answer. */
  private static final Duration CONNECT_PATIENCE = Duration.ofMillis(300);

  /** For a new connection where nobody waits for the result. */
  private static final Duration CALM_CONNECT_PATIENCE = Duration.ofSeconds(1);

  private static final Executor SAME_THREAD = Runnable::run;

  private final ConnectionUrl url;
  private final @Nullable String user;
  private final @Nullable String password;
  private @Nullable Connection connection;

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
    Connection known = connection;
    boolean broken = false;
    int migrations = 0;
    if (known != null) {
      try {
        migrations = migrations(known);
      } catch (SQLException e) {
        broken = true;
        drop(known);
      }
    }
    if (known != null && !broken && !anew) {
      return new Observation.There(migrations, false);
    }
    try {
      Connection fresh = connect(known == null ? CALM_CONNECT_PATIENCE : CONNECT_PATIENCE);
      migrations = migrations(fresh);
      if (known != null && !broken) {
        drop(known);
      }
      connection = fresh;
      return new Observation.There(migrations, broken);
    } catch (SQLException e) {
      return new Observation.Missing(e);
    }
  }

  private Connection connect(Duration patience) throws SQLException {
    String millis = Long.toString(patience.toMillis());
    Connection fresh =
        DriverManager.getConnection(
            url.with(Map.of("connectTimeout", millis, "socketTimeout", millis)).jdbc(),
            user,
            password);
    fresh.setNetworkTimeout(SAME_THREAD, (int) ANSWER_PATIENCE.toMillis());
    return fresh;
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

  private void drop(Connection gone) {
    connection = null;
    try {
      // Closing would say goodbye to one who does not listen.
      gone.abort(SAME_THREAD);
    } catch (SQLException e) {
      // It is gone already.
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      drop(connection);
    }
  }
}
