package io.kbsserver.change;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** In place of the log of changes, where a drill wants to know what that costs. */
@Singleton
@Replaces(TransactionLog.class)
@Requires(property = WithoutChangeLog.ASKED)
public class WithoutChangeLog implements ChangeLog {

  /** The property that puts it there. */
  public static final String ASKED = "kbs-test.without-change-log";

  @Override
  public void changes(Subject subject, Object... ids) {}

  @Override
  public void changesColumns(Subject subject, Object id) {}

  @Override
  public void changesColumns(Subject subject, Object id, LoggedRow.Known was) {}

  @Override
  public LoggedRow row(Subject subject) {
    return LoggedRow.NOTHING;
  }

  @Override
  public void creates(Subject subject, Object id) {}

  @Override
  public <T> T setsLast(Subject subject, Object id, String field, Supplier<T> set) {
    return set.get();
  }
}
