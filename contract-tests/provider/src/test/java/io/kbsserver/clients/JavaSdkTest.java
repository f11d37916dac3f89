package io.kbsserver.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kbsserver.client.ApiClient;
import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.HistoryApi;
import io.kbsserver.client.HistoryApi.APIListTicketHistoryRequest;
import io.kbsserver.client.Kbs;
import io.kbsserver.client.TicketsApi;
import io.kbsserver.client.TicketsApi.APICreateTicketRequest;
import io.kbsserver.client.TicketsApi.APIGetTicketRequest;
import io.kbsserver.client.TicketsApi.APIListTicketsRequest;
import io.kbsserver.client.TicketsApi.APIUpdateTicketRequest;
import io.kbsserver.client.model.ListTicketsOrderby;
import io.kbsserver.client.model.Ticket;
import io.kbsserver.client.model.TicketCreate;
import io.kbsserver.client.model.TicketHistoryEntry;
import io.kbsserver.client.model.TicketHistoryEntryType;
import io.kbsserver.client.model.TicketUpdate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Java SDK sends, and how it takes what it gets. */
class JavaSdkTest {

  private static final String BASIC = "Basic amFuw6k6YWJjZCBFRkdIIDEyMzQ=";

  private ApiClient client;
  private HttpServer server;
  private TicketsApi tickets;
  private int status = 200;
  private String answer = "{}";
  private String pages = "3";
  private String request;
  private String sent;
  private String authorization;
  private int busy;
  private int requests;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client =
        Kbs.connect("http://localhost:" + server.getAddress().getPort(), "jané", "abcd EFGH 1234");
    tickets = new TicketsApi(client);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      authorization = exchange.getRequestHeaders().getFirst("Authorization");
      sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
      exchange.getResponseHeaders().set("X-WP-Total", "12");
      if (pages != null) {
        exchange.getResponseHeaders().set("X-WP-TotalPages", pages);
      }
      requests++;
      if (requests <= busy) {
        exchange.getResponseHeaders().set("Retry-After", "0");
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      byte[] body = answer.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void listsAreSeparatedByCommas() throws ApiException {
    answer = "[{\"id\": 7}]";
    ApiResponse<List<Ticket>> response =
        tickets.listTicketsWithHttpInfo(
            APIListTicketsRequest.newBuilder()
                .status(List.of("open", "hold"))
                .include(List.of(7L, 9L))
                .orderby(ListTicketsOrderby.INCLUDE)
                .perPage(5)
                .build());
    assertEquals(
        "GET /wp-json/kbs/v1/tickets?per_page=5&include=7%2C9&orderby=include&status=open%2Chold",
        request);
    assertEquals(BASIC, authorization);
    assertEquals(List.of("12"), response.getHeaders().get("x-wp-total"));
    assertEquals(7L, response.getData().get(0).getId());
  }

  @Test
  void whatIsNotSetIsNotSent() throws ApiException {
    TicketUpdate changes = new TicketUpdate().status("closed").agent("anna@example.com");
    tickets.updateTicket(
        APIUpdateTicketRequest.newBuilder().idOrNumber("7").changes(changes).build());
    assertEquals("POST /wp-json/kbs/v1/tickets/7", request);
    assertEquals("{\"agent\":\"anna@example.com\",\"status\":\"closed\"}", sent);
  }

  @Test
  void textsAreInUtf8BothWays() throws ApiException {
    answer = "{\"title\": {\"raw\": \"Für Java 🔥\"}}";
    TicketCreate ticket = new TicketCreate().ticketTitle("Für Java 🔥").agentId(3);
    Ticket created =
        tickets.createTicket(APICreateTicketRequest.newBuilder().ticket(ticket).build());
    assertEquals("Für Java 🔥", created.getTitle().getRaw());
    assertEquals(ticket, read(sent, TicketCreate.class));
  }

  @Test
  void fieldsOfLaterVersionsAreIgnored() throws ApiException {
    answer = "{\"id\": 7, \"priority\": {\"level\": 1}, \"title\": {\"raw\": \"A\", \"html\": []}}";
    Ticket ticket = tickets.getTicket("KBS/7", null, null, null);
    assertEquals("GET /wp-json/kbs/v1/tickets/KBS%2F7", request);
    assertEquals("A", ticket.getTitle().getRaw());
    assertNull(ticket.getLinks());
  }

  @Test
  void valuesOfLaterVersionsAreNull() throws ApiException {
    answer =
        "[{\"id\": 7, \"type\": \"ticket.merged\"}, {\"id\": 8, \"type\": \"ticket.created\"}]";
    List<TicketHistoryEntry> entries =
        new HistoryApi(client)
            .listTicketHistory(APIListTicketHistoryRequest.newBuilder().id(7L).build());
    assertEquals(List.of(7L, 8L), entries.stream().map(TicketHistoryEntry::getId).toList());
    assertNull(entries.get(0).getType());
    assertEquals(TicketHistoryEntryType.TICKET_CREATED, entries.get(1).getType());
  }

  @Test
  void aRefusalCarriesAllThatWasAnswered() {
    status = 400;
    answer =
        """
        {"code": "rest_invalid_param", "message": "Für später",
         "data": {"status": 400, "params": {"status": "Unknown"}}}""";
    ApiException refused =
        assertThrows(ApiException.class, () -> tickets.getTicket("7", null, null, null));
    assertEquals(400, refused.getStatus());
    assertEquals("12", refused.getResponseHeaders().firstValue("X-WP-Total").orElse(""));
    assertEquals("rest_invalid_param", refused.getCode());
    assertEquals(Map.of("status", "Unknown"), refused.getParams());
    assertEquals("400 rest_invalid_param: Für später {status=Unknown}", refused.getMessage());
  }

  @Test
  void aRefusalThatIsNotTheServersIsToldAsItCame() {
    status = 502;
    answer = "<h1>Bad gateway</h1>";
    ApiException refused =
        assertThrows(ApiException.class, () -> tickets.getTicket("7", null, null, null));
    assertEquals(502, refused.getStatus());
    assertNull(refused.getCode());
    assertEquals(Map.of(), refused.getParams());
    assertTrue(refused.getMessage().endsWith("502 - <h1>Bad gateway</h1>"), refused::getMessage);
  }

  @Test
  void whatIsNotAnsweredIsNotThere() {
    answer = "{\"id\": 7}";
    Ticket ticket = tickets.getTicket("7", null, List.of("id"), null);
    assertEquals("GET /wp-json/kbs/v1/tickets/7?_fields=id", request);
    assertEquals(7L, ticket.getId());
    assertNull(ticket.getTicketTag());
  }

  @Test
  void aTicketIsNamedByItsIdAsWell() {
    tickets.getTicket(APIGetTicketRequest.newBuilder().idOrNumber(7).build());
    assertEquals("GET /wp-json/kbs/v1/tickets/7", request);
  }

  private Stream<Ticket> all() {
    return Kbs.all(
        page ->
            tickets.listTicketsWithHttpInfo(APIListTicketsRequest.newBuilder().page(page).build()));
  }

  @Test
  void aListIsReadToItsEnd() {
    answer = "[{\"id\": 7}, {\"id\": 8}]";
    assertEquals(List.of(7L, 8L, 7L, 8L, 7L, 8L), all().map(Ticket::getId).toList());
    assertEquals("GET /wp-json/kbs/v1/tickets?page=3", request);
  }

  @Test
  void aPageIsAskedForWhenItIsNeeded() {
    answer = "[{\"id\": 7}, {\"id\": 8}]";
    assertEquals(List.of(7L, 8L, 7L), all().limit(3).map(Ticket::getId).toList());
    assertEquals(2, requests);
  }

  @Test
  void noListIsTakenForCompleteWhosePagesAreUnknown() {
    answer = "[{\"id\": 7}]";
    pages = null;
    assertTrue(
        assertThrows(IllegalArgumentException.class, this::all)
            .getMessage()
            .contains("X-WP-TotalPages"));
  }

  @Test
  void aListThatGotShorterEnds() {
    answer = "[{\"id\": 7}]";
    Stream<Ticket> all =
        Kbs.all(
            page -> {
              if (page > 1) {
                status = 400;
                answer = "{\"code\": \"rest_post_invalid_page_number\"}";
              }
              return tickets.listTicketsWithHttpInfo(
                  APIListTicketsRequest.newBuilder().page(page).build());
            });
    assertEquals(List.of(7L), all.map(Ticket::getId).toList());
  }

  @Test
  void aBusyServerIsAskedAgain() {
    busy = 3;
    answer = "{\"id\": 7}";
    assertEquals(7L, tickets.getTicket("7", null, null, null).getId());
    assertEquals(4, requests);
  }

  @Test
  void aServerThatStaysBusyIsToldOf() {
    busy = 5;
    ApiException refused =
        assertThrows(ApiException.class, () -> tickets.getTicket("7", null, null, null));
    assertEquals(503, refused.getStatus());
    assertEquals(4, requests);
  }

  @Test
  void whatWritesIsSentAgainOnlyUnderItsKey() {
    busy = 1;
    TicketCreate ticket = new TicketCreate().ticketTitle("Once");
    APICreateTicketRequest.Builder once = APICreateTicketRequest.newBuilder().ticket(ticket);
    assertThrows(ApiException.class, () -> tickets.createTicket(once.build()));
    assertEquals(1, requests);
    busy = 2;
    tickets.createTicket(once.idempotencyKey("a").build());
    assertEquals(3, requests);
  }

  private <T> T read(String json, Class<T> type) {
    try {
      return client.getObjectMapper().readValue(json, type);
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
  }
}
