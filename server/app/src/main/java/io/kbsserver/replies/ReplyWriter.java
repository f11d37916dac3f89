package io.kbsserver.replies;

import io.kbsserver.access.Caller;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.storage.RetriedOnConflict;
import io.kbsserver.tickets.WrittenContent;
import jakarta.inject.Singleton;

/** Writes replies, and tries again where another writer came in between. */
@Singleton
public class ReplyWriter {

  private final ReplyService service;

  ReplyWriter(ReplyService service) {
    this.service = service;
  }

  /** Replies, in one transaction; the text is rendered before, and only once. */
  public CreatedReply create(
      long ticketId, ReplyDraft draft, Caller caller, UnknownValues unknown) {
    WrittenContent content = service.content(ticketId, draft, caller);
    return new CreatedReply(create(ticketId, draft, content, caller, unknown), content.whole());
  }

  @RetriedOnConflict
  ReplyView create(
      long ticketId,
      ReplyDraft draft,
      WrittenContent content,
      Caller caller,
      UnknownValues unknown) {
    return unknown.during(() -> service.create(ticketId, draft, content, caller, unknown));
  }
}
