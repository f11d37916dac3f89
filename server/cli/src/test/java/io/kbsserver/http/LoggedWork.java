package io.kbsserver.http;

import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.Statements;
import io.micronaut.transaction.TransactionOperations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Changes that no route makes, with their rows in the log, as an import makes them. */
final class LoggedWork {

  private final ChangeLog log;
  private final Statements statements;

  private LoggedWork(TestServer server) {
    this.log = server.bean(ChangeLog.class);
    this.statements = server.bean(Statements.class);
  }

  /** Does it in one transaction. */
  @SuppressWarnings("unchecked")
  static void in(TestServer server, Consumer<LoggedWork> work) {
    TransactionOperations<Object> transactions = server.bean(TransactionOperations.class);
    transactions.executeWrite(
        status -> {
          work.accept(new LoggedWork(server));
          return status;
        });
  }

  /** Changes these in the same way; the statement ends before its condition. */
  void change(Subject subject, Collection<?> ids, String update) {
    log.changes(subject, ids.toArray());
    SqlCondition these = SqlCondition.in("id", new ArrayList<>(ids));
    statements.update(update + " WHERE " + these.sql(), these.args());
  }

  /** Changes something of one of these. */
  void change(Subject subject, Object id, String sql, Object... args) {
    log.changes(subject, id);
    statements.update(sql, List.of(args));
  }
}
