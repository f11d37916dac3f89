package io.kbsserver.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What the plugin's first page tells about the one who asked for it. It counts all tickets and
 * shows those that he may see: whoever sees a ticket that has a customer is an agent. Who does not
 * see all of a page has a restricted view if he is one, and is a customer if not. The same holds of
 * tickets that were asked for one by one, where the plugin lists none.
 *
 * @param listsNothing whether the plugin refuses every list
 * @param mayBeCustomer whether he may be no agent
 * @param mayBeRestrictedAgent whether he may be an agent who does not see everything
 * @param mayMeetProtected whether the plugin fails over one ticket that was asked for, not over all
 * @param owners whose the tickets are that he was shown as a customer, over the whole run
 */
record ShownFacts(
    boolean listsNothing,
    boolean mayBeCustomer,
    boolean mayBeRestrictedAgent,
    boolean mayMeetProtected,
    Owners owners)
    implements Facts {

  /** Nobody is neither. */
  static ShownFacts ofNobody(boolean listsNothing) {
    return new ShownFacts(listsNothing, false, false, false, new Owners(""));
  }

  /** What an answer to a login tells; where it is no page, both may be. */
  static ShownFacts of(Login login, SiteAnswer page) {
    Owners owners = new Owners(login.name());
    long total = Pages.totalOf(page);
    if (total < 0 || page.body() == null || !page.body().isArray()) {
      return new ShownFacts(false, true, true, false, owners);
    }
    List<JsonNode> tickets = Situation.tickets(page);
    return of(false, owners, tickets, tickets.size() < Math.min(10, total));
  }

  /**
   * What answers about single tickets tell, where the plugin lists none.
   *
   * @param tickets those that a login was shown
   * @param limited whether it was refused others
   */
  static ShownFacts ofSingle(Login login, List<JsonNode> tickets, boolean limited) {
    Owners owners = new Owners(login.name());
    return tickets.isEmpty() && !limited
        ? new ShownFacts(true, true, true, false, owners)
        : of(true, owners, tickets, limited);
  }

  private static ShownFacts of(
      boolean listsNothing, Owners owners, List<JsonNode> tickets, boolean limited) {
    boolean agent =
        tickets.stream()
            .map(ticket -> ticket.path("ticket_data").path("customer"))
            .anyMatch(customer -> customer.asLong() > 0);
    return new ShownFacts(listsNothing, limited && !agent, limited && agent, false, owners);
  }

  /** The same about a request that meets a protected ticket, or not. */
  ShownFacts meeting(boolean isProtected) {
    return new ShownFacts(listsNothing, mayBeCustomer, mayBeRestrictedAgent, isProtected, owners);
  }

  /** What an agent may see, two answers do not tell. */
  @Override
  public boolean maySee(JsonNode ticket) {
    return !mayBeCustomer || mayBeRestrictedAgent || owners.fits(ticket);
  }
}
