package io.kbsserver.storage;

import io.kbsserver.storage.GuardedDataSource.AllInUse;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with the database when a statement fails through no fault of the request. */
public enum DatabaseFault {
  /** It cannot be reached, hangs, shuts down, or has ended the connection. */
  AWAY("the database does not answer"),
  /** It has no connection left for us. */
  CROWDED("the database takes no more connections"),
  /** It keeps as many prepared statements as it may, for all its users. */
  STATEMENTS("the database prepares no more statements"),
  /** We have more work for it than connections. */
  ALL_IN_USE("all connections of the pool are in use"),
  /** It can be read only: a replica, or one that is being moved. */
  READ_ONLY("the database takes no changes, it is read-only"),
  /** Its disk or a table is full. */
  FULL("the database has no room left"),
  /** Other writers came in between, each time that the transaction was tried. */
  CONTENDED("transactions give up after conflicts with others"),
  /** Somebody has ended the statement or the connection; the database itself is well. */
  ENDED("connections break, or are ended from outside"),
  /** The connection broke while a transaction was being committed. */
  UNKNOWN_OUTCOME("connections break in the middle of a commit");

  private static final String CONNECTION = "08";
  private static final String ROLLED_BACK = "40";

  /** The state of a connection that broke while it committed. */
  static final String TRANSACTION_RESOLUTION_UNKNOWN = "08007";

  private static final String NO_SPACE_LEFT = "28";

  private final String description;

  DatabaseFault(String description) {
    this.description = description;
  }

  /** What a log says of it. */
  public String description() {
    return description;
  }

  /** The fault behind a failure; empty where the database is not to blame. */
  public static Optional<DatabaseFault> of(Throwable failure) {
    Optional<DatabaseFault> found = Optional.empty();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        Optional<DatabaseFault> fault = of(sql);
        // What the pool or the driver says of a connection is explained by what is behind it.
        if (fault.isPresent() && (found.isEmpty() || found.get() == AWAY)) {
          found = fault;
        }
      }
    }
    return found;
  }

  private static Optional<DatabaseFault> of(SQLException failure) {
    if (failure instanceof AllInUse) {
      return Optional.of(ALL_IN_USE);
    }
    return Optional.ofNullable(
        switch (failure.getErrorCode()) {
          // Too many connections: of all, of one user, of a user within an hour.
          case 1040, 1203, 1226 -> CROWDED;
          case 1461 -> STATEMENTS;
          // An option forbids it, the session is read-only, the server is a replica.
          case 1290, 1792, 1836 -> READ_ONLY;
          // On disk, in the table, in memory; no thread can be made.
          case 1021, 1026, 1037, 1041, 1114, 1135 -> FULL;
          case 3, 1030 ->
              String.valueOf(failure.getMessage()).contains(NO_SPACE_LEFT) ? FULL : null;
          // A deadlock; nodes of a cluster that disagree have its code too.
          case 1213 -> CONTENDED;
          // The statement, the connection.
          case 1317, 1927 -> ENDED;
          // Not ready in its cluster, shutting down, packets that break off.
          case 1047, 1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184 -> AWAY;
          // Lock waits have a state of their own in some drivers; they are no fault of these.
          case 1205 -> null;
          default -> ofState(failure);
        });
  }

  private static @Nullable DatabaseFault ofState(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (state.equals(TRANSACTION_RESOLUTION_UNKNOWN)) {
      return UNKNOWN_OUTCOME;
    }
    if (state.startsWith(CONNECTION)
        || failure instanceof SQLTransientConnectionException
        || failure instanceof SQLNonTransientConnectionException
        || failure instanceof SQLRecoverableException) {
      return AWAY;
    }
    return state.startsWith(ROLLED_BACK) ? CONTENDED : null;
  }
}
