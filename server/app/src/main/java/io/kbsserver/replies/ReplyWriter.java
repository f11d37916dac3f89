package io.kbsserver.replies;

import io.kbsserver.access.Caller;
import io.kbsserver.files.NewFiles;
import io.kbsserver.posts.WrittenContent;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.storage.RetriedOnConflict;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.Set;

/** Writes replies, and tries again where another writer came in between. */
@Singleton
public class ReplyWriter {

  private final ReplyService service;

  ReplyWriter(ReplyService service) {
    this.service = service;
  }

  /** Replies without files. */
  public CreatedReply create(
      long ticketId, ReplyDraft draft, Caller caller, UnknownValues unknown) {
    return create(ticketId, draft, new NewFiles(), caller, unknown);
  }

  /** Replies, in one transaction; the text is rendered before, and only once. */
  public CreatedReply create(
      long ticketId, ReplyDraft draft, NewFiles files, Caller caller, UnknownValues unknown) {
    WrittenContent content = service.content(ticketId, draft, caller);
    Set<String> changed = new LinkedHashSet<>();
    if (!content.whole()) {
      changed.add("reply_content");
    }
    changed.addAll(files.changed());
    return new CreatedReply(create(ticketId, draft, content, files, caller, unknown), changed);
  }

  @RetriedOnConflict
  ReplyView create(
      long ticketId,
      ReplyDraft draft,
      WrittenContent content,
      NewFiles files,
      Caller caller,
      UnknownValues unknown) {
    return unknown.during(() -> service.create(ticketId, draft, content, files, caller, unknown));
  }
}
