package io.kbsserver.storage;

import java.sql.SQLException;
import java.util.Set;

/** Whether a statement failed since another transaction holds a lock, and does so still. */
public final class LockedRow {

  /** MariaDB says that the time was over, also where there was none; MySQL has one more. */
  private static final Set<Integer> HELD = Set.of(1205, 3572);

  private LockedRow() {}

  /** Whether that is why. */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && HELD.contains(sql.getErrorCode())) {
        return true;
      }
    }
    return false;
  }
}
