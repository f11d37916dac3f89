package io.kbsserver.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is true of a site, of who asks and of its tickets. A database knows all of it, two answers
 * know less: where something is not known, it may be so.
 */
public interface Facts {

  /** Nothing is known. */
  Facts NONE = new Facts() {};

  /** Whether the one who asks has a login and is no agent. */
  default boolean mayBeCustomer() {
    return true;
  }

  /** Whether the one who asks is an agent who sees only what concerns him. */
  default boolean mayBeRestrictedAgent() {
    return true;
  }

  /** Whether the site restricts the view of agents. */
  default boolean mayRestrictAgents() {
    return true;
  }

  /** Whether the one who asks may see a ticket, by the rules of this server. */
  default boolean maySee(JsonNode ticket) {
    return true;
  }

  /** Whether the plugin is as it was shipped, and lists no tickets at all. */
  default boolean listsNothing() {
    return false;
  }

  /** Whether a ticket has no customer. */
  default boolean mayHaveNoCustomer(JsonNode ticket) {
    JsonNode data = ticket.path("ticket_data");
    return data.isMissingNode() || data.path("customer").asLong(0) == 0;
  }

  /** Whether one of the tickets that a request asks for is protected by a password. */
  default boolean mayMeetProtected() {
    return true;
  }

  /** How many tickets a request means, of those that the caller may see. */
  default OptionalLong total() {
    return OptionalLong.empty();
  }

  /** The zone of the site. */
  default Optional<ZoneId> zone() {
    return Optional.empty();
  }

  /** When the plugin answered. */
  default Optional<Instant> moment() {
    return Optional.empty();
  }

  /** Whether no company has this id. */
  default boolean mayBeNoCompany(long id) {
    return true;
  }

  /**
   * Whether a text is another one that WordPress filtered once more.
   *
   * @param field title or content
   * @param kept the text as it was, raw and rendered
   * @param sent the text as the plugin sends it, raw and rendered
   */
  default boolean mayBeFiltered(String field, JsonNode kept, JsonNode sent) {
    return true;
  }

  /** Whether a ticket other than this one has a number. */
  default boolean mayBeTaken(String number, long ticketId) {
    return true;
  }

  /** Whether so many tickets and replies have a term. */
  default boolean mayBeAllThatHave(long termId, long count) {
    return true;
  }
}
