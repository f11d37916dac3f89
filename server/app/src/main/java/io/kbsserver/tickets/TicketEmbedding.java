package io.kbsserver.tickets;

import static io.kbsserver.api.OperationId.GET_TICKET;
import static java.util.stream.Collectors.toMap;

import io.kbsserver.access.Caller;
import io.kbsserver.api.OperationId;
import io.kbsserver.change.Subject;
import io.kbsserver.link.Embeddable;
import io.kbsserver.link.Links;
import io.kbsserver.list.Late;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.Refusal;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.sync.PresentState;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What links to tickets lead to, and what has become of tickets that were changed. */
@Singleton
class TicketEmbedding implements Embeddable, PresentState {

  private final TicketService service;
  private final CurrentSite settings;
  private final Links links;

  TicketEmbedding(TicketService service, CurrentSite settings, Links links) {
    this.service = service;
    this.settings = settings;
    this.links = links;
  }

  @Override
  public OperationId operation() {
    return GET_TICKET;
  }

  @Override
  public Subject subject() {
    return Subject.TICKET;
  }

  @Override
  public Map<Long, ?> byIds(Set<Long> ids, Caller caller) {
    TicketRepresentation representation = new TicketRepresentation(settings.current(), links);
    Late<List<TicketView>> found = service.read(ids, caller);
    return found.item().stream()
        .collect(
            toMap(TicketView::id, ticket -> new Late<>(representation.of(ticket), found.texts())));
  }

  @Override
  public Refusal refusal(long id) {
    return NotAllowed.toSeeTicket();
  }

  @Override
  public List<Long> idsBehind(long id, int most, Caller caller) {
    return service.idsBehind(id, most, caller);
  }
}
