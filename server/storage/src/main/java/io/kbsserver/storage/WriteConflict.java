package io.kbsserver.storage;

import io.micronaut.retry.annotation.RetryPredicate;
import java.sql.SQLException;

/**
 * Whether a transaction failed only because another writer came in between, so that it has changed
 * nothing and may well succeed the next time; not within an {@linkplain OuterTransaction outer
 * transaction}, which is tried again as a whole.
 */
public final class WriteConflict implements RetryPredicate {

  /** The database has rolled back: a deadlock, or nodes of a cluster that disagree. */
  private static final String ROLLED_BACK = "40";

  /** The driver gives it the state of a rollback, but whoever holds the lock may hold it on. */
  private static final int LOCK_WAIT_TIMEOUT = 1205;

  /** Both wanted to make the same; the next time it is found. */
  private static final int DUPLICATE_KEY = 1062;

  /** MariaDB: the row is newer than the snapshot. */
  private static final int SNAPSHOT_TOO_OLD = 1020;

  @Override
  public boolean test(Throwable failure) {
    if (OuterTransaction.isGoingOn()) {
      return false;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return isConflict(sql);
      }
    }
    return false;
  }

  private static boolean isConflict(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case LOCK_WAIT_TIMEOUT -> false;
      case DUPLICATE_KEY, SNAPSHOT_TOO_OLD -> true;
      default -> failure.getSQLState() != null && failure.getSQLState().startsWith(ROLLED_BACK);
    };
  }
}
