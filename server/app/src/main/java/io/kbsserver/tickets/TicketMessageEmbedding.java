package io.kbsserver.tickets;

import io.kbsserver.access.Caller;
import io.kbsserver.api.model.Ticket;
import io.kbsserver.link.Links;
import io.kbsserver.site.CurrentSite;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Tickets as they are answered, embedded in messages, which are no answers to a request. */
@Singleton
public class TicketMessageEmbedding {

  private final TicketService service;
  private final CurrentSite settings;

  TicketMessageEmbedding(TicketService service, CurrentSite settings) {
    this.service = service;
    this.settings = settings;
  }

  /** A ticket as somebody sees it now, if they do. */
  public Optional<Ticket> of(long id, Caller caller, Links links) {
    return service.find(id, caller).map(new TicketRepresentation(settings.current(), links)::of);
  }
}
