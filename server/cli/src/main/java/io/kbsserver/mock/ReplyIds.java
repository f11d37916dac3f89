package io.kbsserver.mock;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.contract.Contract;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/**
 * The ids of replies, from which follows whose they are: so that a reply names the ticket in whose
 * list it stands. Each ticket has as many as a list has items, the example's ticket those up to the
 * example's reply.
 */
@Singleton
@Requires(beans = MockMode.class)
class ReplyIds {

  /** Tickets before the first that would have ids above 0 have theirs behind those of this one. */
  private static final long FAR = 1_000_000;

  /** Ids have no more than 18 digits here: the tickets behind this one share theirs. */
  private static final long FARTHEST = 10_000_000_000_000_000L;

  private final long shownTicket;
  private final long shownReply;
  private final long first;

  ReplyIds(Contract contract) {
    JsonNode reply =
        contract
            .operation("getReply")
            .flatMap(operation -> operation.example(200))
            .orElseThrow()
            .body();
    shownTicket = reply.at("/ticket_data/ID").asLong();
    shownReply = reply.path("id").asLong();
    first = shownTicket - (shownReply / ToldLists.TOTAL) + 1;
  }

  /** The last reply to a ticket. */
  long last(long ticket) {
    long id = Math.min(ticket, FARTHEST);
    long place = id < first ? FAR + id : id <= FAR ? id : id + first;
    return shownReply + (place - shownTicket) * ToldLists.TOTAL;
  }

  /** The ticket that a reply belongs to. */
  long ticket(long reply) {
    long place = shownTicket - Math.floorDiv(shownReply - reply, ToldLists.TOTAL);
    return place <= FAR ? place : place < FAR + first ? place - FAR : place - first;
  }
}
