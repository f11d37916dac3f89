package io.kbsserver.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kbsserver.client.ApiClient;
import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.TicketsApi;
import io.kbsserver.client.TicketsApi.APICreateTicketRequest;
import io.kbsserver.client.TicketsApi.APIListTicketsRequest;
import io.kbsserver.client.TicketsApi.APIUpdateTicketRequest;
import io.kbsserver.client.model.ApiError;
import io.kbsserver.client.model.Ticket;
import io.kbsserver.client.model.TicketCreate;
import io.kbsserver.client.model.TicketUpdate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Java SDK sends, and how it takes what it gets. */
class JavaSdkTest {

  private static final String BASIC = "Basic bG9naW46cGFzc3dvcmQ=";

  private final ApiClient client = new ApiClient();
  private HttpServer server;
  private TicketsApi tickets;
  private int status = 200;
  private String answer = "{}";
  private String request;
  private String sent;
  private String authorization;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client.updateBaseUri("http://localhost:" + server.getAddress().getPort() + "/wp-json");
    client.setRequestInterceptor(builder -> builder.header("Authorization", BASIC));
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
                .perPage(5)
                .build());
    assertEquals(
        "GET /wp-json/kbs/v1/tickets?per_page=5&include=7%2C9&status=open%2Chold", request);
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
  void aRefusalCarriesAllThatWasAnswered() {
    status = 400;
    answer =
        """
        {"code": "rest_invalid_param", "message": "Für später",
         "data": {"status": 400, "params": {"status": "Unknown"}}}""";
    ApiException refused =
        assertThrows(ApiException.class, () -> tickets.getTicket("7", null, null, null));
    assertEquals(400, refused.getCode());
    assertEquals("12", refused.getResponseHeaders().firstValue("X-WP-Total").orElse(""));
    ApiError error = read(refused.getResponseBody(), ApiError.class);
    assertEquals("rest_invalid_param", error.getCode());
    assertEquals("Für später", error.getMessage());
    assertEquals(Map.of("status", "Unknown"), error.getData().getParams());
  }

  private <T> T read(String json, Class<T> type) {
    try {
      return client.getObjectMapper().readValue(json, type);
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
  }
}
