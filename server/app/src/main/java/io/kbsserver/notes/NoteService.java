package io.kbsserver.notes;

import io.kbsserver.access.Caller;
import io.kbsserver.access.Visibility;
import io.kbsserver.access.VisibleTicketList;
import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Page;
import io.kbsserver.posts.WrittenContent;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.WallClock;
import io.kbsserver.storage.TableCondition;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The rules of notes: they are for the agents who see the ticket. Everybody else is refused by the
 * contract, and here once more: nobody is to read one because of a mark that is missing there.
 */
@Singleton
class NoteService {

  private final NoteList list;
  private final NoteRepository notes;
  private final VisibleTicketList tickets;
  private final ChangeLog changes;
  private final CurrentSite settings;
  private final Clock clock;

  NoteService(
      NoteList list,
      NoteRepository notes,
      VisibleTicketList tickets,
      ChangeLog changes,
      CurrentSite settings,
      Clock clock) {
    this.list = list;
    this.notes = notes;
    this.tickets = tickets;
    this.changes = changes;
    this.settings = settings;
    this.clock = clock;
  }

  /** A page of the notes on a ticket. */
  @Connectable
  public Page<NoteView> list(long ticketId, ListRequest request, Caller caller) {
    Page<NoteView> page = list.page(ticketId, seenBy(caller), request);
    if (page.total() == 0) {
      tickets.require(ticketId, caller);
    }
    return page;
  }

  /** One note on a ticket. */
  @Connectable
  public NoteView read(long id, long ticketId, Caller caller) {
    Optional<NoteView> note = list.find(id, ticketId, seenBy(caller));
    if (note.isEmpty()) {
      tickets.require(ticketId, caller);
    }
    return note.orElseThrow(NotFound::note);
  }

  /** Those of these notes that the caller may see. */
  @Connectable
  public List<NoteView> read(Collection<Long> ids, Caller caller) {
    return list.find(ids, seenBy(caller));
  }

  /** The first ids behind one of notes that the caller may see, in their order. */
  @Connectable
  public List<Long> idsBehind(long id, int most, Caller caller) {
    return caller.isAgent(settings.current())
        ? list.idsBehind(id, most, seenBy(caller))
        : List.of();
  }

  /** Adds a note to a ticket. */
  @Transactional
  public NoteView create(long ticketId, WrittenContent text, Caller caller) {
    refuseOthersThanAgents(caller);
    tickets.require(ticketId, caller);
    changes.changesColumns(Subject.TICKET, ticketId);
    LocalDateTime now = WallClock.now(clock);
    NoteRow note =
        notes.insert(
            new NoteRow(
                null,
                ticketId,
                caller.userId(),
                notes.nameOf(caller.userId()),
                WallClock.local(now, settings.current().get(Setting.TIME_ZONE)),
                now,
                text.raw(),
                text.rendered()));
    long id = Objects.requireNonNull(note.id());
    changes.creates(Subject.NOTE, id);
    return read(id, ticketId, caller);
  }

  private TableCondition seenBy(Caller caller) {
    refuseOthersThanAgents(caller);
    return Visibility.of(caller, settings.current());
  }

  private void refuseOthersThanAgents(Caller caller) {
    if (!caller.isAgent(settings.current())) {
      throw NotAllowed.toSeeTicket();
    }
  }
}
