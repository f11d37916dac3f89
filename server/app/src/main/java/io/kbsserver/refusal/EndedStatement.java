package io.kbsserver.refusal;

import java.sql.SQLException;

/** Whether the database has ended a statement itself, because it took longer than it may. */
public final class EndedStatement {

  /** MariaDB: {@code max_statement_time} is over. */
  private static final int STATEMENT_TIMEOUT = 1969;

  /** MySQL: {@code max_execution_time} is over. */
  private static final int QUERY_TIMEOUT = 3024;

  /** MariaDB: the same, while it asked an index of words; MySQL: that found too much. */
  private static final int ABORTED = 188;

  /** An index of words is not there any more. */
  private static final int NO_WORD_INDEX = 1191;

  /** What an index of words has found does not fit into the memory for it. */
  private static final int TOO_MANY_WORDS = 128;

  /** Somebody else has held a lock for longer than this one may wait for it. */
  private static final int LOCK_WAIT_TIMEOUT = 1205;

  private EndedStatement() {}

  /** The time for a statement was over. */
  public static boolean tookTooLong(Throwable failure) {
    return has(failure, STATEMENT_TIMEOUT) || has(failure, QUERY_TIMEOUT) || has(failure, ABORTED);
  }

  /** An index of words has not served. */
  public static boolean isOfWordIndex(Throwable failure) {
    return has(failure, NO_WORD_INDEX) || has(failure, TOO_MANY_WORDS);
  }

  /** The time for a statement, or for a lock, was over: it may well succeed later. */
  public static boolean isCauseOf(Throwable failure) {
    return tookTooLong(failure) || has(failure, LOCK_WAIT_TIMEOUT);
  }

  private static boolean has(Throwable failure, int code) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getErrorCode() == code) {
        return true;
      }
    }
    return false;
  }
}
