package io.kbsserver.mail.notice;

import io.kbsserver.access.Caller;
import io.kbsserver.access.KnownCallers;
import io.kbsserver.access.VisibleTicketList;
import io.kbsserver.mail.MailFactRepository;
import io.kbsserver.mail.MailKind;
import io.kbsserver.mail.MailRole;
import io.kbsserver.mail.TicketFacts;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.text.PlainText;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who gets which mail: by the settings, the ticket and the rights of agents as they are now. */
@Singleton
class Recipients {

  /** In the list of the site's addresses, the one whom the ticket is assigned to. */
  private static final String AGENT = "{agent}";

  private final MailFactRepository facts;
  private final KnownCallers callers;
  private final VisibleTicketList visible;
  private final CurrentSite settings;

  Recipients(
      MailFactRepository facts,
      KnownCallers callers,
      VisibleTicketList visible,
      CurrentSite settings) {
    this.facts = facts;
    this.callers = callers;
    this.visible = visible;
    this.settings = settings;
  }

  /** Those who get a mail of this kind, each address once. */
  List<Recipient> of(MailKind kind, TicketFacts ticket, Cause cause) {
    Site site = settings.current();
    List<Recipient> all =
        ticket.status().equals(BuiltInStatus.DELETED)
            ? List.of()
            : switch (kind) {
              case RECEIVED ->
                  site.get(Setting.TICKET_RECEIVED_DISABLE_EMAIL)
                          || isNotToBeTold(ticket.email(), site)
                      ? List.of()
                      : customers(ticket, site);
              case REPLY ->
                  site.get(Setting.TICKET_REPLY_DISABLE_EMAIL)
                      ? List.of()
                      : customers(ticket, site);
              case CLOSED ->
                  site.get(Setting.TICKET_CLOSED_DISABLE_EMAIL)
                          || !ticket.status().equals(BuiltInStatus.CLOSED)
                      ? List.of()
                      : customers(ticket, site);
              case NEW_TICKET_NOTICE ->
                  site.get(Setting.DISABLE_ADMIN_NOTICES) ? List.of() : ofSite(ticket, site);
              case ASSIGNED ->
                  site.get(Setting.AGENT_NOTICES)
                      ? agents(both(cause.agents(), assigned(ticket, site)), ticket, site)
                      : List.of();
              case REPLY_NOTICE ->
                  site.get(Setting.AGENT_REPLY_NOTICES) ? ofReply(ticket, cause, site) : List.of();
              case NOTE_NOTICE ->
                  site.get(Setting.AGENT_NOTE_NOTICES)
                      ? agents(without(cause.agents(), cause.authors()), ticket, site)
                      : List.of();
            };
    Map<String, Recipient> once = new LinkedHashMap<>();
    for (Recipient recipient : all) {
      once.putIfAbsent(recipient.address().toLowerCase(Locale.ROOT), recipient);
    }
    return List.copyOf(once.values());
  }

  /** The addresses of the site, as far as they are told of replies to tickets that nobody has. */
  List<Recipient> ofSite(TicketFacts ticket) {
    Site site = settings.current();
    return ticket.status().equals(BuiltInStatus.DELETED) || !site.get(Setting.AGENT_REPLY_NOTICES)
        ? List.of()
        : ofSite(ticket, site);
  }

  /** Whoever may have anybody written to. */
  boolean isTrusted(long userId) {
    return callers.find(userId).map(Caller::mayEditTickets).orElse(false);
  }

  /** Whether this is the address of a user. */
  boolean isOwn(String address, long userId) {
    return callers
        .find(userId)
        .map(caller -> caller.email().equalsIgnoreCase(address))
        .orElse(false);
  }

  private List<Recipient> customers(TicketFacts ticket, Site site) {
    if (!ticket.open() || !PlainText.isEmail(ticket.email())) {
      return List.of();
    }
    List<Recipient> all = new ArrayList<>();
    all.add(Recipient.of(ticket.email()));
    List<String> copies = new ArrayList<>();
    if (site.get(Setting.COPY_PARTICIPANTS) && site.get(Setting.ENABLE_PARTICIPANTS)) {
      copies.addAll(facts.participants(ticket.id()));
    }
    if (site.get(Setting.COPY_COMPANY_CONTACT)) {
      copies.add(ticket.companyEmail());
    }
    copies.stream().filter(PlainText::isEmail).map(Recipient::copied).forEach(all::add);
    return all;
  }

  private static boolean isNotToBeTold(String address, Site site) {
    String lower = address.toLowerCase(Locale.ROOT);
    return site.get(Setting.NO_NOTIFY_RECEIVED_EMAILS).stream()
        .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
        .anyMatch(entry -> entry.startsWith("@") ? lower.endsWith(entry) : lower.equals(entry));
  }

  private List<Recipient> ofSite(TicketFacts ticket, Site site) {
    List<Recipient> all = new ArrayList<>();
    for (String entry : site.get(Setting.ADMIN_NOTICE_EMAILS)) {
      String address = entry.strip();
      if (address.equals(AGENT) && ticket.agentId() != null) {
        all.addAll(agents(List.of(ticket.agentId()), ticket, site));
      } else if (PlainText.isEmail(address)) {
        all.add(Recipient.of(address));
      }
    }
    return all;
  }

  /** The agents of the ticket, or who looks after new ones where it has none. */
  private List<Recipient> ofReply(TicketFacts ticket, Cause cause, Site site) {
    Set<Long> assigned = assigned(ticket, site);
    return assigned.isEmpty() && cause.byCustomer()
        ? ofSite(ticket, site)
        : agents(without(assigned, cause.authors()), ticket, site);
  }

  private Set<Long> assigned(TicketFacts ticket, Site site) {
    Set<Long> assigned = new LinkedHashSet<>();
    if (ticket.agentId() != null) {
      assigned.add(ticket.agentId());
    }
    if (site.get(Setting.MULTIPLE_AGENTS)) {
      assigned.addAll(facts.additionalAgents(ticket.id()));
    }
    return assigned;
  }

  /** Those who are agents, and see the ticket. */
  private List<Recipient> agents(Collection<Long> ids, TicketFacts ticket, Site site) {
    return ids.stream()
        .map(callers::find)
        .flatMap(Optional::stream)
        .filter(caller -> caller.isAgent(site) && PlainText.isEmail(caller.email()))
        .filter(caller -> !visible.among(List.of(ticket.id()), caller).isEmpty())
        .map(caller -> new Recipient(caller.email(), MailRole.TO, caller.userId()))
        .toList();
  }

  private static Set<Long> both(Set<Long> some, Set<Long> others) {
    Set<Long> both = new LinkedHashSet<>(some);
    both.retainAll(others);
    return both;
  }

  private static Set<Long> without(Set<Long> some, Set<Long> others) {
    Set<Long> left = new LinkedHashSet<>(some);
    left.removeAll(others);
    return left;
  }
}
