package io.kbsserver.mail.message;

import io.kbsserver.mail.MailKind;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What mails are known by: they name the ticket and what of it they tell, and cannot be guessed.
 */
public final class MessageId {

  private static final String NOWHERE = "kbs-server.invalid";

  private MessageId() {}

  /** A new one, without the angle brackets. */
  public static String of(
      MailKind kind, long ticketId, @Nullable Long replyId, @Nullable Long noteId, Site site) {
    StringBuilder id = new StringBuilder("ticket-").append(ticketId);
    if (replyId != null) {
      id.append(".reply-").append(replyId);
    }
    if (noteId != null) {
      id.append(".note-").append(noteId);
    }
    return id + "." + kind.kept() + "." + once() + "@" + domain(site);
  }

  /** That of a mail which is about no ticket. */
  static String ofTrial(Site site) {
    return "trial." + once() + "@" + domain(site);
  }

  private static String once() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** The one that all about a ticket belong under; no mail has it. */
  static String ofTicket(long ticketId, Site site) {
    return "ticket-" + ticketId + "@" + domain(site);
  }

  /** Where the site's mails come from. */
  static String domain(Site site) {
    String from = site.get(Setting.FROM_EMAIL);
    return from.isEmpty() ? NOWHERE : from.substring(from.indexOf('@') + 1);
  }
}
