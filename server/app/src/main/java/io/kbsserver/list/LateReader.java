package io.kbsserver.list;

import io.kbsserver.storage.DatabaseFault;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads late texts. An answer that is being sent has no place any more among those that share the
 * connections to the database, and can't be refused any more: a few of them are read at a time, and
 * who finds no connection tries again for a while.
 */
@Singleton
public class LateReader {

  private static final int AT_A_TIME = 2;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Semaphore turns = new Semaphore(AT_A_TIME, true);

  /** Reads when it is the caller's turn. */
  public <T> T read(Supplier<T> reading) {
    long start = System.nanoTime();
    awaitTurn();
    try {
      while (true) {
        try {
          return reading.get();
        } catch (RuntimeException e) {
          // The pool has waited for a connection before it says so.
          boolean all = DatabaseFault.of(e).equals(Optional.of(DatabaseFault.ALL_IN_USE));
          if (!all || System.nanoTime() - start > PATIENCE_NANOS) {
            throw e;
          }
        }
      }
    } finally {
      turns.release();
    }
  }

  private void awaitTurn() {
    try {
      if (!turns.tryAcquire(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException("Too many answers read late texts");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
