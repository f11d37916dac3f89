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
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.WallClock;
import jakarta.inject.Singleton;
import java.time.ZoneId;

/** Turns notes into what goes over the wire. */
@Singleton
class NoteRepresentation {

  private final Links links;
  private final CurrentSite settings;

  NoteRepresentation(Links links, CurrentSite settings) {
    this.links = links;
    this.settings = settings;
  }

  TicketNote of(NoteView note) {
    ZoneId zone = settings.current().get(Setting.TIME_ZONE);
    return TicketNote.builder()
        .id(note.id())
        .ticket(note.ticketId())
        .author(requireNonNullElse(note.authorId(), 0L))
        .authorName(note.authorName())
        .date(WallClock.wire(note.local(), zone))
        .dateGmt(WallClock.wire(note.gmt(), zone))
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
