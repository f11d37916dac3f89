package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long texts of a page are read as it is sent, and nobody sees that. */
class LateTextsTest {

  /** More than the texts of a ticket may have where there are a hundred on a page. */
  private static final int LONG = 40_000;

  /** Together more than a server reads ahead of a client. */
  private static final int TICKETS_OF_A_LONG_PAGE = 40;

  private static final int LENGTH = 1_000_000;

  private static TestServer server;
  private static User manager;
  private static String ids;
  private static List<String> contents;

  @BeforeAll
  static void makeTickets() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    contents =
        List.of(
            "A short one.",
            "Line\r\n\t\"quoted\" \\ / </script> \u2028 \u0001 " + "ä€😀x".repeat(LONG / 4),
            "X" + "😀".repeat(LONG),
            "Another short one.",
            "C:\\\\$1 ".repeat(LONG / 8));
    ids =
        contents.stream()
            .map(
                content ->
                    manager
                        .api()
                        .post("", ticket("late@example.org", "ticket_content", content))
                        .assertOk()
                        .id())
            .map(String::valueOf)
            .collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&_embed",
        "&_envelope",
        "&_fields=id,content.raw",
        "&_fields=title,content",
        "&_fields=id,title,_links",
        "&_embed&_envelope&_fields=content.rendered,_links"
      })
  void aPageWithThemIsTheSameAsPagesWithout(String asked) {
    Answer page = manager.api().get("?include=" + ids + "&orderby=include&per_page=100" + asked);
    page.assertOk();
    List<JsonNode> apart =
        IntStream.rangeClosed(1, contents.size())
            .mapToObj(
                number ->
                    manager
                        .api()
                        .get(
                            "?include="
                                + ids
                                + "&orderby=include&per_page=1&page="
                                + number
                                + asked)
                        .assertOk())
            .map(one -> items(one).get(0))
            .toList();
    JsonNode items = items(page);
    assertEquals(contents.size(), items.size());
    for (int i = 0; i < apart.size(); i++) {
      assertEquals(apart.get(i).toString(), items.get(i).toString());
    }
    assertEquals("application/json; charset=UTF-8", page.header("Content-Type"));
  }

  private static JsonNode items(Answer answer) {
    return answer.json().isArray() ? answer.json() : answer.json().path("body");
  }

  @Test
  void theyComeBackAsTheyWereSent() {
    JsonNode page = manager.api().get("?include=" + ids + "&orderby=include&per_page=100").json();
    assertEquals(contents.get(2), page.get(2).at("/content/raw").asText());
    assertEquals(contents.get(4), page.get(4).at("/content/raw").asText());
  }

  @Test
  void aPrivateTicketHasItsMarkBeforeItsLongTitle() {
    String title = "T" + "<b>t</b>".repeat(6_000);
    long id =
        manager.api().post("", ticket("late@example.org", "ticket_title", title)).assertOk().id();
    server.sql(
        "INSERT IGNORE INTO ticket_status (slug, label, registered, assignable, position)"
            + " VALUES ('private', 'private', FALSE, FALSE, 99)");
    server.sql("UPDATE ticket SET status = 'private' WHERE id = ?", id);
    JsonNode one = manager.api().get("?status=&per_page=100&include=" + id).json();
    assertEquals("Private: " + title, one.get(0).at("/title/rendered").asText());
    assertEquals(title, one.get(0).at("/title/raw").asText());
  }

  @Test
  void headAsksForTheSameAndTheConnectionGoesOn() {
    Answer head =
        manager
            .api()
            .send("HEAD", TICKETS + "?include=" + ids + "&per_page=100", null, null)
            .assertOk();
    assertEquals("", head.body());
    assertEquals(contents.size(), head.total());
    assertTrue(manager.api().get("?include=" + ids).assertOk().total() == contents.size());
  }

  @Test
  void anOldClientReadsThemToTheEndOfTheConnection() throws IOException {
    String request =
        "GET "
            + TICKETS
            + "?per_page=100&include="
            + ids
            + " HTTP/1.0\r\nConnection: keep-alive\r\nAuthorization: "
            + HttpApi.basic(manager.login(), manager.password())
            + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String[] halves = answer.split("\r\n\r\n", 2);
      assertFalse(halves[0].toLowerCase(Locale.ROOT).contains("transfer-encoding"), halves[0]);
      assertEquals(contents.size(), new ObjectMapper().readTree(halves[1]).size());
    }
  }

  @Test
  void aTextThatIsTooLongWhereItIsShownIsRefusedBeforeAnythingIsWritten() {
    String quotes = "a \"b\" ".repeat(160_000);
    long before = server.number("SELECT COUNT(*) FROM customer");
    Answer refused =
        manager.api().post("", ticket("late-quotes@example.org", "ticket_content", quotes));
    refused.assertError(400, "rest_too_long").assertNames("ticket_content");
    assertEquals(before, server.number("SELECT COUNT(*) FROM customer"));
  }

  @Test
  void aPageThatCannotBeReadToItsEndDoesNotLookWhole() throws IOException {
    try (TestServer own = longPage("http_late", Map.of());
        Socket socket = beginning(own, "HTTP/1.1")) {
      own.sql("RENAME TABLE ticket TO elsewhere");
      byte[] rest = socket.getInputStream().readAllBytes();
      own.sql("RENAME TABLE elsewhere TO ticket");
      // Of a client that does not read on, the server does not read ahead.
      assertTrue(rest.length < TICKETS_OF_A_LONG_PAGE * LENGTH, "it was read ahead");
      assertFalse(new String(rest, StandardCharsets.UTF_8).endsWith("0\r\n\r\n"));
    }
  }

  @Test
  void aTicketThatIsDeletedWhileItsPageIsSentLosesItsTexts() throws IOException {
    try (TestServer own = longPage("http_late_deleted", Map.of());
        Socket socket = beginning(own, "HTTP/1.0")) {
      String last = own.values("SELECT MIN(id) FROM ticket").get(0);
      own.sql("DELETE FROM ticket WHERE id = ?", last);
      JsonNode page = rest(socket);
      assertEquals(TICKETS_OF_A_LONG_PAGE, page.size());
      JsonNode deleted = page.get(TICKETS_OF_A_LONG_PAGE - 1);
      assertEquals(last, deleted.path("id").asText());
      assertEquals("", deleted.at("/content/raw").asText("?"));
      assertEquals("", deleted.at("/title/rendered").asText("?"));
      assertEquals(
          LENGTH, page.get(TICKETS_OF_A_LONG_PAGE - 2).at("/content/raw").asText().length());
    }
  }

  @Test
  void aPageIsSentToItsEndThoughAllConnectionsAreInUseForAWhile() throws Exception {
    Map<String, Object> two = Map.of("datasources.default.maximum-pool-size", 2);
    try (TestServer own = longPage("http_late_crowded", two);
        Socket socket = beginning(own, "HTTP/1.0")) {
      HikariDataSource pool = own.bean(DataSource.class).unwrap(HikariDataSource.class);
      CompletableFuture<JsonNode> page;
      try (Connection one = pool.getConnection();
          Connection other = pool.getConnection()) {
        page = CompletableFuture.supplyAsync(() -> rest(socket));
        while (pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0) {
          Thread.onSpinWait();
        }
        // Longer than the pool lets anybody wait.
        Thread.sleep(2 * pool.getConnectionTimeout());
        assertTrue(one.isValid(1) && other.isValid(1));
      }
      assertEquals(TICKETS_OF_A_LONG_PAGE, page.join().size());
    }
  }

  /** A server with tickets that do not go into the buffers of a connection. */
  private static TestServer longPage(String schema, Map<String, Object> properties) {
    TestServer own = TestServer.on(TestDatabase.get().createMigratedSchema(schema), properties);
    HttpApi api = own.user("support_manager").api();
    for (int i = 0; i < TICKETS_OF_A_LONG_PAGE; i++) {
      api.post("", ticket("late@example.org")).assertOk();
    }
    own.sql("UPDATE ticket SET content_raw = REPEAT('x', ?)", LENGTH);
    return own;
  }

  /** A connection on which the page has begun, and goes on as it is read. */
  private static Socket beginning(TestServer own, String version) throws IOException {
    User reader = own.user("support_manager");
    String request =
        "GET "
            + TICKETS
            + "?per_page=100 "
            + version
            + "\r\nHost: localhost\r\nAuthorization: "
            + HttpApi.basic(reader.login(), reader.password())
            + "\r\n\r\n";
    Socket socket = new Socket();
    socket.setReceiveBufferSize(64 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), own.port()));
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String status = new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
    assertTrue(status.endsWith(" 200 OK"), status);
    return socket;
  }

  /** The page whose beginning was read by an old client. */
  private static JsonNode rest(Socket socket) {
    try {
      String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new ObjectMapper().readTree(rest.split("\r\n\r\n", 2)[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
