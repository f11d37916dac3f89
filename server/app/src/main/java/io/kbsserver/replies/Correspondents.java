package io.kbsserver.replies;

import io.kbsserver.access.Caller;
import io.kbsserver.access.KnownCallers;
import io.kbsserver.access.VisibleTicketList;
import io.kbsserver.replies.CorrespondentRepository.ListedTicket;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.text.SameText;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Who takes part in a ticket: its agents, its customer, and its participants where the site has
 * them. Nobody else replies by mail, whatever they may do with a password.
 */
@Singleton
public class Correspondents {

  private final CorrespondentRepository repository;
  private final ReplyRepository replies;
  private final KnownCallers callers;
  private final VisibleTicketList visible;
  private final CurrentSite settings;

  Correspondents(
      CorrespondentRepository repository,
      ReplyRepository replies,
      KnownCallers callers,
      VisibleTicketList visible,
      CurrentSite settings) {
    this.repository = repository;
    this.replies = replies;
    this.callers = callers;
    this.visible = visible;
    this.settings = settings;
  }

  /** The one with an address; empty where they take no part, or the ticket is not listed. */
  @Connectable
  public Optional<Correspondent> find(long ticketId, String address) {
    Site site = settings.current();
    Optional<ListedTicket> ticket = repository.listed(ticketId);
    if (ticket.isEmpty()) {
      return Optional.empty();
    }
    List<ReplyRepository.KnownUser> users =
        replies.logins(address).stream()
            .filter(user -> SameText.exceptCase(user.email(), address))
            .toList();
    List<Caller> logins =
        users.stream().map(user -> callers.find(user.id())).flatMap(Optional::stream).toList();
    return logins.stream()
        .filter(caller -> isAgentOf(ticket.get(), caller, site))
        .findFirst()
        .map(caller -> new Correspondent(caller, null))
        .or(
            () ->
                users.isEmpty() || !logins.isEmpty()
                    ? outside(ticket.get(), address, logins, site)
                    : Optional.empty());
  }

  private boolean isAgentOf(ListedTicket ticket, Caller caller, Site site) {
    boolean isAssigned =
        Long.valueOf(caller.userId()).equals(ticket.agentId())
            || site.get(Setting.MULTIPLE_AGENTS)
                && repository.additionalAgents(ticket.id()).contains(caller.userId());
    return isAssigned && caller.isAgent(site) && visible.isToReply(ticket.id(), caller);
  }

  private Optional<Correspondent> outside(
      ListedTicket ticket, String address, List<Caller> logins, Site site) {
    if (!ticket.open()) {
      return Optional.empty();
    }
    if (isAmong(repository.customerAddresses(ticket.id()), address)) {
      Long user = ticket.userId();
      return ticket.blocked()
          ? Optional.empty()
          : Optional.of(
              new Correspondent(user == null ? null : callers.find(user).orElse(null), null));
    }
    return site.get(Setting.ENABLE_PARTICIPANTS)
            && isAmong(repository.participants(ticket.id()), address)
        ? Optional.of(new Correspondent(logins.isEmpty() ? null : logins.get(0), address))
        : Optional.empty();
  }

  private static boolean isAmong(List<String> addresses, String address) {
    return addresses.stream().anyMatch(one -> SameText.exceptCase(one, address));
  }
}
