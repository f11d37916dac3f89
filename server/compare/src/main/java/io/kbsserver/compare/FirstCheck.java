package io.kbsserver.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The requests of a first check: what clients of a help desk ask for most. */
public final class FirstCheck {

  private static final String TICKETS = "/kbs/v1/tickets";
  private static final Pattern ROUTE = Pattern.compile("/kbs/v1/[a-z]+/\\d+$");
  private static final String FIRST_PAGE = TICKETS + "?per_page=10";
  private static final List<String> LISTS =
      List.of(
          "",
          "?per_page=100",
          "?page=2",
          "?page=100000",
          "?orderby=id&order=asc",
          "?orderby=date",
          "?orderby=modified",
          "?orderby=title",
          "?orderby=agent",
          "?orderby=customer",
          "?status=new",
          "?status=open",
          "?status=hold",
          "?status=closed",
          "?context=embed",
          "?context=edit",
          "?_fields=id,status",
          "?orderby=nonsense",
          "/999999999");

  /** Agents and customers are refused both, by either site. */
  private static final List<String> PEOPLE = List.of("/kbs/v1/customers", "/kbs/v1/companies");

  private FirstCheck() {}

  /** The request for the page whose tickets are read one by one. */
  static ReadRequest firstPage(Login login) {
    return ReadRequest.get(FIRST_PAGE, login);
  }

  /** The request for one ticket. */
  static ReadRequest ticket(long id, Login login) {
    return ReadRequest.get(TICKETS + "/" + id, login);
  }

  /**
   * The requests of one login.
   *
   * @param page the tickets of the first page
   */
  public static List<ReadRequest> of(Login login, List<JsonNode> page) {
    List<ReadRequest> requests = new ArrayList<>();
    requests.add(new ReadRequest("HEAD", TICKETS, Map.of(), login));
    requests.add(ReadRequest.get(TICKETS, null));
    Stream<String> tickets =
        Stream.concat(
            ids(page).map(id -> "/" + id),
            Stream.concat(ids(page).limit(1).map(id -> "/" + id + "?context=edit"), number(page)));
    Stream.concat(LISTS.stream(), tickets)
        .forEach(path -> requests.add(ReadRequest.get(TICKETS + path, login)));
    Stream.concat(PEOPLE.stream(), Stream.concat(linked(page, "customer"), linked(page, "company")))
        .forEach(path -> requests.add(ReadRequest.get(path, login)));
    return requests;
  }

  /** The routes of those whom the tickets link to, each once. */
  private static Stream<String> linked(List<JsonNode> page, String relation) {
    Set<String> routes = new LinkedHashSet<>();
    page.forEach(
        ticket -> {
          Matcher route = ROUTE.matcher(ticket.at("/_links/" + relation + "/0/href").asText());
          if (route.find()) {
            routes.add(route.group());
          }
        });
    return routes.stream();
  }

  private static Stream<Long> ids(List<JsonNode> page) {
    return page.stream().map(ticket -> ticket.path("id").asLong()).filter(id -> id > 0);
  }

  /** The first ticket by its number, where that is not taken for an id. */
  private static Stream<String> number(List<JsonNode> page) {
    return page.stream()
        .limit(1)
        .map(ticket -> ticket.path("ticket_data").path("number").asText())
        .filter(text -> text.matches("[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*"))
        .map(text -> "/" + text);
  }
}
