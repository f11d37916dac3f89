package io.kbsserver.replies;

import io.kbsserver.access.Caller;
import io.kbsserver.agents.AgentRepository;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.site.Site;
import io.kbsserver.text.SameText;
import io.kbsserver.text.WrittenId;
import io.kbsserver.tickets.LastReplyBy;
import io.kbsserver.tickets.RepliedTickets.Locked;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out in whose name a reply is written. Everybody speaks for themselves, those who run the
 * help desk also for any agent and for the ticket's customer.
 */
@Singleton
class ReplyAuthors {

  private final AgentRepository agents;
  private final ReplyRepository replies;

  ReplyAuthors(AgentRepository agents, ReplyRepository replies) {
    this.agents = agents;
    this.replies = replies;
  }

  /** The author, and the agent, of a reply. */
  ReplyAuthor of(
      ReplyDraft draft, Locked ticket, Caller caller, Site site, UnknownValues unknown) {
    long author = author(draft.author(), ticket, caller, site, unknown).orElse(caller.userId());
    Long agent =
        agent(draft.agent(), caller, site, unknown)
            .or(() -> agents.findById(author, site))
            .orElse(null);
    return new ReplyAuthor(author, agent, as(agent, ticket, site));
  }

  private LastReplyBy as(@Nullable Long agent, Locked ticket, Site site) {
    if (agent == null) {
      return LastReplyBy.CUSTOMER;
    }
    return !agent.equals(ticket.agentId()) && agents.isTicketAdmin(agent, site)
        ? LastReplyBy.MANAGER
        : LastReplyBy.AGENT;
  }

  private Optional<Long> author(
      @Nullable WrittenId named, Locked ticket, Caller caller, Site site, UnknownValues unknown) {
    if (named == null) {
      return Optional.empty();
    }
    refuseOthers(named, caller, site);
    Optional<Long> found =
        (named.id().isPresent() ? replies.logins(named.id().get()) : replies.logins(named.text()))
            .stream()
                .filter(login -> isMeant(named, login.id(), login.email()))
                .map(ReplyRepository.KnownUser::id)
                .findFirst();
    if (found.isEmpty()) {
      unknown.add("reply_author", "reply_author names nobody.");
    } else if (!found.get().equals(caller.userId())
        && !found.get().equals(ticket.userId())
        && agents.findById(found.get(), site).isEmpty()) {
      throw NotAllowed.toReplyForAnother();
    }
    return found;
  }

  private Optional<Long> agent(
      @Nullable WrittenId named, Caller caller, Site site, UnknownValues unknown) {
    if (named == null) {
      return Optional.empty();
    }
    refuseOthers(named, caller, site);
    Optional<Long> found =
        named.id().isPresent()
            ? agents.findById(named.id().get(), site)
            : agents.findByEmail(named.text(), site);
    if (found.isEmpty()) {
      unknown.add("agent", "agent names no agent.");
    }
    return found;
  }

  /** Who speaks for nobody else learns nothing of others, not even whether there are such. */
  private static void refuseOthers(WrittenId named, Caller caller, Site site) {
    if (!caller.isTicketAdmin(site) && !isMeant(named, caller.userId(), caller.email())) {
      throw NotAllowed.toReplyForAnother();
    }
  }

  private static boolean isMeant(WrittenId named, long id, String email) {
    return named
        .id()
        .map(meant -> meant == id)
        .orElseGet(() -> SameText.exceptCase(email, named.text()));
  }
}
