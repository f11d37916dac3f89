package io.kbsserver.change;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

  /**
   * Sets columns of what has been locked, if any of them differs, in one statement: what is told is
   * what is set, and nothing is read for it. Who says nothing else of it changes nothing else.
   *
   * @param was what was read of it, by {@link #row}
   */
  void sets(
      Subject subject,
      Object id,
      LoggedRow.Known was,
      Map<String, ? extends @Nullable Object> values);

  /**
   * What the log is to know of a row of a kind before some of its columns are set.
   *
   * @param columns those that may be set
   */
  LoggedRow row(Subject subject, Set<String> columns);

  /**
   * What is shown of these is made anew of what they consist of: a row says so, though none of
   * their fields has changed.
   */
  void showsAnew(Subject subject, Collection<?> ids);

  /** This has just been made, or is about to be. */
  void creates(Subject subject, Object id);

  /**
   * The same where it is known what it is made of, so that it is not read.
   *
   * @param row the entity that was inserted
   */
  void creates(Subject subject, Object id, Object row);

  /**
   * Sets a field of something as the last thing in a transaction, when all that the log tells else
   * has been read: what that locks is not locked for longer than it takes to write the row.
   */
  <T> T setsLast(Subject subject, Object id, String field, Supplier<T> set);
}
