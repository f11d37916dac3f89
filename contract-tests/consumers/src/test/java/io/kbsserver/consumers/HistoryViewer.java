package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.HistoryApi.APIDescribeTicketHistoryRequest;
import io.kbsserver.client.HistoryApi.APIListTicketHistoryRequest;
import io.kbsserver.client.model.TicketHistoryChange;
import io.kbsserver.client.model.TicketHistoryEntry;
import java.util.List;
import java.util.Set;

/** The page of the agents' dashboard that shows what has become of a ticket. */
final class HistoryViewer {

  private final Api api;
  private final long ticket;

  /** Of a ticket. */
  HistoryViewer(Api api, long ticket) {
    this.api = api;
    this.ticket = ticket;
  }

  /** A line of the page. */
  record Line(String at, String who, String what, List<String> changes) {}

  /** The newest of them, and how many there are. */
  record Shown(List<Line> lines, int total) {}

  /** So many of them; null for as many as a page has. */
  Shown newest(Integer most) throws ApiException {
    ApiResponse<List<TicketHistoryEntry>> answer =
        api.history()
            .listTicketHistoryWithHttpInfo(
                APIListTicketHistoryRequest.newBuilder().id(ticket).perPage(most).build());
    return new Shown(
        answer.getData().stream().map(HistoryViewer::line).toList(),
        Integer.parseInt(answer.getHeaders().get("x-wp-total").get(0)));
  }

  Set<String> ways() throws ApiException {
    return Set.copyOf(
        api.history()
            .describeTicketHistory(APIDescribeTicketHistoryRequest.newBuilder().id(ticket).build())
            .getMethods());
  }

  private static Line line(TicketHistoryEntry entry) {
    return new Line(
        entry.getAt(),
        entry.getUserName(),
        entry.getType().getValue(),
        entry.getChanges().stream().map(HistoryViewer::told).toList());
  }

  private static String told(TicketHistoryChange change) {
    return change.getField()
        + ": "
        + String.join(", ", change.getFrom())
        + " -> "
        + String.join(", ", change.getTo());
  }
}
