package io.kbsserver.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What the plugin's first page tells about the one who asked for it. It counts all tickets and
 * shows those that he may see: whoever sees a ticket that has a customer is an agent. Who does not
 * see all of a page has a restricted view if he is one, and is a customer if not.
 *
 * @param mayBeCustomer whether he may be no agent
 * @param mayBeRestrictedAgent whether he may be an agent who does not see everything
 */
record ShownFacts(boolean mayBeCustomer, boolean mayBeRestrictedAgent) implements Facts {

  /** Nobody is neither. */
  static final Facts OF_NOBODY = new ShownFacts(false, false);

  /** What an answer tells; nothing where it is no page. */
  static Facts of(Answer page) {
    long total = Pages.totalOf(page);
    if (total < 0 || page.body() == null || !page.body().isArray()) {
      return NONE;
    }
    List<JsonNode> tickets = Situation.tickets(page);
    boolean agent =
        tickets.stream()
            .map(ticket -> ticket.path("ticket_data").path("customer"))
            .anyMatch(customer -> customer.asLong() > 0);
    boolean limited = tickets.size() < Math.min(10, total);
    return new ShownFacts(limited && !agent, limited && agent);
  }

  /** Customers see no ticket without a customer; what else is theirs, two answers do not tell. */
  @Override
  public boolean maySee(JsonNode ticket) {
    JsonNode customer = ticket.path("ticket_data").path("customer");
    return !mayBeCustomer || customer.isMissingNode() || customer.asLong() > 0;
  }
}
