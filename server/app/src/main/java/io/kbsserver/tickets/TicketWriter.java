package io.kbsserver.tickets;

import io.kbsserver.access.Caller;
import io.kbsserver.refusal.UnknownValues;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * Writes tickets, and tries again where another writer came in between: a deadlock, a conflict
 * between the nodes of a cluster, or a customer that both wanted to make. Nothing was written then.
 */
@Singleton
public class TicketWriter {

  private static final int MOST_TRIES = 4;
  private static final int SNAPSHOT_TOO_OLD = 1020;

  private final TicketService service;

  TicketWriter(TicketService service) {
    this.service = service;
  }

  /** Opens a ticket, in one transaction. */
  public CreatedTicket create(TicketDraft draft, Caller caller, UnknownValues unknown) {
    return retried(() -> service.create(draft, caller, unknown));
  }

  /** Changes a ticket, in one transaction. */
  public TicketView update(String id, TicketChange change, Caller caller, UnknownValues unknown) {
    return retried(() -> service.update(id, change, caller, unknown));
  }

  private static <T> T retried(Supplier<T> write) {
    for (int attempt = 1; ; attempt++) {
      try {
        return write.get();
      } catch (RuntimeException e) {
        if (attempt == MOST_TRIES || !isConflict(e)) {
          throw e;
        }
      }
    }
  }

  /**
   * SQL state 40…: rolled back by the database; 23000: a unique key was taken meanwhile; MariaDB's
   * 1020: the row is newer than the snapshot.
   */
  private static boolean isConflict(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState().startsWith("40")
            || sql.getSQLState().equals("23000")
            || sql.getErrorCode() == SNAPSHOT_TOO_OLD;
      }
    }
    return false;
  }
}
