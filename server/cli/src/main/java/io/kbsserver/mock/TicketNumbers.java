package io.kbsserver.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kbsserver.contract.Contract;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers and keys of tickets, which follow from their ids: so that each ticket has its own,
 * and is found by it.
 */
@Singleton
@Requires(beans = MockMode.class)
class TicketNumbers {

  private static final Pattern NUMBER = Pattern.compile("(\\D+)(\\d{1,15})(\\D*)");

  /** So many digits of a key are counted in. */
  private static final int COUNTED = 8;

  private static final String DATA = "ticket_data";

  private final long id;
  private final Matcher number;
  private final String key;

  TicketNumbers(Contract contract) {
    JsonNode ticket =
        contract
            .operation("getTicket")
            .flatMap(operation -> operation.example(200))
            .orElseThrow()
            .body();
    id = ticket.path("id").asLong();
    number = NUMBER.matcher(ticket.at("/ticket_data/number").asText());
    key = ticket.at("/ticket_data/key").asText();
    if (!number.matches()) {
      throw new IllegalStateException("The ticket of the contract has no number");
    }
  }

  /** The id of the ticket with a number; nothing where numbers look otherwise here. */
  Optional<Long> id(String asked) {
    Matcher given = NUMBER.matcher(asked);
    return given.matches()
            && given.group(1).equalsIgnoreCase(number.group(1))
            && given.group(3).equalsIgnoreCase(number.group(3))
        ? Optional.of(Long.parseLong(given.group(2)) - first()).filter(id -> id > 0)
        : Optional.empty();
  }

  /** Gives all tickets that are told of their numbers. */
  void tell(JsonNode told) {
    JsonNode data = told.path(DATA);
    if (data instanceof ObjectNode ticket && ticket.has("number")) {
      long of = ticket.path("ID").asLong(told.path("id").asLong());
      ticket.put("number", number.group(1) + (first() + of) + number.group(3));
      ticket.put("key", key(of));
    }
    told.forEach(this::tell);
  }

  private long first() {
    return Long.parseLong(number.group(2)) - id;
  }

  private String key(long of) {
    String start = key.substring(0, key.length() - COUNTED);
    long end = Long.parseLong(key.substring(start.length()), 16) - id + of;
    String digits = String.format("%0" + COUNTED + "x", end);
    return start + digits.substring(digits.length() - COUNTED);
  }
}
