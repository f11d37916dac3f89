package io.kbsserver.tickets;

import io.kbsserver.change.LoggedRow;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.TableCondition;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a reply does to its ticket, in the transaction of the reply. */
@Singleton
public class RepliedTickets {

  /**
   * A ticket that nobody else changes until the transaction is over.
   *
   * @param userId the login of its customer
   * @param row what the log of changes tells of it
   */
  public record Locked(
      long id,
      String status,
      @Nullable Long agentId,
      @Nullable Long customerId,
      @Nullable Long userId,
      LoggedRow.Known row) {}

  private final TicketList list;
  private final TicketRepository tickets;

  RepliedTickets(TicketList list, TicketRepository tickets) {
    this.list = list;
    this.tickets = tickets;
  }

  /** Locks a ticket; nothing where it is not one of these. */
  public Optional<Locked> lock(long id, TableCondition these) {
    return list.lock(id, these)
        .map(
            ticket ->
                new Locked(
                    id,
                    ticket.status(),
                    ticket.agentId(),
                    ticket.customerId(),
                    ticket.userId(),
                    ticket.row()));
  }

  /**
   * Tells a ticket of a reply.
   *
   * @param status the one that it has from now on
   */
  public void replied(
      Locked ticket, String status, LastReplyBy by, LocalDateTime local, LocalDateTime gmt) {
    if (!status.equals(ticket.status())) {
      tickets.keepSender(ticket.id());
    }
    tickets.setReplied(ticket.id(), status, by.kept(), local, gmt);
    if (status.equals(BuiltInStatus.CLOSED)) {
      tickets.setResolved(ticket.id(), local);
    }
  }
}
