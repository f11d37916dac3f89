package io.kbsserver.history;

import io.kbsserver.access.Caller;
import io.kbsserver.access.Visibility;
import io.kbsserver.access.VisibleTicketList;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Page;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Site;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.text.WrittenId;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The rules of history: it tells of notes, and so it is for the agents who see the ticket. What
 * others log in with is for administrators.
 */
@Singleton
public class HistoryService {

  private final HistoryList list;
  private final HistoryTicketRepository repository;
  private final VisibleTicketList tickets;
  private final CurrentSite settings;

  HistoryService(
      HistoryList list,
      HistoryTicketRepository repository,
      VisibleTicketList tickets,
      CurrentSite settings) {
    this.list = list;
    this.repository = repository;
    this.tickets = tickets;
    this.settings = settings;
  }

  /** A page of the history of a ticket. */
  @Connectable
  Page<HistoryEntry> list(long ticketId, Window window, boolean descending, Caller caller) {
    Site site = settings.current();
    if (!caller.isAgent(site)) {
      throw NotAllowed.toSeeTicket();
    }
    Page<HistoryEntry> page =
        list.page(ticketId, Visibility.of(caller, site), request(window, descending));
    if (page.total() == 0) {
      tickets.require(ticketId, caller);
    }
    return page.map(
        entry ->
            entry.userId() != null && caller.mayEditUser(entry.userId())
                ? entry
                : entry.withoutApplication());
  }

  /** The tickets with an id, or else with a number, to whoever runs the server. */
  @Connectable
  public List<Long> tickets(String idOrNumber) {
    return repository.find(WrittenId.of(idOrNumber));
  }

  /** A page of the history of any ticket, from its beginning, to whoever runs the server. */
  @Connectable
  public Page<HistoryEntry> all(long ticketId, Window window) {
    return list.page(ticketId, ticket -> SqlCondition.ALWAYS, request(window, false));
  }

  private static ListRequest request(Window window, boolean descending) {
    return new ListRequest(
        window, new Selection(List.of(), List.of()), new Sort(HistoryColumn.AT, descending));
  }
}
