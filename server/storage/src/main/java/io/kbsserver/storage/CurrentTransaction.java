package io.kbsserver.storage;

import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.TransactionStatus;
import io.micronaut.transaction.support.TransactionSynchronization;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What is to be done once a transaction, at its end. */
@Singleton
public class CurrentTransaction {

  /** Lives as long as a transaction. */
  public interface Companion {

    /** The last thing that is done in the transaction; what it throws rolls it back. */
    void beforeCommit();
  }

  private final TransactionOperations<Connection> transactions;
  private final Map<Connection, Companion> companions =
      Collections.synchronizedMap(new IdentityHashMap<>());

  CurrentTransaction(TransactionOperations<Connection> transactions) {
    this.transactions = transactions;
  }

  /**
   * Does something once the transaction that is going on has been committed; it may not fail.
   *
   * @return false where none is going on, and nothing will be done
   */
  public boolean whenCommitted(Runnable work) {
    Optional<? extends TransactionStatus<?>> transaction = transactions.findTransactionStatus();
    transaction.ifPresent(
        status ->
            status.registerSynchronization(
                new TransactionSynchronization() {
                  @Override
                  public void afterCommit() {
                    work.run();
                  }
                }));
    return transaction.isPresent();
  }

  /** That of the transaction that is going on, which is made at the first call. */
  @SuppressWarnings("unchecked") // There is only one kind, which this room does not know.
  public <T extends Companion> T companion(Supplier<T> make) {
    TransactionStatus<?> transaction =
        transactions
            .findTransactionStatus()
            .orElseThrow(() -> new IllegalStateException("No transaction is going on"));
    Connection connection = transactions.getConnection();
    return (T)
        companions.computeIfAbsent(
            connection,
            ignored -> {
              T made = make.get();
              transaction.registerSynchronization(
                  new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                      made.beforeCommit();
                    }

                    @Override
                    public void afterCompletion(Status status) {
                      companions.remove(connection);
                    }
                  });
              return made;
            });
  }
}
