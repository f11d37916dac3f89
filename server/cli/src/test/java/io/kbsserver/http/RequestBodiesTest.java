package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short body is read whoever sends it, a longer one from who has logged in. */
class RequestBodiesTest {

  private static final int SHORT = 8 * 1024;
  private static final String UNAUTHORIZED = "rest_forbidden_context";
  private static final String MULTIPART = "multipart/form-data; boundary=B";

  private static TestServer server;
  private static RawHttp http;
  private static User manager;
  private static List<HttpApi> strangers;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    http = new RawHttp(server.port());
    manager = server.user("support_manager");
    strangers = List.of(server.anonymous(), server.login(manager.login(), "wrong"));
  }

  private static String filled(String start, int length) {
    return start + "x".repeat(length - start.length());
  }

  @Test
  void whatIsWrongWithAShortBodyGoesBeforeTheLogin() {
    for (HttpApi stranger : strangers) {
      stranger.post("", JSON, filled("{", SHORT)).assertError(400, "rest_invalid_json");
      stranger.post("", FORM, filled("nobody_knows=", SHORT)).assertNames("nobody_knows");
      stranger
          .post("", "text/plain", filled("", SHORT))
          .assertError(415, "rest_unsupported_media_type");
      String part = "--B\r\nContent-Disposition: form-data; name=\"nobody_knows\"\r\n\r\n";
      String form = filled(part, SHORT - 9) + "\r\n--B--\r\n";
      stranger.post("", MULTIPART, form).assertNames("nobody_knows");
    }
  }

  @Test
  void aLongerBodyIsLeftUnread() {
    for (HttpApi stranger : strangers) {
      for (String type : List.of(JSON, FORM, "text/plain", MULTIPART)) {
        stranger.post("", type, filled("{", SHORT + 1)).assertError(401, UNAUTHORIZED);
        stranger.post("", type, filled("{", 9 * 1024 * 1024)).assertError(401, UNAUTHORIZED);
      }
      stranger
          .with("X-WP-Nonce", "x")
          .post("", JSON, filled("{", SHORT + 1))
          .assertError(403, "rest_cookie_invalid_nonce");
      stranger
          .send("POST", TICKETS + "?nobody_knows=x", JSON, filled("{", SHORT + 1))
          .assertNames("nobody_knows");
    }
    manager.api().post("", JSON, filled("{", SHORT + 1)).assertError(400, "rest_invalid_json");
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, FORM, "text/plain", MULTIPART})
  void noLengthMakesNoDifference(String type) {
    String chunk = "400\r\n" + "{".repeat(0x400) + "\r\n";
    String head = head("", type, "Transfer-Encoding: chunked");
    String end = "0\r\n\r\n";
    // It is known to be longer before it ends, if it ever does.
    for (String body : List.of(chunk.repeat(13), chunk.repeat(9) + end, chunk.repeat(3000) + end)) {
      http.send(head + body).assertError(401, UNAUTHORIZED);
    }
    assertEquals("close", http.send(head + chunk.repeat(13)).header("Connection"));
    assertFalse(http.send(head + chunk.repeat(8) + end).status() == 401 && type.equals(JSON));
    Answer known =
        http.send(head(login(), type, "Transfer-Encoding: chunked") + chunk.repeat(9) + end);
    assertTrue(known.status() == 400 || known.status() == 415, known::toString);
  }

  @Test
  void whoWillBeRefusedIsNotAskedToSend() throws IOException {
    for (String length : List.of("5", "99999", "99999999999", "x")) {
      String framing =
          length.equals("x") ? "Transfer-Encoding: chunked" : "Content-Length: " + length;
      String waiting = framing + "\r\nExpect: 100-continue";
      http.send(head("", JSON, waiting)).assertError(401, UNAUTHORIZED);
    }
    http.send(head(login(), JSON, "Content-Length: 8388609\r\nExpect: 100-continue"))
        .assertError(413, "rest_content_too_large");
    String head = head(login(), JSON, "Content-Length: 2\r\nExpect: 100-continue");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      InputStream in = socket.getInputStream();
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String asked = "HTTP/1.1 100 Continue\r\n\r\n";
      assertEquals(asked, new String(in.readNBytes(asked.length()), StandardCharsets.US_ASCII));
      socket.getOutputStream().write("{}".getBytes(StandardCharsets.US_ASCII));
      String answer = "HTTP/1.1 400 ";
      assertEquals(answer, new String(in.readNBytes(answer.length()), StandardCharsets.US_ASCII));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/kbs/v1",
        "/kbs/v1/tickets",
        "/kbs/v1/tickets/1",
        "/kbs/v1/replies/ticket/1",
        "/kbs/v1/replies/1",
        "/kbs/v1/customers",
        "/kbs/v1/customers/1",
        "/kbs/v1/companies",
        "/kbs/v1/companies/1"
      })
  void whoAsksSaysNoMoreThanWhoWrites(String route) {
    String large = "{\"x\":\"" + "x".repeat(8 * 1024 * 1024) + "\"}";
    manager
        .api()
        .send("GET", "/wp-json" + route, JSON, large)
        .assertError(413, "rest_content_too_large");
    server
        .anonymous()
        .send("GET", "/wp-json" + route, JSON, large.substring(0, SHORT + 1))
        .assertError(
            route.matches("/|/kbs/v1") ? 413 : 401,
            route.matches("/|/kbs/v1") ? "rest_content_too_large" : UNAUTHORIZED);
    server.anonymous().send("OPTIONS", "/wp-json" + route, JSON, large).assertOk();
  }

  @Test
  void worstBodiesAreAnsweredInGoodTime() {
    int most = 8 * 1024 * 1024;
    HttpApi api = manager.api();
    List<List<String>> bodies =
        List.of(
            List.of(JSON, "[".repeat(most)),
            List.of(JSON, "[" + "[],".repeat(most / 4) + "1]"),
            List.of(JSON, "{\"a\":" + "9".repeat(most - 10) + "}"),
            List.of(JSON, "{\"" + "a".repeat(most - 10) + "\":1}"),
            List.of(JSON, "{\"_fields\":\"" + "a,".repeat(most / 2 - 10) + "\"}"),
            List.of(FORM, "a[]=1&".repeat(9_999)),
            List.of(FORM, "a[x][]=1&".repeat(9_999)),
            List.of(FORM, "%ff=%ff&".repeat(9_999)),
            List.of(FORM, "a=" + "%".repeat(most - 2)),
            List.of(FORM, "&".repeat(most)),
            List.of(FORM, "[".repeat(most)),
            List.of(MULTIPART, part("").repeat(9_999) + "--B--\r\n"),
            List.of(MULTIPART, part("\n".repeat(most - 200)) + "--B--\r\n"),
            List.of(MULTIPART, part("\r\n--".repeat(most / 4 - 200)) + "--B--\r\n"));
    for (List<String> body : bodies) {
      long start = System.nanoTime();
      Answer answer = api.send("POST", TICKETS, body.get(0), body.get(1));
      long millis = (System.nanoTime() - start) / 1_000_000;
      assertEquals(400, answer.status(), answer::toString);
      assertTrue(millis < 60_000, body.get(1).substring(0, 40) + " took " + millis + " ms");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/vnd.api+json", "Application/Merge-Patch+JSON; charset=utf-8"})
  void whatIsJsonByItsNameIsReadAsSuch(String type) {
    String body = HttpApi.json(HttpApi.ticket("by.name@example.org"));
    assertEquals("new", manager.api().post("", type, body).assertOk().text("status"));
  }

  private static String part(String value) {
    return "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + value + "\r\n";
  }

  private static String login() {
    return "Authorization: " + HttpApi.basic(manager.login(), manager.password()) + "\r\n";
  }

  private static String head(String login, String type, String framing) {
    return "POST "
        + TICKETS
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + login
        + "Content-Type: "
        + type
        + "\r\n"
        + framing
        + "\r\n\r\n";
  }
}
