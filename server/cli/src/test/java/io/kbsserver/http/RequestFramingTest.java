package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a request begins and ends is never in doubt; what leaves room for it ends the connection.
 */
class RequestFramingTest {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

  /** Stands behind each request, and must not be taken for one. */
  private static final String NEXT = "GET /wp-json/ HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private static TestServer server;
  private static RawHttp http;
  private static String login;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    http = new RawHttp(server.port());
    User manager = server.user("support_manager");
    login = "Authorization: " + HttpApi.basic(manager.login(), manager.password()) + "\r\n";
  }

  private static List<String> statuses(String answers) {
    return STATUS.matcher(answers).results().map(MatchResult::group).map(String::strip).toList();
  }

  private static void assertRefused(String request) {
    String answers = http.readToTheEnd(request + NEXT + NEXT);
    assertEquals(1, statuses(answers).size(), answers);
    assertTrue(answers.startsWith("HTTP/1.1 400 ") || answers.startsWith("HTTP/1.0 400 "), answers);
    assertTrue(answers.contains("\"code\":\"rest_bad_request\""), answers);
    assertTrue(answers.toLowerCase(java.util.Locale.ROOT).contains("connection: close"), answers);
  }

  /** With the lines of a head in place of the one that names the host. */
  private static String form(String lines, String body) {
    return "POST "
        + TICKETS
        + " HTTP/1.1\r\n"
        + login
        + "Content-Type: application/x-www-form-urlencoded\r\n"
        + lines
        + "\r\n"
        + body;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: a\r\nHost: b\r\n",
        "Host: a\r\nhost: a\r\n",
        "Host: a\r\nX-Folded: b\r\n c\r\n",
        "Host: a\r\nX-Folded: b\r\n\tc\r\n",
        " Host: a\r\n",
        "Host: a\nX-Line: b\r\n",
        "Host: a\r\nX-Line: b\rc\r\n",
        "Host: a\r\r\n",
        "Host : a\r\n",
        "Host: a\r\nX-Blank\t: b\r\n",
        "Host: a\r\nX-Control: b\u0000c\r\n",
        "Host: a\r\nX-Control: b\u0001c\r\n",
        "Host: a\r\nX-Control: b\u000bc\r\n",
        "Host: a\r\nX-Control: b\u007fc\r\n",
        "Host: a\r\nX\u0000Control: b\r\n",
        "Host: a\r\n: b\r\n",
        "Host: a\r\nX(: b\r\n",
        "Host: a\r\nwithout a colon\r\n",
        "Host: a\r\nTransfer-Encoding: gzip, chunked\r\n",
        "Host: a\r\nTransfer-Encoding: chunked, gzip\r\n",
        "Host: a\r\nTransfer-Encoding: chunked, chunked\r\n",
        "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Host: a\r\nTransfer-Encoding: identity\r\n",
        "Host: a\r\nTransfer-Encoding: xchunked\r\n",
        "Host: a\r\nTransfer-Encoding: \"chunked\"\r\n",
        "Host: a\r\nTransfer-Encoding: chunked;q=1\r\n",
        "Host: a\r\nTransfer-Encoding: \u000bchunked\r\n",
        "Host: a\r\nTransfer-Encoding:\r\n chunked\r\n",
        "Host: a\r\nTransfer-Encoding:\r\n",
        "Host: a\r\nTransfer-Encoding : chunked\r\n",
        "Host: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n",
        "Host: a\r\nTransfer-Encoding: gzip\r\nContent-Length: 5\r\n",
        "Host: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n",
        "Host: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n",
        "Host: a\r\nContent-Length: 5, 5\r\n",
        "Host: a\r\nContent-Length: +5\r\n",
        "Host: a\r\nContent-Length: -5\r\n",
        "Host: a\r\nContent-Length: 0x5\r\n",
        "Host: a\r\nContent-Length: 5 5\r\n",
        "Host: a\r\nContent-Length: 5.0\r\n",
        "Host: a\r\nContent-Length:\r\n",
        "Host: a\r\nContent-Length: 99999999999999999999\r\n",
      })
  void aHeadThatIsAmbiguousIsRefused(String lines) {
    assertRefused(form(lines, "5\r\na=b&c\r\n0\r\n\r\n"));
    assertRefused("GET " + TICKETS + " HTTP/1.1\r\n" + lines + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET  /wp-json/ HTTP/1.1",
        " GET /wp-json/ HTTP/1.1",
        "GET /wp-json/ HTTP/1.1 ",
        "GET\t/wp-json/ HTTP/1.1",
        "GET\r/wp-json/ HTTP/1.1",
        "GET /wp-json/\u0000 HTTP/1.1",
        "GET /wp-json/\u0001 HTTP/1.1",
        "GET /wp-json/\u007f HTTP/1.1",
        "GET /wp json/ HTTP/1.1",
        "\u0000GET /wp-json/ HTTP/1.1",
        "G(T /wp-json/ HTTP/1.1",
        "GET /wp-json/ HTTP/1.2",
        "GET /wp-json/ HTTP/2.0",
        "GET /wp-json/ http/1.1",
        "GET /wp-json/",
        "PRI * HTTP/2.0"
      })
  void aRequestLineThatIsAmbiguousIsRefused(String line) {
    assertRefused(line + "\r\nHost: localhost\r\n\r\n");
    assertRefused(line + "\nHost: localhost\n\n");
  }

  @Test
  void anOlderClientHasNoCodings() {
    assertRefused(
        form("Host: a\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n").replace("/1.1", "/1.0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n",
        "5 \r\nabcde\r\n0\r\n\r\n",
        " 5\r\nabcde\r\n0\r\n\r\n",
        "5\t\r\nabcde\r\n0\r\n\r\n",
        "5 0\r\nabcde\r\n0\r\n\r\n",
        "5 x=y\r\nabcde\r\n0\r\n\r\n",
        "5,x\r\nabcde\r\n0\r\n\r\n",
        "5\u000babc\r\nabcde\r\n0\r\n\r\n",
        "+5\r\nabcde\r\n0\r\n\r\n",
        "5_0\r\nabcde\r\n0\r\n\r\n",
        "5\r\nabcde\r\n0 \r\n\r\n",
        "5\r\nabcde\r\n 0\r\n\r\n",
        "5\r\nabcde\r\n0x0\r\n\r\n",
        "-1\r\n",
        "0x5\r\nabcde\r\n",
        "\r\nabc\r\n",
        "fffffffffffffffff\r\n",
        "5\nabcde\r\n0\r\n\r\n",
        "5\r\nabcde\n0\r\n\r\n",
        "5\r\nabcdef\r\n0\r\n\r\n",
        "5;a\nb\r\nabcde\r\n0\r\n\r\n",
        "0\r\nwithout a colon\r\n\r\n",
        "0\nX: y\r\n\r\n"
      })
  void aFormWithABrokenChunkIsNotStored(String broken) {
    String fields =
        "customer_first=N&customer_last=N&customer_email=broken.chunk@example.org"
            + "&ticket_title=T&ticket_content=C&x_";
    for (String form : List.of(fields, fields + "y".repeat(20_000))) {
      String chunk = "%x\r\n%s\r\n".formatted(form.length(), form);
      assertRefused(form("Host: a\r\nTransfer-Encoding: chunked\r\n", chunk + broken));
    }
    String parts = "--B\r\nContent-Disposition: form-data; name=\"ticket_title\"\r\n\r\nT\r\n--B--";
    String chunk = "%x\r\n%s\r\n".formatted(parts.length(), parts);
    assertRefused(
        form("Host: a\r\nTransfer-Encoding: chunked\r\n", chunk + broken)
            .replace("application/x-www-form-urlencoded", "multipart/form-data; boundary=B"));
    String count = "SELECT COUNT(*) FROM customer WHERE email = 'broken.chunk@example.org'";
    assertEquals(0, server.number(count));
  }

  @Test
  void whatIsClearGoesOn() {
    String close = "GET /wp-json/ HTTP/1.0\r\n\r\n";
    for (String request :
        List.of(
            form("Host: a\r\nTransfer-Encoding: Chunked\r\n", "3;x=y\r\na=b\r\n0\r\nX: y\r\n\r\n"),
            form("Host: a\r\nTransfer-Encoding: chunked\r\n", "03 ;x\r\na=b\r\n00\t;y\r\n\r\n"),
            form("Host: a\r\nTransfer-Encoding: chunked\r\n", "1\r\na\r\n2\r\n=b\r\n0\r\n\r\n"),
            form("Host: a\r\nContent-Length: 3\r\n", "a=b"),
            form("Host:a\r\nContent-Length:\t3 \r\n", "a=b"),
            "\r\n\r\nGET /wp-json/ HTTP/1.1\r\nHost: a\r\n\r\n")) {
      assertEquals(3, statuses(http.readToTheEnd(request + NEXT + close)).size(), request);
    }
  }

  @Test
  void requestsInARowAreAnsweredInARow() {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      requests.append(
          i % 3 == 0
              ? NEXT.replace("GET", "HEAD")
              : i % 3 == 1 ? NEXT : form("Host: a\r\nContent-Length: 3\r\n", "a=b"));
    }
    String answers = http.readToTheEnd(requests + "GET /wp-json/ HTTP/1.0\r\n\r\n");
    List<String> statuses = statuses(answers);
    assertEquals(101, statuses.size(), answers);
    for (int i = 0; i < 100; i++) {
      assertEquals(i % 3 == 2 ? "HTTP/1.1 400" : "HTTP/1.1 200", statuses.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/xml", "application/x-www-form-urlencoded", "multipart/form-data", "x", ""})
  void nobodyLooksAtTheBodyOfOptions(String type) {
    String options =
        "OPTIONS "
            + TICKETS
            + " HTTP/1.1\r\nHost: a\r\nContent-Type: "
            + type
            + "\r\nContent-Length: 1\r\n\r\n{";
    for (Answer answer : http.converse(options, options)) {
      assertEquals(200, answer.status(), answer::toString);
      assertFalse(answer.text("namespace").isEmpty(), answer::toString);
    }
  }
}
