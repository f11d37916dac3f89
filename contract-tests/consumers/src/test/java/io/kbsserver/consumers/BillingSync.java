package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.DiscoveryApi.APIGetNamespaceRequest;
import io.kbsserver.client.TicketsApi.APIListTicketsRequest;
import io.kbsserver.client.TicketsApi.APIPatchTicketRequest;
import io.kbsserver.client.TicketsApi.APIPutTicketRequest;
import io.kbsserver.client.model.Ticket;
import io.kbsserver.client.model.TicketUpdate;
import java.util.List;
import java.util.Set;

/** Keeps a billing system and the help desk in step; finds out first what the site can do. */
final class BillingSync {

  private final Api api;

  BillingSync(Api api) {
    this.api = api;
  }

  /** The routes of the help desk. */
  Set<String> routes() throws ApiException {
    return api.discovery()
        .getNamespace(APIGetNamespaceRequest.newBuilder().build())
        .getRoutes()
        .keySet();
  }

  /** The methods of the namespace, as a check that it is there. */
  Set<String> methodsOfNamespace() throws ApiException {
    return Set.copyOf(api.discovery().describeNamespace().getMethods());
  }

  /** The methods of the site's index, as a check that this is WordPress's kind of API. */
  Set<String> methodsOfSite() throws ApiException {
    return Set.copyOf(api.discovery().describeIndex().getMethods());
  }

  /**
   * The numbers of the tickets that a company has opened between two moments, and that are done.
   */
  List<String> doneFor(long company, String after, String before) throws ApiException {
    return api
        .tickets()
        .listTickets(
            APIListTicketsRequest.newBuilder()
                .company(company)
                .status(List.of("closed"))
                .after(after)
                .before(before)
                .build())
        .stream()
        .map(ticket -> ticket.getTicketData().getNumber())
        .toList();
  }

  /** Books a ticket on a company and its customer; gives the company that it is booked on now. */
  long book(long ticket, long company, long customer) throws ApiException {
    Ticket booked =
        api.tickets()
            .putTicket(
                APIPutTicketRequest.newBuilder()
                    .idOrNumber(Long.toString(ticket))
                    .changes(new TicketUpdate().company(company).customer(customer))
                    .build());
    return booked.getTicketData().getCompany();
  }

  /** Marks a ticket as paid; gives its categories. */
  Set<Long> file(long ticket, long category) throws ApiException {
    Ticket filed =
        api.tickets()
            .patchTicket(
                APIPatchTicketRequest.newBuilder()
                    .idOrNumber(Long.toString(ticket))
                    .changes(new TicketUpdate().postCategory(category))
                    .build());
    return Set.copyOf(filed.getTicketCategories());
  }
}
