package io.kbsserver.tickets;

import io.kbsserver.access.Caller;
import io.kbsserver.files.NewFiles;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.storage.RetriedOnConflict;
import io.kbsserver.text.WrittenId;
import jakarta.inject.Singleton;

/**
 * Writes tickets, and tries again where another writer came in between. Nothing was written then,
 * and what was found to be unknown is found again.
 */
@Singleton
public class TicketWriter {

  private final TicketService service;

  TicketWriter(TicketService service) {
    this.service = service;
  }

  /** Opens a ticket without files. */
  public CreatedTicket create(TicketDraft draft, Caller caller, UnknownValues unknown) {
    return create(draft, new NewFiles(), caller, unknown);
  }

  /** Opens a ticket, in one transaction; its texts are rendered before, and only once. */
  public CreatedTicket create(
      TicketDraft draft, NewFiles files, Caller caller, UnknownValues unknown) {
    return create(draft, service.texts(draft, caller), files, caller, unknown);
  }

  @RetriedOnConflict
  CreatedTicket create(
      TicketDraft draft, TicketTexts texts, NewFiles files, Caller caller, UnknownValues unknown) {
    return unknown.during(() -> service.create(draft, texts, files, caller, unknown));
  }

  /** Changes a ticket, whatever it is like by now. */
  public TicketView update(
      WrittenId id, TicketChange change, Caller caller, UnknownValues unknown) {
    return update(id, change, Expectation.NONE, caller, unknown);
  }

  /** Changes a ticket, in one transaction. */
  @RetriedOnConflict
  TicketView update(
      WrittenId id,
      TicketChange change,
      Expectation expectation,
      Caller caller,
      UnknownValues unknown) {
    return unknown.during(() -> service.update(id, change, expectation, caller, unknown));
  }
}
