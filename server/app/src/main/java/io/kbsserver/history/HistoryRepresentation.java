package io.kbsserver.history;

import static io.kbsserver.api.OperationId.GET_TICKET;
import static io.kbsserver.api.OperationId.GET_USER;
import static io.kbsserver.api.OperationId.LIST_TICKET_HISTORY;
import static java.util.Objects.requireNonNullElse;

import io.kbsserver.api.model.TicketHistoryChange;
import io.kbsserver.api.model.TicketHistoryEntry;
import io.kbsserver.api.model.TicketHistoryEntrySource;
import io.kbsserver.api.model.TicketHistoryEntryType;
import io.kbsserver.api.model.TicketHistoryLinks;
import io.kbsserver.link.Links;
import jakarta.inject.Singleton;

/** Turns changes into what goes over the wire. */
@Singleton
class HistoryRepresentation {

  private final Links links;

  HistoryRepresentation(Links links) {
    this.links = links;
  }

  TicketHistoryEntry of(HistoryEntry entry) {
    return TicketHistoryEntry.builder()
        .id(entry.id())
        .type(TicketHistoryEntryType.fromValue(entry.type()))
        .objectId(entry.objectId())
        .ticket(entry.ticketId())
        .at(entry.moment())
        .user(requireNonNullElse(entry.userId(), 0L))
        .userName(requireNonNullElse(entry.userName(), ""))
        .application(entry.application())
        .source(TicketHistoryEntrySource.fromValue(entry.source()))
        .changes(entry.changes().stream().map(HistoryRepresentation::of).toList())
        ._links(
            TicketHistoryLinks.builder()
                .collection(links.to(LIST_TICKET_HISTORY, entry.ticketId()))
                .ticket(links.to(GET_TICKET, entry.ticketId()))
                .user(links.toEmbeddable(GET_USER, entry.userId()))
                .build())
        .build();
  }

  private static TicketHistoryChange of(FieldChange change) {
    return TicketHistoryChange.builder()
        .field(change.field())
        .from(change.from())
        .to(change.to())
        .longText(change.longText())
        .build();
  }
}
