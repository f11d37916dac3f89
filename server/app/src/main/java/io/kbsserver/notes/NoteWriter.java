package io.kbsserver.notes;

import io.kbsserver.access.Caller;
import io.kbsserver.storage.RetriedOnConflict;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Writes notes, and tries again where another writer came in between. */
@Singleton
public class NoteWriter {

  private final NoteService service;

  NoteWriter(NoteService service) {
    this.service = service;
  }

  /** Adds a note to a ticket, in one transaction; its text is rendered before, and only once. */
  public CreatedNote create(long ticketId, @Nullable String content, Caller caller) {
    NoteText text = NoteText.of(content, caller.mayPublishUnfilteredHtml());
    return new CreatedNote(create(ticketId, text, caller), text.whole());
  }

  @RetriedOnConflict
  NoteView create(long ticketId, NoteText text, Caller caller) {
    return service.create(ticketId, text, caller);
  }
}
