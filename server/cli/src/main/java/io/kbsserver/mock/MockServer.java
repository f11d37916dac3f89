package io.kbsserver.mock;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers every operation of the contract with its examples, and keeps nothing. A request that the
 * contract does not allow is refused, and one that states a preference gets the example that it
 * asks for.
 */
public final class MockServer implements AutoCloseable {

  private static final int THREADS = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MockContract contract = new MockContract();
  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
  private final HttpServer server;

  private MockServer(HttpServer server) {
    this.server = server;
  }

  /** Starts one; port 0 stands for any that is free. */
  public static MockServer start(String host, int port) throws IOException {
    MockServer mock = new MockServer(HttpServer.create(new InetSocketAddress(host, port), 0));
    mock.server.createContext("/", mock::handle);
    mock.server.setExecutor(mock.executor);
    mock.server.start();
    return mock;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] body = JSON.writeValueAsBytes(answer.body());
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/json; charset=UTF-8");
      answer.headers().forEach(headers::set);
      allowOrigin(exchange.getRequestHeaders().getFirst("Origin"), headers);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (head) {
        headers.set("Content-Length", Integer.toString(body.length));
      }
      exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Optional<MockOperation> found =
        contract.operation(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
    if (found.isEmpty()) {
      return Answer.refusal(
          404,
          "rest_no_route",
          "No route was found matching the URL and request method.",
          Map.of());
    }
    MockOperation operation = found.get();
    Preference preference = Preference.of(headers.getOrDefault("Prefer", List.of()));
    if (preference.isStated()) {
      return operation
          .answer(preference)
          .orElseGet(
              () ->
                  Answer.refusal(
                      400,
                      "mock_no_example",
                      "The contract has no such example. There are: " + operation.choice() + ".",
                      Map.of()));
    }
    String authorization = Objects.requireNonNullElse(headers.getFirst("Authorization"), "");
    if (operation.secured() && !authorization.matches("(?i)Basic +[A-Za-z0-9+/]+=*")) {
      return operation
          .answer(new Preference(Optional.of("401"), Optional.empty(), false))
          .orElseThrow();
    }
    return RequestCheck.refusal(
            operation,
            preference,
            Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
            Objects.requireNonNullElse(headers.getFirst("Content-Type"), ""),
            body,
            contract.references())
        .or(() -> operation.answer(preference))
        .orElseThrow();
  }

  /** Pages from anywhere may call, as on the server. */
  private static void allowOrigin(String origin, Headers headers) {
    if (origin != null) {
      headers.set("Access-Control-Allow-Origin", "*");
      headers.set("Access-Control-Allow-Methods", "OPTIONS, GET, POST, PUT, PATCH, DELETE");
      headers.set(
          "Access-Control-Allow-Headers",
          "Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type,"
              + " X-HTTP-Method-Override, Prefer");
      headers.set("Access-Control-Expose-Headers", "X-WP-Total, X-WP-TotalPages, Link, Location");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
