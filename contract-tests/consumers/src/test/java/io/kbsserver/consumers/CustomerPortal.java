package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.TicketsApi.APIListTicketsRequest;
import io.kbsserver.client.model.Attachment;
import io.kbsserver.client.model.Ticket;
import java.util.List;

/** Where customers see how their own tickets stand. */
final class CustomerPortal {

  private static final List<String> SHOWN = List.of("id", "status", "title.rendered", "date");

  private final Api api;

  CustomerPortal(Api api) {
    this.api = api;
  }

  /** A line of the overview. */
  record Entry(long id, String title, String status, String date) {}

  /** One ticket. */
  record Details(String number, String text, List<String> participants, List<String> files) {}

  List<Entry> mine() throws ApiException {
    return api
        .tickets()
        .listTickets(APIListTicketsRequest.newBuilder().perPage(100).fields(SHOWN).build())
        .stream()
        .map(
            ticket ->
                new Entry(
                    ticket.getId(),
                    ticket.getTitle().getRendered(),
                    ticket.getStatus(),
                    ticket.getDate()))
        .toList();
  }

  Details open(long id) throws ApiException {
    Ticket ticket = api.tickets().getTicket(Long.toString(id), null, null, null);
    return new Details(
        ticket.getTicketData().getNumber(),
        ticket.getContent().getRendered(),
        ticket.getTicketData().getParticipants(),
        ticket.getTicketData().getFiles().stream().map(Attachment::getFilename).toList());
  }
}
