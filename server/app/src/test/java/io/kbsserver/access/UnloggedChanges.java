package io.kbsserver.access;

import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.LoggedRow;
import io.kbsserver.change.Subject;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** For rules that are tested without a database. */
final class UnloggedChanges implements ChangeLog {

  @Override
  public void changes(Subject subject, Object... ids) {}

  @Override
  public void changesColumns(Subject subject, Object id) {}

  @Override
  public void sets(
      Subject subject,
      Object id,
      LoggedRow.Known was,
      Map<String, ? extends @Nullable Object> values) {}

  @Override
  public LoggedRow row(Subject subject, Set<String> columns) {
    return LoggedRow.NOTHING;
  }

  @Override
  public void creates(Subject subject, Object id) {}

  @Override
  public void creates(Subject subject, Object id, Object row) {}

  @Override
  public <T> T setsLast(Subject subject, Object id, String field, Supplier<T> set) {
    return set.get();
  }

  @Override
  public void showsAnew(Subject subject, Collection<?> ids) {}
}
