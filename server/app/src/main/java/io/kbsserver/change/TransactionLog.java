package io.kbsserver.change;

import io.kbsserver.storage.CurrentTransaction;
import io.kbsserver.storage.Statements;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.beans.BeanProperty;
import io.micronaut.core.naming.NameUtils;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  public void sets(
      Subject subject,
      Object id,
      LoggedRow.Known was,
      Map<String, ? extends @Nullable Object> values) {
    current().sets(subject, id, was, values);
  }

  @Override
  public LoggedRow row(Subject subject, Set<String> columns) {
    Set<String> names = new HashSet<>(columns);
    names.add(subject.id());
    if (subject == Subject.TICKET) {
      names.add(Subject.REVISION);
      names.addAll(FormerSight.COLUMNS);
    }
    return state.row(statements, subject, names);
  }

  @Override
  public void showsAnew(Subject subject, Collection<?> ids) {
    current().showsAnew(subject, ids);
  }

  @Override
  public void creates(Subject subject, Object id) {
    current().creates(subject, List.of(id));
  }

  @Override
  public void creates(Subject subject, Object id, Object row) {
    current().creates(subject, id, columns(row));
  }

  private static <T> Map<String, @Nullable Object> columns(T row) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) row.getClass();
    Map<String, @Nullable Object> columns = new HashMap<>();
    for (BeanProperty<T, Object> each :
        BeanIntrospection.getIntrospection(type).getBeanProperties()) {
      String name = NameUtils.underscoreSeparate(each.getName()).toLowerCase(Locale.ROOT);
      columns.put(name, each.get(row));
    }
    return columns;
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
