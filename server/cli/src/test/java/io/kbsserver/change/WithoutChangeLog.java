package io.kbsserver.change;

import io.kbsserver.storage.Statements;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** In place of the log of changes, where a drill wants to know what that costs. */
@Singleton
@Replaces(TransactionLog.class)
@Requires(property = WithoutChangeLog.ASKED)
public class WithoutChangeLog implements ChangeLog {

  /** The property that puts it there. */
  public static final String ASKED = "kbs-test.without-change-log";

  private final Statements statements;

  WithoutChangeLog(Statements statements) {
    this.statements = statements;
  }

  @Override
  public void changes(Subject subject, Object... ids) {}

  @Override
  public void changesColumns(Subject subject, Object id) {}

  @Override
  public void sets(
      Subject subject,
      Object id,
      LoggedRow.Known was,
      Map<String, ? extends @Nullable Object> values) {
    if (!values.isEmpty()) {
      List<@Nullable Object> args = new ArrayList<>(values.values());
      args.add(id);
      statements.update(
          ChangeRecorder.update(subject, values.keySet(), subject == Subject.TICKET), args);
    }
  }

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
