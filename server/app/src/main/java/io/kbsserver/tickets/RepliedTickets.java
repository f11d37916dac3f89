package io.kbsserver.tickets;

import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.storage.TableCondition;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a reply does to its ticket, in the transaction of the reply. */
@Singleton
public class RepliedTickets {

  /** A ticket that nobody else changes until the transaction is over. */
  public record Locked(long id, TicketList.State before) {

    public String status() {
      return before.status();
    }

    public @Nullable Long agentId() {
      return before.agentId();
    }

    public @Nullable Long customerId() {
      return before.customerId();
    }

    /** The login of its customer. */
    public @Nullable Long userId() {
      return before.userId();
    }
  }

  private final TicketList list;
  private final TicketRepository tickets;
  private final ChangeLog changes;

  RepliedTickets(TicketList list, TicketRepository tickets, ChangeLog changes) {
    this.list = list;
    this.tickets = tickets;
    this.changes = changes;
  }

  /** Locks a ticket; nothing where it is not one of these. */
  public Optional<Locked> lock(long id, TableCondition these) {
    return list.lock(id, these).map(before -> new Locked(id, before));
  }

  /**
   * Tells a ticket of a reply.
   *
   * @param status the one that it has from now on
   */
  public void replied(
      Locked ticket, String status, LastReplyBy by, LocalDateTime local, LocalDateTime gmt) {
    TicketUpdate update = new TicketUpdate(ticket.before());
    if (!status.equals(ticket.status()) && !ticket.before().hasSender()) {
      update.sender(tickets.findSender(ticket.id()).shown());
    }
    update.reply(by, status, local, gmt);
    changes.sets(Subject.TICKET, ticket.id(), ticket.before().row(), update.columns());
  }
}
