package io.kbsserver.access;

import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;

/** For rules that are tested without a database. */
final class UnloggedChanges implements ChangeLog {

  @Override
  public void changes(Subject subject, Object... ids) {}

  @Override
  public void creates(Subject subject, Object id) {}
}
