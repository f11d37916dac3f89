package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD is GET without the body: the same headers, and the connection goes on. */
class HeadTest {

  /** When it was answered, and until when it may be kept. */
  private static final List<String> OF_THE_MOMENT = List.of("date", "expires", "x-request-id");

  private static TestServer server;
  private static RawHttp http;
  private static String login;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    http = new RawHttp(server.port());
    // Who sees no tickets of other tests: with long texts a list comes in pieces, of no told
    // length.
    User customer = server.user("support_customer");
    login = "Authorization: " + HttpApi.basic(customer.login(), customer.password()) + "\r\n";
    for (int i = 0; i < 3; i++) {
      customer.api().post("", HttpApi.ticket(customer.email())).assertOk();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TICKETS,
        TICKETS + "?per_page=1&page=2",
        TICKETS + "?page=0",
        TICKETS + "?page=999999",
        TICKETS + "?_envelope",
        TICKETS + "?_envelope&page=0",
        TICKETS + "?_fields=id",
        TICKETS + "?_jsonp=x",
        TICKETS + "/999999",
        TICKETS + "?_method=DELETE",
        TICKETS + "/%zz",
        "/wp-json/",
        "/wp-json/kbs/v1",
        "/wp-json/kbs/v1/nothing",
        "/index.php?rest_route=/kbs/v1/tickets",
        "/openapi.yaml",
        "/openapi.json",
        "/docs",
        "/docs/",
        "/docs/nothing.js",
        "/",
        "/nothing"
      })
  void headersAreThoseOfGet(String path) {
    for (String who : List.of(login, "", "Origin: https://app.example\r\n")) {
      String get = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + who + "\r\n";
      String head = "HEAD" + get.substring(3);
      List<Answer> answers = http.converse(head, get, head, head, get);
      Answer expected = answers.get(1);
      assertFalse(expected.header("Content-Type").isEmpty() && expected.status() != 308);
      for (Answer answer : answers) {
        assertEquals(headers(expected), headers(answer), answer::toString);
        assertEquals(expected.status(), answer.status());
        assertEquals("", answer.header("Connection"), answer::toString);
      }
      assertEquals(
          expected.body().getBytes(StandardCharsets.UTF_8).length,
          Integer.parseInt(answers.get(0).header("Content-Length")));
    }
  }

  @Test
  void whatIsCompressedHasTheSameLength() {
    for (String path : List.of("/wp-json/", "/openapi.json", TICKETS)) {
      String get =
          "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n" + login;
      List<Answer> answers = http.converse(get + "\r\n", "HEAD" + get.substring(3) + "\r\n");
      assertEquals("gzip", answers.get(0).header("Content-Encoding"));
      assertEquals(headers(answers.get(0)), headers(answers.get(1)));
    }
  }

  @Test
  void theConnectionEndsWhereTheClientWantsIt() {
    String close = "HEAD /wp-json/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assertEquals("close", http.send(close).header("Connection"));

    String old = "HEAD /wp-json/ HTTP/1.0\r\n";
    assertTrue(Integer.parseInt(http.send(old + "\r\n").header("Content-Length")) > 0);
  }

  @Test
  void aBodyThatIsSentWithHeadIsNoNextRequest() {
    String head =
        "HEAD %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"per_page\":1}"
            .formatted(TICKETS, login);
    String get = "GET" + head.substring(4);
    List<Answer> answers = http.converse(head, get);
    assertEquals(headers(answers.get(1)), headers(answers.get(0)));
    assertTrue(answers.get(0).header("Link").contains("page=2"), answers.get(0)::toString);
  }

  @Test
  void severalMayBeAskedForAtOnce() throws IOException {
    String head = "HEAD " + TICKETS + "?per_page=1 HTTP/1.1\r\nHost: localhost\r\n" + login;
    String last = "GET" + head.substring(4) + "Connection: close\r\n";
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write((head + "\r\n" + head + "\r\n" + last + "\r\n").getBytes(StandardCharsets.UTF_8));
      String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String[] parts = answers.split("\r\n\r\n");
      assertEquals(4, parts.length, answers);
      for (int i = 0; i < 3; i++) {
        assertTrue(parts[i].startsWith("HTTP/1.1 200 OK\r\n"), answers);
      }
      assertTrue(parts[3].startsWith("[{"), answers);
    }
  }

  /** Caches keep apart what is compressed from what is not, whichever they are given first. */
  @Test
  void whatMayBeCompressedVaries() {
    for (String head : List.of("Accept-Encoding: gzip\r\n", "Accept-Encoding: identity\r\n", "")) {
      assertEquals("Origin, Accept-Encoding", get("/wp-json/", head).header("Vary"));
      assertEquals("Accept-Encoding", get("/openapi.json", head).header("Vary"));
      assertEquals(
          "Accept-Encoding", get("/openapi.json", "Origin: https://a.b\r\n").header("Vary"));
      // Too short for that.
      assertEquals("Origin", get(TICKETS, head).header("Vary"));
      assertEquals(
          "Accept, Accept-Encoding",
          get("/openapi.yaml", head + "Accept: text/html\r\n").header("Vary"));
    }
    Answer page = get("/docs", "");
    assertEquals("Accept-Encoding", page.header("Vary"));
    String known = "If-None-Match: " + page.header("ETag") + "\r\n";
    Answer same = http.send("HEAD /docs HTTP/1.1\r\nHost: localhost\r\n" + known + "\r\n");
    assertEquals(304, same.status());
    assertEquals("Accept-Encoding", same.header("Vary"));
  }

  private static Answer get(String path, String head) {
    return http.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + head + "\r\n");
  }

  private static Map<String, List<String>> headers(Answer answer) {
    Map<String, List<String>> headers = new TreeMap<>();
    answer.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    headers.keySet().removeAll(OF_THE_MOMENT);
    return headers;
  }
}
