package io.kbsserver.storage;

import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.function.Supplier;

/**
 * A transaction around work that has transactions of its own, which join it. Where another writer
 * came in between, all of it was rolled back: so all of it is tried again, and not the part that
 * met it.
 */
@Singleton
public class OuterTransaction {

  private static final ThreadLocal<Boolean> GOING_ON = ThreadLocal.withInitial(() -> false);

  private final TransactionOperations<Connection> transactions;

  OuterTransaction(TransactionOperations<Connection> transactions) {
    this.transactions = transactions;
  }

  /** Runs work, perhaps more than once. */
  @RetriedOnConflict
  public <T> T run(Supplier<T> work) {
    GOING_ON.set(true);
    try {
      return transactions.executeWrite(status -> work.get());
    } finally {
      GOING_ON.remove();
    }
  }

  /** Whether this thread works in one. */
  static boolean isGoingOn() {
    return GOING_ON.get();
  }
}
