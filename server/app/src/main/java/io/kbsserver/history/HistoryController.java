package io.kbsserver.history;

import io.kbsserver.api.HistoryApi;
import io.kbsserver.api.model.TicketHistoryEntry;
import io.kbsserver.list.Window;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.parameters.SortOrders;
import io.kbsserver.rest.response.Paging;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import java.util.List;

/** Translates between the generated interface and the rules of history. */
@Controller("/wp-json")
class HistoryController implements HistoryApi {

  private final HistoryService service;
  private final HistoryRepresentation representation;
  private final CurrentCaller caller;
  private final Paging paging;

  HistoryController(
      HistoryService service,
      HistoryRepresentation representation,
      CurrentCaller caller,
      Paging paging) {
    this.service = service;
    this.representation = representation;
    this.caller = caller;
    this.paging = paging;
  }

  @Override
  public HttpResponse<List<TicketHistoryEntry>> listTicketHistory(
      Long id, ListTicketHistoryParameters parameters) {
    return paging.page(
        service
            .list(
                id,
                new Window(parameters.page(), parameters.perPage(), null),
                SortOrders.isDescending(parameters.order()),
                caller.get())
            .map(representation::of));
  }
}
