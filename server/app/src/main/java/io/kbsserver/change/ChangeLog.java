package io.kbsserver.change;

import java.util.function.Supplier;

/**
 * The log of changes. Whoever is about to change something says so here, in the transaction of the
 * change; what it was and has become is found out and written before that commits.
 */
public interface ChangeLog {

  /**
   * These are about to be changed or deleted; nobody else changes them until the end of the
   * transaction. To be called before what hangs on a ticket is added to it as well.
   */
  void changes(Subject subject, Object... ids);

  /**
   * Only columns of this are about to be changed, or what hangs on it: of its {@link
   * Subject#parts() parts}, which are not read then, none is.
   */
  void changesColumns(Subject subject, Object id);

  /** The same of what has been locked, with what was read of it as it was. */
  void changesColumns(Subject subject, Object id, LoggedRow.Known was);

  /** What the log tells of a row of a kind. */
  LoggedRow row(Subject subject);

  /** This has just been made, or is about to be. */
  void creates(Subject subject, Object id);

  /**
   * Sets a field of something as the last thing in a transaction, when all that the log tells else
   * has been read: what that locks is not locked for longer than it takes to write the row.
   */
  <T> T setsLast(Subject subject, Object id, String field, Supplier<T> set);
}
