package io.kbsserver.storage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of the pool that somebody works with, so that their waiting can be ended. */
final class BorrowedConnections {
  private static final Logger LOG = LoggerFactory.getLogger(BorrowedConnections.class);

  /** When each was borrowed, as {@link System#nanoTime()} says it. */
  private final Map<Connection, Long> borrowed = new ConcurrentHashMap<>();

  private final StatementTimer timer;

  BorrowedConnections(StatementTimer timer) {
    this.timer = timer;
  }

  /** A connection that is known as borrowed until it is closed. */
  Connection borrowed(Connection connection) throws SQLException {
    borrowed.put(connection, System.nanoTime());
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> call(connection, proxy, method, arguments));
  }

  private @Nullable Object call(
      Connection connection, Object proxy, Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "equals":
        return proxy == arguments[0];
      case "rollback", "setAutoCommit", "setReadOnly", "setTransactionIsolation":
        if (connection.isClosed()) {
          // It broke, and the database has rolled back. What broke it is to be told, and not that
          // nothing can be put in order on it.
          return null;
        }
        break;
      case "close":
        borrowed.remove(connection);
        break;
      default:
        break;
    }
    if (method.getName().equals("commit")) {
      return committed(connection, method);
    }
    try {
      Object result = method.invoke(connection, arguments);
      return result instanceof Statement statement && timer.isOn()
          ? timer.timed(statement, text(arguments))
          : result;
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private static @Nullable String text(Object @Nullable [] arguments) {
    return arguments != null && arguments[0] instanceof String sql ? sql : null;
  }

  private @Nullable Object committed(Connection connection, Method method) throws Throwable {
    try {
      return timer.timed("COMMIT", connection, method, null);
    } catch (SQLException e) {
      throw ofCommit(e);
    }
  }

  /** The standard has a state for a connection that breaks while it commits; drivers forget it. */
  private static SQLException ofCommit(SQLException failure) {
    return DatabaseFault.of(failure).filter(DatabaseFault.AWAY::equals).isPresent()
        ? new SQLNonTransientConnectionException(
            failure.getMessage(), DatabaseFault.TRANSACTION_RESOLUTION_UNKNOWN, failure)
        : failure;
  }

  /** Breaks those that were borrowed before a time: who waits for an answer on them gets none. */
  void abortThoseBefore(long time) {
    borrowed.forEach(
        (connection, since) -> {
          if (since - time <= 0) {
            abort(connection);
          }
        });
  }

  /** Closing a socket can take its time where it is encrypted. */
  private static void abort(Connection connection) {
    try {
      connection.abort(
          work -> {
            Thread thread = new Thread(work, "abort-connection");
            thread.setDaemon(true);
            thread.start();
          });
    } catch (SQLException e) {
      LOG.debug("A connection cannot be aborted", e);
    }
  }
}
