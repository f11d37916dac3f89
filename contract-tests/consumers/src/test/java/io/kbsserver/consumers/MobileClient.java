package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.TicketsApi.APIUpdateTicketRequest;
import io.kbsserver.client.model.RouteDescription;
import io.kbsserver.client.model.Ticket;
import io.kbsserver.client.model.TicketUpdate;
import java.util.List;
import java.util.Optional;

/** The app that agents carry: reads a ticket by the number that somebody shows, and works on it. */
final class MobileClient {

  private final Api api;

  MobileClient(Api api) {
    this.api = api;
  }

  /** A ticket on a small screen. */
  record Card(
      long id, String number, String title, String text, String status, long agent, String email) {

    static Card of(Ticket ticket) {
      return new Card(
          ticket.getId(),
          ticket.getTicketData().getNumber(),
          ticket.getTitle().getRaw(),
          ticket.getContent().getRendered(),
          ticket.getStatus(),
          ticket.getTicketData().getAgent(),
          ticket.getTicketData().getEmail());
    }
  }

  /** What became of a change: how the ticket is now, and what the site ignored of it. */
  record Changed(Card card, Optional<String> resolved, List<String> ignored) {}

  Card find(String number) throws ApiException {
    return Card.of(api.tickets().getTicket(number, null, null, null));
  }

  Changed assign(long id, String agent) throws ApiException {
    return change(id, new TicketUpdate().agent(agent), null);
  }

  Changed setStatus(long id, String status) throws ApiException {
    return change(id, new TicketUpdate().status(status), null);
  }

  /** The same on a site that may be stricter than this app. */
  Changed assignIfKnown(long id, String agent) throws ApiException {
    return change(id, new TicketUpdate().agent(agent), "handling=lenient");
  }

  /** Whether the app shows the buttons that change the ticket. */
  boolean mayChange(long id) throws ApiException {
    ApiResponse<RouteDescription> route =
        api.tickets().describeTicketWithHttpInfo(Long.toString(id));
    return route.getHeaders().getOrDefault("allow", List.of("")).get(0).contains("POST");
  }

  private Changed change(long id, TicketUpdate changes, String preference) throws ApiException {
    ApiResponse<Ticket> answer =
        api.tickets()
            .updateTicketWithHttpInfo(
                APIUpdateTicketRequest.newBuilder()
                    .idOrNumber(Long.toString(id))
                    .changes(changes)
                    .prefer(preference)
                    .build());
    return new Changed(
        Card.of(answer.getData()),
        Optional.ofNullable(answer.getData().getTicketData().getResolvedDate()),
        answer.getHeaders().getOrDefault("kbs-ignored-parameters", List.of()));
  }
}
