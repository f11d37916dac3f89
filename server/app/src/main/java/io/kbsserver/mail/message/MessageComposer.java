package io.kbsserver.mail.message;

import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailFactRepository;
import io.kbsserver.mail.MailKind;
import io.kbsserver.mail.MailRepository;
import io.kbsserver.mail.ReplyFacts;
import io.kbsserver.mail.TicketFacts;
import io.kbsserver.mail.message.MailMessage.Address;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.text.Rendering;
import io.micronaut.context.annotation.Property;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds what is sent of a mail, by the settings and the ticket as they are now. */
@Singleton
public class MessageComposer {

  /** More of what was replied in a row is not told in one mail. */
  private static final int MOST_REPLIES = 20;

  /** Mails that one refers to; programs need the first and the last ones. */
  private static final int MOST_REFERENCES = 10;

  private final MailFactRepository facts;
  private final MailRepository mails;
  private final MailFiles files;
  private final CurrentSite settings;
  private final boolean mailsComeIn;

  MessageComposer(
      MailFactRepository facts,
      MailRepository mails,
      MailFiles files,
      CurrentSite settings,
      @Nullable @Property(name = "kbs.mail.in.url") String mailbox) {
    this.facts = facts;
    this.mails = mails;
    this.files = files;
    this.settings = settings;
    this.mailsComeIn = mailbox != null;
  }

  /**
   * The mail as it is to be sent.
   *
   * @throws MailFault where it cannot be built
   */
  @Connectable
  public MailMessage compose(Mail mail) {
    Site site = settings.current();
    Address from = sender(site);
    TicketFacts ticket =
        facts.ticket(mail.ticketId()).orElseThrow(() -> new MailFault("the ticket is gone"));
    List<ReplyFacts> replies = replies(mail);
    MailText text =
        mail.bare()
            ? MailText.bare(mail.is(), site)
            : MailText.of(mail.isBy(ticket), mail.replyId() != null && !replies.isEmpty(), site);
    MailFiles.Found found =
        mail.bare() ? MailFiles.NONE : files.of(mail, text.content(), site, replies);
    TaggedText tagged = new TaggedText(tags(mail, ticket, replies, found, site));
    MailPage page = page(text, tagged, marker(mail, site), site);
    return new MailMessage(
        bracketed(mail.messageId()),
        from,
        from,
        mail.address(),
        tagged.line(text.subject()),
        page.html(),
        page.text(),
        headers(mail, site),
        found.attachments());
  }

  /**
   * A mail that is about nothing, to see whether it arrives.
   *
   * @throws MailFault where it cannot be built
   */
  @Connectable
  public MailMessage trial(String address) {
    Site site = settings.current();
    Address from = sender(site);
    MailText text = MailText.trial(site);
    TaggedText tagged = new TaggedText(new TicketTags(site).ofSite().all());
    MailPage page = page(text, tagged, "", site);
    return new MailMessage(
        bracketed(MessageId.ofTrial(site)),
        from,
        from,
        address,
        tagged.line(text.subject()),
        page.html(),
        page.text(),
        ofProgram(site),
        List.of());
  }

  private static Address sender(Site site) {
    String sender = site.get(Setting.FROM_EMAIL);
    if (sender.isEmpty()) {
      throw new MailFault("the setting from_email is empty");
    }
    return new Address(SiteNames.sender(site), sender);
  }

  private static MailPage page(MailText text, TaggedText tagged, String marker, Site site) {
    return new MailPage(
        site,
        marker,
        tagged.line(text.subject()),
        tagged.line(text.heading()),
        tagged.html(Rendering.paragraphs(text.content())));
  }

  /** What is said of a note is not for the customer, and so not taken by mail. */
  private String marker(Mail mail, Site site) {
    if (!mailsComeIn) {
      return "";
    }
    return mail.is() == MailKind.NOTE_NOTICE ? ReplyMarker.ofNote(site) : ReplyMarker.of(site);
  }

  private Map<String, TagValue> tags(
      Mail mail, TicketFacts ticket, List<ReplyFacts> replies, MailFiles.Found found, Site site) {
    TicketTags tags = new TicketTags(site);
    if (mail.bare()) {
      return tags.number(ticket).all();
    }
    tags.ticket(ticket).replies(replies);
    // The key opens the ticket to whoever has it: it is its customer's.
    String key = mail.is().isForCustomer() ? ticket.ticketKey() : "";
    tags.files("ticket_files", found.namedOfTicket(), ticket, key)
        .files("reply_files", found.namedOfReply(), ticket, key);
    if (mail.is() == MailKind.NOTE_NOTICE) {
      Long note = mail.noteId();
      tags.note(note == null ? "" : facts.shownNote(note, mail.ticketId()).orElse(""));
    }
    return tags.all();
  }

  /** Those that it tells of; the newest one where it tells of something else. */
  private List<ReplyFacts> replies(Mail mail) {
    if (mail.firstReplyId() == null || mail.replyId() == null) {
      return facts.newestReply(mail.ticketId()).stream().toList();
    }
    List<ReplyFacts> replies =
        new ArrayList<>(
            facts.replies(mail.ticketId(), mail.firstReplyId(), mail.replyId(), MOST_REPLIES));
    Collections.reverse(replies);
    return replies;
  }

  private Map<String, String> headers(Mail mail, Site site) {
    List<String> before = new ArrayList<>();
    long id = mail.id() == null ? Long.MAX_VALUE : mail.id();
    before.addAll(mails.earlier(mail.ticketId(), mail.address(), id, MOST_REFERENCES));
    Collections.reverse(before);
    before.add(0, MessageId.ofTicket(mail.ticketId(), site));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("In-Reply-To", bracketed(before.get(before.size() - 1)));
    headers.put(
        "References",
        before.stream().map(MessageComposer::bracketed).collect(Collectors.joining(" ")));
    headers.putAll(ofProgram(site));
    return headers;
  }

  /** Says that a program wrote it, so that none answers. */
  private static Map<String, String> ofProgram(Site site) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Auto-Submitted", "auto-generated");
    headers.put("X-Auto-Response-Suppress", "All");
    headers.put("List-Id", "<tickets." + MessageId.domain(site) + ">");
    return headers;
  }

  private static String bracketed(String id) {
    return "<" + id + ">";
  }
}
