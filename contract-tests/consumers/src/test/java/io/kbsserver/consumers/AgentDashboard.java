package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.DiscoveryApi.APIGetIndexRequest;
import io.kbsserver.client.TicketsApi.APIListTicketsRequest;
import io.kbsserver.client.model.Ticket;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The desk of an agent: what waits, page by page, with the totals of each column. */
final class AgentDashboard {

  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

  private final Api api;

  AgentDashboard(Api api) {
    this.api = api;
  }

  /** A line of the list. */
  record Line(long id, String number, String title, String status, String modified) {}

  /** A page of the list, and how many there are. */
  record ShownPage(List<Line> lines, int total, int pages, Optional<String> next) {}

  ShownPage page(APIListTicketsRequest filters) throws ApiException {
    ApiResponse<List<Ticket>> answer = api.tickets().listTicketsWithHttpInfo(filters);
    Matcher next = NEXT.matcher(header(answer, "link"));
    return new ShownPage(
        answer.getData().stream().map(AgentDashboard::line).toList(),
        Integer.parseInt(header(answer, "x-wp-total")),
        Integer.parseInt(header(answer, "x-wp-totalpages")),
        next.find() ? Optional.of(next.group(1)) : Optional.empty());
  }

  /** The zone in which the dates of the tickets are meant. */
  ZoneId zone() throws ApiException {
    return ZoneId.of(
        api.discovery().getIndex(APIGetIndexRequest.newBuilder().build()).getTimezoneString());
  }

  private static Line line(Ticket ticket) {
    return new Line(
        ticket.getId(),
        ticket.getTicketData().getNumber(),
        ticket.getTitle().getRendered(),
        ticket.getStatus(),
        ticket.getModified());
  }

  private static String header(ApiResponse<?> answer, String name) {
    return String.join(", ", answer.getHeaders().getOrDefault(name, List.of("")));
  }
}
