package io.kbsserver.mail.notice;

import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailFactRepository;
import io.kbsserver.mail.MailKind;
import io.kbsserver.mail.ReplyFacts;
import io.kbsserver.mail.TicketFacts;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks once more, before a mail is sent, whether it is for whom it was owed to. */
@Singleton
public class StillTold {

  private final MailFactRepository facts;
  private final Recipients recipients;
  private final NamedAgents named;

  StillTold(MailFactRepository facts, Recipients recipients, NamedAgents named) {
    this.facts = facts;
    this.recipients = recipients;
    this.named = named;
  }

  /** Why it is not for them any more; empty where it is. */
  @Connectable
  public Optional<String> reasonAgainst(Mail mail) {
    Optional<TicketFacts> ticket = facts.ticket(mail.ticketId());
    if (ticket.isEmpty()) {
      return Optional.of("the ticket is gone");
    }
    MailKind kind = mail.isBy(ticket.get());
    boolean ofReply = kind == MailKind.REPLY || kind == MailKind.REPLY_NOTICE;
    if (ofReply && mail.firstReplyId() != null && mail.replyId() != null) {
      List<ReplyFacts> replies =
          facts.replies(mail.ticketId(), mail.firstReplyId(), mail.replyId(), 1);
      if (replies.isEmpty()) {
        return Optional.of("the reply is gone");
      }
      if (kind != mail.is() && isOfCustomer(replies.get(0))) {
        return Optional.of("the ticket is open again");
      }
    }
    List<Recipient> told = new ArrayList<>(recipients.of(kind, ticket.get(), cause(mail)));
    if (kind == MailKind.REPLY_NOTICE && mail.userId() == null) {
      // It was nobody's ticket then; whoever has got it since heard of it as it was given to them.
      told.addAll(recipients.ofSite(ticket.get()));
    }
    return told.stream().anyMatch(is -> isOf(is, mail))
        ? Optional.empty()
        : Optional.of("switched off, or not for this address any more");
  }

  private boolean isOfCustomer(ReplyFacts reply) {
    return reply.authorId() > 0 && !recipients.isTrusted(reply.authorId());
  }

  private Cause cause(Mail mail) {
    Set<Long> agents =
        mail.noteId() != null
            ? named.of(mail.noteId(), mail.ticketId())
            : mail.userId() == null ? Set.of() : Set.of(mail.userId());
    return new Cause(agents, Set.of(), mail.userId() == null);
  }

  private static boolean isOf(Recipient recipient, Mail mail) {
    return recipient.address().equalsIgnoreCase(mail.address())
        && recipient.role().kept().equals(mail.role())
        && (mail.userId() == null || mail.userId().equals(recipient.userId()));
  }
}
