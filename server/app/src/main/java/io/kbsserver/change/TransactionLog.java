package io.kbsserver.change;

import io.kbsserver.storage.CurrentTransaction;
import io.kbsserver.storage.Statements;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Keeps what is said of one transaction, and writes it before that commits. */
@Singleton
class TransactionLog implements ChangeLog {

  private final CurrentTransaction transaction;
  private final Statements statements;
  private final CurrentAuthor author;
  private final Clock clock;
  private final LoggedState state = new LoggedState();

  TransactionLog(
      CurrentTransaction transaction, Statements statements, CurrentAuthor author, Clock clock) {
    this.transaction = transaction;
    this.statements = statements;
    this.author = author;
    this.clock = clock;
  }

  @Override
  public void changes(Subject subject, Object... ids) {
    current().changes(subject, Arrays.asList(ids));
  }

  @Override
  public void changesColumns(Subject subject, Object id) {
    current().changesColumns(subject, List.of(id));
  }

  @Override
  public void changesColumns(Subject subject, Object id, LoggedRow.Known was) {
    current().changesColumns(subject, id, was);
  }

  @Override
  public LoggedRow row(Subject subject) {
    return state.row(statements, subject);
  }

  @Override
  public void creates(Subject subject, Object id) {
    current().creates(subject, List.of(id));
  }

  @Override
  public <T> T setsLast(Subject subject, Object id, String field, Supplier<T> set) {
    return current().setsLast(subject, id, field, set);
  }

  private ChangeRecorder current() {
    return transaction.companion(
        () -> new ChangeRecorder(statements, state, WorkAuthor.or(author), clock));
  }
}
