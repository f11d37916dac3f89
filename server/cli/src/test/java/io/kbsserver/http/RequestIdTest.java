package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The name by which a request is found in the log. */
class RequestIdTest {

  private static final String HEADER = "X-Request-ID";

  private static TestServer server() {
    return TestServer.fresh();
  }

  private static String id(HttpApi api, String path) {
    return api.send("GET", path, null, null).header(HEADER);
  }

  @Test
  void theNameOfARequestComesBack() {
    HttpApi api = server().user("support_agent").api();
    for (String given :
        List.of("a", "7f3e-1", "Root=1-67891233-abcdef012345678912345678", "x".repeat(128))) {
      for (String path :
          List.of("/", "/wp-json/", HttpApi.TICKETS, HttpApi.TICKETS + "/1", "/none", "/docs")) {
        assertEquals(given, id(api.with(HEADER, given), path), path);
      }
    }
  }

  @Test
  void aRequestWithoutAProperNameGetsOne() {
    HttpApi api = server().anonymous();
    Stream<HttpApi> nameless =
        Stream.of(
            api,
            api.with(HEADER, ""),
            api.with(HEADER, "two words"),
            api.with(HEADER, "<script>"),
            api.with(HEADER, "x".repeat(129)),
            api.with(HEADER, "one").with(HEADER, "two"));
    assertEquals(
        6,
        nameless
            .map(some -> id(some, HttpApi.TICKETS))
            .peek(made -> assertTrue(made.matches("[0-9a-f-]{36}"), made))
            .distinct()
            .count());
    assertNotEquals(id(api, "/"), id(api, "/"));
  }

  @Test
  void whatIsAnsweredWithoutBeingReadHasANameAsWell() throws IOException {
    String requests =
        "GET /wp-json/ HTTP/1.1\r\nHost: x\r\nX-Request-ID: first\r\n\r\n"
            + "GET /wp-json/ HTTP/1.1\r\nHost: x\r\nX-Request-ID: second\r\n\r\n"
            + "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Long: "
            + "x".repeat(20_000)
            + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server().port())) {
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      List<String> names =
          Pattern.compile("(?i)\r\nx-request-id: ([^\r]*)\r\n")
              .matcher(answers)
              .results()
              .map(found -> found.group(1))
              .toList();
      assertEquals(3, names.size(), answers);
      assertEquals(List.of("first", "second"), names.subList(0, 2));
    }
  }

  @Test
  void theLogBearsTheNameOfTheRequestThatFails() {
    try (TestServer broken =
        TestServer.on(TestDatabase.get().createMigratedSchema("http_request_id"), Map.of())) {
      User user = broken.user("support_agent");
      user.api().get("?per_page=1").assertOk();
      broken.sql("RENAME TABLE ticket_agent TO ticket_agent_away");
      Logger log = (Logger) LoggerFactory.getLogger("io.kbsserver");
      ListAppender<ILoggingEvent> lines = new ListAppender<>();
      lines.start();
      log.addAppender(lines);
      try {
        Answer answer = user.api().with(HEADER, "who-failed").post("", HttpApi.ticket("a@b.org"));
        assertEquals(500, answer.status(), answer::toString);
      } finally {
        log.detachAppender(lines);
      }
      assertTrue(
          lines.list.stream()
              .anyMatch(
                  line ->
                      line.getFormattedMessage().startsWith("Reference ")
                          && "who-failed".equals(line.getMDCPropertyMap().get("requestId"))),
          lines.list::toString);
    }
  }
}
