package io.kbsserver.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The pool, as long as the database is there: nobody waits for a connection to one that is known to
 * be away.
 */
final class GuardedDataSource implements DataSource, AutoCloseable {
  private static final String UNABLE_TO_CONNECT = "08001";

  private final HikariDataSource pool;
  private final DatabaseWatch watch;
  private final BorrowedConnections connections;

  GuardedDataSource(HikariDataSource pool, DatabaseWatch watch, StatementTimer timer) {
    this.pool = pool;
    this.watch = watch;
    this.connections = new BorrowedConnections(timer);
  }

  @Override
  public Connection getConnection() throws SQLException {
    switch (watch.state()) {
      case AWAY -> throw new KnownAway(DatabaseFault.AWAY);
      case CROWDED -> {
        if (pool.getHikariPoolMXBean().getTotalConnections() == 0) {
          throw new KnownAway(DatabaseFault.CROWDED);
        }
      }
      case THERE -> {}
    }
    try {
      return borrowed(pool.getConnection());
    } catch (SQLTransientConnectionException e) {
      if (pool.getHikariPoolMXBean().getTotalConnections() >= pool.getMaximumPoolSize()) {
        throw new AllInUse(e);
      }
      // None could be made.
      watch.doubt();
      throw e;
    }
  }

  private Connection borrowed(Connection connection) throws SQLException {
    try {
      return connections.borrowed(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Whether one can be had without waiting. */
  boolean hasIdle() {
    return pool.getHikariPoolMXBean().getIdleConnections() > 0;
  }

  /** The database may be well: there are not as many connections as there is work. */
  static final class AllInUse extends SQLTransientConnectionException {
    private static final long serialVersionUID = 1L;

    AllInUse(SQLException cause) {
      super("All connections of the pool are in use", UNABLE_TO_CONNECT, cause);
    }
  }

  /** Nothing was tried, so that it tells nothing new about the database. */
  static final class KnownAway extends SQLTransientConnectionException {
    private static final long serialVersionUID = 1L;

    KnownAway(DatabaseFault fault) {
      super("Not tried: " + fault.description(), UNABLE_TO_CONNECT);
    }

    static boolean isBehind(Throwable failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof KnownAway) {
          return true;
        }
      }
      return false;
    }
  }

  /** Ends the waiting on connections that were in use before a time, and makes new ones. */
  void abandonThoseBefore(long time) {
    connections.abortThoseBefore(time);
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    pool.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return pool.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return pool.isWrapperFor(type);
  }

  @Override
  public void close() {
    pool.close();
  }
}
