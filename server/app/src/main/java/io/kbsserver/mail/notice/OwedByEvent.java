package io.kbsserver.mail.notice;

import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailFactRepository;
import io.kbsserver.mail.MailKind;
import io.kbsserver.mail.MailState;
import io.kbsserver.mail.TicketFacts;
import io.kbsserver.mail.message.MessageId;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.site.WallClock;
import io.micronaut.context.annotation.Property;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which mails an event is a reason for. */
@Singleton
class OwedByEvent {

  private final MailFactRepository facts;
  private final Recipients recipients;
  private final NamedAgents named;
  private final CurrentSite settings;
  private final Clock clock;
  private final Duration settle;

  OwedByEvent(
      MailFactRepository facts,
      Recipients recipients,
      NamedAgents named,
      CurrentSite settings,
      Clock clock,
      @Property(name = "kbs.mail.settle") Duration settle) {
    this.facts = facts;
    this.recipients = recipients;
    this.named = named;
    this.settings = settings;
    this.clock = clock;
    this.settle = settle;
  }

  /** The mails that these events are a reason for, in their order. */
  @Connectable
  List<Mail> of(List<TicketEvent> events) {
    List<Mail> owed = new ArrayList<>();
    for (TicketEvent event : events) {
      if (tellsOfAnything(event)) {
        facts.ticket(event.ticketId()).ifPresent(ticket -> add(event, ticket, owed));
      }
    }
    return owed;
  }

  private static boolean tellsOfAnything(TicketEvent event) {
    return event.opened()
        || event.closed()
        || !event.agents().isEmpty()
        || !event.replies().isEmpty()
        || !event.notes().isEmpty();
  }

  private void add(TicketEvent event, TicketFacts ticket, List<Mail> owed) {
    boolean byCustomer =
        event.causedBy() == null ? event.byMail() : !recipients.isTrusted(event.causedBy());
    boolean ofCustomer = isReplyOfCustomer(event, byCustomer);
    Cause plain = new Cause(Set.of(), Set.of(), byCustomer);
    if (event.opened()) {
      add(MailKind.RECEIVED, event, ticket, plain, null, owed);
      add(MailKind.NEW_TICKET_NOTICE, event, ticket, plain, null, owed);
    }
    if (!event.agents().isEmpty()) {
      Cause cause = new Cause(event.agents(), Set.of(), byCustomer);
      add(MailKind.ASSIGNED, event, ticket, cause, null, owed);
    }
    if (event.closed() && ticket.status().equals(BuiltInStatus.CLOSED)) {
      // Who is told that it is closed is not told of the reply by which it was.
      add(MailKind.CLOSED, event, ticket, plain, null, owed);
    } else if (!event.replies().isEmpty() && !ofCustomer) {
      add(MailKind.REPLY, event, ticket, plain, null, owed);
    }
    if (!event.replies().isEmpty()) {
      // A gateway that writes down what a customer says may log in as one of the agents.
      Set<Long> authors = ofCustomer ? event.authors() : authors(event);
      Cause cause = new Cause(Set.of(), authors, ofCustomer);
      add(MailKind.REPLY_NOTICE, event, ticket, cause, null, owed);
    }
    event
        .notes()
        .forEach(
            (note, position) -> {
              Cause cause = new Cause(named.of(note, ticket.id()), authors(event), byCustomer);
              add(MailKind.NOTE_NOTICE, event.at(position), ticket, cause, note, owed);
            });
  }

  /**
   * Whether none of the help desk wrote what was replied, whoever handed it in; where the author
   * has no login, who did decides.
   */
  private boolean isReplyOfCustomer(TicketEvent event, boolean byCustomer) {
    List<Long> known = event.authors().stream().filter(author -> author > 0).toList();
    return known.isEmpty() ? byCustomer : known.stream().noneMatch(recipients::isTrusted);
  }

  private static Set<Long> authors(TicketEvent event) {
    Set<Long> authors = new HashSet<>(event.authors());
    if (event.causedBy() != null) {
      authors.add(event.causedBy());
    }
    return authors;
  }

  private void add(
      MailKind kind,
      TicketEvent event,
      TicketFacts ticket,
      Cause cause,
      @Nullable Long note,
      List<Mail> owed) {
    Site site = settings.current();
    LocalDateTime now = WallClock.now(clock);
    List<Long> replies = event.replies();
    Long first = replies.isEmpty() ? null : replies.get(0);
    Long newest = replies.isEmpty() ? null : replies.get(replies.size() - 1);
    for (Recipient recipient : recipients.of(kind, ticket, cause)) {
      if (hasSent(event, recipient)) {
        continue;
      }
      Long stranger = cause.byCustomer() ? stranger(kind, event, recipient) : null;
      owed.add(
          new Mail(
              null,
              kind.kept(),
              ticket.id(),
              first,
              newest,
              note,
              recipient.userId(),
              recipient.address(),
              recipient.role().kept(),
              event.position(),
              stranger,
              stranger != null && !site.get(Setting.MAIL_TEXT_TO_OTHERS),
              MessageId.of(kind, ticket.id(), newest, note, site),
              now,
              now.plus(settle),
              MailState.WAITING.kept(),
              0,
              null,
              null));
    }
  }

  /** Who answers by mail is not told of that, as whom ever they would be. */
  private boolean hasSent(TicketEvent event, Recipient recipient) {
    return event.byMail()
        && !event.replies().isEmpty()
        && facts.senders(event.ticketId(), event.replies()).stream()
            .anyMatch(recipient.address()::equalsIgnoreCase);
  }

  /** Who has this mail sent to somebody else, and is nobody of the help desk. */
  private @Nullable Long stranger(MailKind kind, TicketEvent event, Recipient recipient) {
    Long user = event.causedBy();
    return kind.isForCustomer() && user != null && !recipients.isOwn(recipient.address(), user)
        ? user
        : null;
  }
}
