package io.kbsserver.mail.message;

import io.kbsserver.files.AttachedFile;
import io.kbsserver.files.AttachedFiles;
import io.kbsserver.files.StoredFile;
import io.kbsserver.mail.Mail;
import io.kbsserver.mail.ReplyFacts;
import io.kbsserver.mail.message.MailMessage.Attachment;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** The files that a mail tells of: they come with it, or are named in it. */
@Singleton
class MailFiles {

  static final Found NONE = new Found(List.of(), List.of(), List.of());

  /** Many mail servers take no more than this at a time, a third of it for the encoding. */
  private static final long MOST_BYTES = 10_000_000;

  private static final String OF_TICKET = "ticket_files";
  private static final String OF_REPLY = "reply_files";

  private final AttachedFiles files;

  MailFiles(AttachedFiles files) {
    this.files = files;
  }

  /**
   * The files of a mail.
   *
   * @param attachments those that come with it
   * @param namedOfTicket those of the ticket that are only named
   * @param namedOfReply the same of what was replied
   */
  record Found(
      List<Attachment> attachments,
      List<AttachedFile> namedOfTicket,
      List<AttachedFile> namedOfReply) {}

  /** Those that the text of a mail asks for. */
  Found of(Mail mail, String text, Site site, List<ReplyFacts> replies) {
    boolean wantsTicket = TaggedText.names(text, OF_TICKET);
    boolean wantsReply = TaggedText.names(text, OF_REPLY);
    if (!site.get(Setting.ATTACH_FILES)) {
      return new Found(
          List.of(),
          wantsTicket ? files.ofTicket(mail.ticketId()) : List.of(),
          wantsReply ? ofReplies(mail, replies) : List.of());
    }
    if (!wantsTicket && !wantsReply) {
      return NONE;
    }
    boolean isOfTicket =
        switch (mail.is()) {
          case RECEIVED, NEW_TICKET_NOTICE -> true;
          case REPLY, REPLY_NOTICE -> false;
          case CLOSED, ASSIGNED, NOTE_NOTICE -> replies.isEmpty();
        };
    List<Attachment> attachments = new ArrayList<>();
    List<AttachedFile> named =
        attach(
            isOfTicket ? files.ofTicket(mail.ticketId()) : ofReplies(mail, replies), attachments);
    // Whichever the text has of the two, they are said there.
    boolean isSaidOfTicket = wantsTicket && (isOfTicket || !wantsReply);
    return new Found(
        attachments, isSaidOfTicket ? named : List.of(), isSaidOfTicket ? List.of() : named);
  }

  private List<AttachedFile> ofReplies(Mail mail, List<ReplyFacts> replies) {
    return replies.stream()
        .flatMap(reply -> files.ofReply(mail.ticketId(), reply.id()).stream())
        .toList();
  }

  /** Adds those that come with it; tells the others. */
  private List<AttachedFile> attach(List<AttachedFile> found, List<Attachment> attachments) {
    List<AttachedFile> named = new ArrayList<>();
    long bytes = 0;
    for (AttachedFile file : found) {
      StoredFile content = file.content();
      if (content == null || bytes + content.size() > MOST_BYTES || !files.has(content)) {
        named.add(file);
      } else {
        bytes += content.size();
        attachments.add(
            new Attachment(
                OneLine.of(file.name()),
                content.type(),
                content.size(),
                () -> files.open(content)));
      }
    }
    return named;
  }
}
