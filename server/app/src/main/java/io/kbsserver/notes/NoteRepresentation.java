package io.kbsserver.notes;

import static io.kbsserver.api.OperationId.GET_TICKET;
import static io.kbsserver.api.OperationId.GET_TICKET_NOTE;
import static io.kbsserver.api.OperationId.GET_USER;
import static io.kbsserver.api.OperationId.LIST_TICKET_NOTES;
import static java.util.Objects.requireNonNullElse;

import io.kbsserver.api.model.RenderedText;
import io.kbsserver.api.model.TicketNote;
import io.kbsserver.api.model.TicketNoteLinks;
import io.kbsserver.link.Links;
import jakarta.inject.Singleton;
import java.time.format.DateTimeFormatter;

/** Turns notes into what goes over the wire. */
@Singleton
class NoteRepresentation {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  private final Links links;

  NoteRepresentation(Links links) {
    this.links = links;
  }

  TicketNote of(NoteView note) {
    return TicketNote.builder()
        .id(note.id())
        .ticket(note.ticketId())
        .author(requireNonNullElse(note.authorId(), 0L))
        .authorName(note.authorName())
        .date(DATE.format(note.local()))
        .dateGmt(DATE.format(note.gmt()))
        .content(RenderedText.builder().raw(note.raw()).rendered(note.rendered()).build())
        ._links(
            TicketNoteLinks.builder()
                .self(links.to(GET_TICKET_NOTE, note.ticketId(), note.id()))
                .collection(links.to(LIST_TICKET_NOTES, note.ticketId()))
                .ticket(links.to(GET_TICKET, note.ticketId()))
                .author(links.toEmbeddable(GET_USER, note.authorExists() ? note.authorId() : null))
                .build())
        .build();
  }

  /** The address of a note. */
  String href(NoteView note) {
    return links.href(GET_TICKET_NOTE, note.ticketId(), note.id());
  }
}
