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

  /** The text of a reply that came by mail, made harmless and rendered before it is written. */
  public WrittenContent mailed(String text) {
    return service.mailedContent(text);
  }

  /**
   * Replies in the name of who takes part in the ticket by this address; to be called in a
   * transaction, which is tried again where another writer came in between.
   *
   * @return the id of the reply
   */
  public long createByMail(long ticketId, String address, WrittenContent content, NewFiles files) {
    return service.createByMail(ticketId, address, content, files).id();
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
