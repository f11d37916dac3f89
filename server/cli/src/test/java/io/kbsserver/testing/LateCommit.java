package io.kbsserver.testing;

import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.http.TestServer;
import io.kbsserver.storage.Statements;
import io.micronaut.core.order.Ordered;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.support.TransactionSynchronization;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Changes of tickets that are logged, and committed when a test lets them. */
public final class LateCommit {

  private LateCommit() {}

  /**
   * Changes or deletes a ticket.
   *
   * @param sql with the values {@code args}
   * @param pause what happens between the last statement and the commit
   */
  public static void of(
      TestServer server, long ticket, String sql, List<Object> args, Runnable pause) {
    of(server, Subject.TICKET, ticket, sql, args, pause);
  }

  /** Changes whatever it is. */
  @SuppressWarnings("unchecked")
  public static void of(
      TestServer server,
      Subject subject,
      Object id,
      String sql,
      List<Object> args,
      Runnable pause) {
    TransactionOperations<Object> transactions = server.bean(TransactionOperations.class);
    transactions.executeWrite(
        status -> {
          server.bean(ChangeLog.class).changes(subject, id);
          server.bean(Statements.class).update(sql, args);
          status.registerSynchronization(
              new TransactionSynchronization() {
                @Override
                public int getOrder() {
                  return Ordered.LOWEST_PRECEDENCE;
                }

                @Override
                public void beforeCommit(boolean readOnly) {
                  pause.run();
                }
              });
          return null;
        });
  }

  /** A pause that lasts until somebody counts down. */
  public static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
