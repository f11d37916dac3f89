package io.kbsserver.notes;

import io.kbsserver.access.Caller;
import io.kbsserver.posts.WrittenContent;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.storage.RetriedOnConflict;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes notes, and tries again where another writer came in between. */
@Singleton
public class NoteWriter {

  /** What the text of a note is called in a request. */
  private static final String CONTENT = "note_content";

  /** About as many as WordPress keeps of a comment, so that a page of notes fits into memory. */
  private static final int LONGEST = 65_535;

  private final NoteService service;

  NoteWriter(NoteService service) {
    this.service = service;
  }

  /**
   * Adds a note to a ticket, in one transaction; its text is rendered before, and only once.
   *
   * @param content null where none is given
   */
  public CreatedNote create(long ticketId, @Nullable String content, Caller caller) {
    if (content == null) {
      throw new InvalidParameters(
          "required_fields",
          "Required fields missing.",
          Map.of(CONTENT, new Fault("rest_missing_param", CONTENT + " is required.")));
    }
    WrittenContent text =
        WrittenContent.of(CONTENT, content, caller.mayPublishUnfilteredHtml(), LONGEST);
    return new CreatedNote(
        create(ticketId, text, caller), text.whole() ? Set.of() : Set.of(CONTENT));
  }

  @RetriedOnConflict
  NoteView create(long ticketId, WrittenContent text, Caller caller) {
    return service.create(ticketId, text, caller);
  }
}
