package io.kbsserver.mail.notice;

import io.kbsserver.mail.Mail;
import io.kbsserver.mail.MailFactRepository;
import io.kbsserver.mail.MailKind;
import io.kbsserver.mail.MailRole;
import io.kbsserver.mail.MailState;
import io.kbsserver.mail.ReplyFacts;
import io.kbsserver.mail.TicketFacts;
import io.kbsserver.mail.message.MailMessage;
import io.kbsserver.mail.message.MessageComposer;
import io.kbsserver.mail.message.MessageId;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.WallClock;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a mail about a ticket would say if it were owed now, to whomever. */
@Singleton
public class MailPreview {

  private static final String SOMEBODY = "somebody@example.org";

  private final MailFactRepository facts;
  private final Recipients recipients;
  private final NamedAgents named;
  private final MessageComposer composer;
  private final CurrentSite settings;
  private final Clock clock;

  MailPreview(
      MailFactRepository facts,
      Recipients recipients,
      NamedAgents named,
      MessageComposer composer,
      CurrentSite settings,
      Clock clock) {
    this.facts = facts;
    this.recipients = recipients;
    this.named = named;
    this.composer = composer;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A mail that nobody is sent.
   *
   * @param addresses who would get it by the settings and the ticket as they are
   */
  public record Previewed(List<String> addresses, MailMessage message) {}

  /** The mail of a kind about a ticket that there is. */
  @Connectable
  public Previewed of(MailKind kind, long ticketId) {
    TicketFacts ticket = facts.ticket(ticketId).orElseThrow();
    Long note = kind == MailKind.NOTE_NOTICE ? facts.newestNote(ticketId).orElse(null) : null;
    Set<Long> agents = note == null ? assigned(ticket) : named.of(note, ticketId);
    List<String> addresses =
        recipients.of(kind, ticket, new Cause(agents, Set.of(), true)).stream()
            .map(Recipient::address)
            .toList();
    Long reply =
        switch (kind) {
          case REPLY, REPLY_NOTICE -> facts.newestReply(ticketId).map(ReplyFacts::id).orElse(null);
          default -> null;
        };
    Mail mail =
        mail(kind, ticketId, reply, note, addresses.isEmpty() ? SOMEBODY : addresses.get(0));
    return new Previewed(addresses, composer.compose(mail));
  }

  private Set<Long> assigned(TicketFacts ticket) {
    Set<Long> agents = new LinkedHashSet<>(facts.additionalAgents(ticket.id()));
    if (ticket.agentId() != null) {
      agents.add(ticket.agentId());
    }
    return agents;
  }

  private Mail mail(
      MailKind kind, long ticketId, @Nullable Long reply, @Nullable Long note, String address) {
    LocalDateTime now = WallClock.now(clock);
    return new Mail(
        null,
        kind.kept(),
        ticketId,
        reply,
        reply,
        note,
        null,
        address,
        MailRole.TO.kept(),
        0,
        null,
        false,
        MessageId.of(kind, ticketId, reply, note, settings.current()),
        now,
        now,
        MailState.WAITING.kept(),
        0,
        null,
        null);
  }
}
