package io.kbsserver.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.clients.GuidePrograms.GuideProgram;
import io.kbsserver.http.TestServer;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of the guide open one ticket through a proxy that loses the answer to each first
 * request that writes, and is out of order when a ticket is read for the first time.
 */
class RetriesGuideTest {

  private static final GuidePrograms GUIDE =
      new GuidePrograms(
          "retries.md",
          List.of(List.of("curl", "--retry-all-errors", "--version"), List.of("jq", "--version")));
  private static final byte[] OUT_OF_ORDER =
      "<html><h1>503 Service Unavailable</h1></html>".getBytes(StandardCharsets.UTF_8);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Set<String> PASSED_ON =
      Set.of("authorization", "content-type", "idempotency-key", "if-match");
  private static final Set<String> PASSED_BACK = Set.of("content-type", "etag", "location");

  @TempDir private static Path folder;

  private static TestServer server;
  private static HttpServer proxy;
  private static String password;
  private static final Set<String> LOST = ConcurrentHashMap.newKeySet();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** When a reader of a ticket was told to come again, and how long that took; by its address. */
  private static final Map<URI, Long> TOLD_TO_WAIT = new ConcurrentHashMap<>();

  private static final Map<URI, Long> WAITED = new ConcurrentHashMap<>();

  @BeforeAll
  static void open() throws IOException {
    String url = TestDatabase.get().createMigratedSchema("guide_retries");
    server = TestServer.through(url, url, Map.of());
    UserAccounts accounts = server.bean(UserAccounts.class);
    accounts.add("mia", "mia@example.org", "Mia", "support_manager");
    password = accounts.addPassword("mia", "guide").password();
    proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    proxy.createContext("/", RetriesGuideTest::answer);
    proxy.start();
  }

  @AfterAll
  static void close() {
    proxy.stop(0);
    server.close();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    URI address = exchange.getRequestURI();
    long now = System.nanoTime();
    if (exchange.getRequestMethod().equals("GET")) {
      Long told = TOLD_TO_WAIT.putIfAbsent(address, now);
      if (told == null) {
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.getResponseHeaders().set("Retry-After", Long.toString(PAUSE.toSeconds()));
        exchange.sendResponseHeaders(503, OUT_OF_ORDER.length);
        exchange.getResponseBody().write(OUT_OF_ORDER);
        exchange.close();
        return;
      }
      WAITED.putIfAbsent(address, now - told);
    }
    pass(exchange);
  }

  /** Passes a request on, and the answer back; the first answer for each key is lost. */
  private static void pass(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, values.get(0));
              }
            });
    HttpResponse<byte[]> answer =
        CLIENT.sendAsync(request.build(), BodyHandlers.ofByteArray()).join();
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    if (key == null || !LOST.add(key)) {
      PASSED_BACK.forEach(
          name ->
              answer
                  .headers()
                  .firstValue(name)
                  .ifPresent(value -> exchange.getResponseHeaders().set(name, value)));
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
    exchange.close();
  }

  @TestFactory
  Stream<DynamicTest> theyOpenOneTicket() throws IOException {
    return GUIDE.tests(folder, RetriesGuideTest::opensOneTicket);
  }

  private static void opensOneTicket(GuideProgram program) throws IOException {
    String email = program.language() + "@example.org";
    Files.writeString(
        program.place().resolve("ticket.json"),
        """
        {"ticket_title": "No paper", "ticket_content": "None at all.", "customer_email": "%s",
         "customer_first": "Nina", "customer_last": "Newman"}
        """
            .formatted(email));
    // Where what is written is not written beside and renamed, it goes there.
    Path elsewhere = program.place().resolve("elsewhere");
    Files.createSymbolicLink(program.place().resolve("key"), elsewhere);
    for (int run = 0; run < 2; run++) {
      Program ended =
          program.run(
              Map.of(
                  "KBS_URL",
                  "http://127.0.0.1:" + proxy.getAddress().getPort() + "/wp-json",
                  "KBS_LOGIN",
                  "mia:" + password));
      assertTrue(ended.succeeded(), ended::output);
    }
    assertFalse(Files.exists(elsewhere), "A key is there whole, or not at all");
    assertEquals(1, server.number("SELECT COUNT(*) FROM ticket WHERE email = ?", email));
    assertEquals(
        1, server.number("SELECT COUNT(*) FROM ticket WHERE email = ? AND status = 'hold'", email));
    assertEquals(
        2,
        server.number(
            "SELECT COUNT(*) FROM change_log c JOIN ticket t ON t.id = c.ticket_id"
                + " WHERE t.email = ? AND c.kind = 'ticket'",
            email));
    long ticket = server.number("SELECT id FROM ticket WHERE email = ?", email);
    Duration waited = Duration.ofNanos(WAITED.get(URI.create("/wp-json/kbs/v1/tickets/" + ticket)));
    assertTrue(waited.compareTo(PAUSE.minusMillis(50)) > 0, () -> "Retry-After: " + waited);
  }
}
