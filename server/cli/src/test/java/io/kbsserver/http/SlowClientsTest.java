package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.sync.Waiters;
import io.kbsserver.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who is slow, or takes many connections, holds none for long; who is merely far away is served.
 */
@Timeout(300)
class SlowClientsTest {

  private static final int MOST = 6;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int PAUSE_MILLIS = 100;
  private static final String MEDIA = "/wp-json/wp/v2/media";
  private static final String TYPE = "multipart/form-data; boundary=B";

  private static final Pattern LENGTH = Pattern.compile("(?i)\ncontent-length: (\\d+)");

  private static TestServer server;
  private static String login;

  @BeforeAll
  static void start() {
    server =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_slow"),
            Map.of(
                "micronaut.metrics.enabled",
                true,
                "kbs.connections.most",
                MOST,
                "kbs.connections.head-time",
                "1s",
                "kbs.connections.body-time",
                "2s",
                "kbs.connections.idle-time",
                "15s",
                "kbs.connections.lowest-rate",
                500));
    User manager = server.user("support_manager");
    login = "Authorization: " + HttpApi.basic(manager.login(), manager.password()) + "\r\n";
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String post(String type, int length) {
    return "POST "
        + TICKETS
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + login
        + "Content-Type: "
        + type
        + "\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  /** Sends a byte now and then, until the server has had enough; how many it took. */
  private static int dribble(Socket socket, String text) throws Exception {
    OutputStream out = socket.getOutputStream();
    InputStream in = socket.getInputStream();
    for (int i = 0; i < text.length(); i++) {
      try {
        out.write(text.charAt(i));
      } catch (SocketException e) {
        return i;
      }
      Thread.sleep(PAUSE_MILLIS);
      if (in.available() > 0) {
        return i;
      }
    }
    return text.length();
  }

  private static void assertEnds(Socket socket) throws IOException {
    try {
      assertEquals(-1, socket.getInputStream().read());
    } catch (SocketException e) {
      // Reset, as what was sent last was not read.
    }
  }

  /** Reads one answer, with its body, to its end. */
  private static void readAnswer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    Matcher length = LENGTH.matcher(head);
    assertTrue(length.find(), head::toString);
    in.skipNBytes(Long.parseLong(length.group(1)));
  }

  /** A half of the connections is for them, and a tenth for each, but one at least. */
  @Test
  void whoWaitsForChangesLeavesRoomForOthers() {
    List<User> users =
        IntStream.range(0, MOST / 2).mapToObj(i -> server.user("support_manager")).toList();
    User first = users.get(0);
    // Made before anybody waits: a change has those who wait look, and for a moment they do not.
    User late = server.user("support_manager");
    long start = wait(first, "changes").assertOk().json().path("next").asLong();
    List<CompletableFuture<Answer>> waiting = new ArrayList<>();
    for (User user : users) {
      waiting.add(
          CompletableFuture.supplyAsync(() -> wait(user, "changes?wait=30&after=" + start)));
      Waiters.await(server, user.id());
      wait(user, "changes?wait=30&after=" + start).assertError(503, "service_unavailable");
      Answer refused = wait(user, "events").assertError(503, "service_unavailable");
      assertTrue(refused.text("message").contains("this user"), refused::toString);
    }
    Answer full = wait(late, "events");
    assertTrue(full.assertError(503, "service_unavailable").text("message").contains("Too many"));
    assertTrue(Integer.parseInt(full.header("Retry-After")) > 0);
    server.ticket(first.login(), first.password(), "waited.for@example.org");
    waiting.forEach(answer -> answer.join().assertOk());
    long next = wait(first, "changes").json().path("next").asLong();
    wait(first, "changes?wait=1&after=" + next).assertOk();
  }

  private static Answer wait(User user, String what) {
    return user.api().send("GET", "/wp-json/kbs/v1/" + what, null, null);
  }

  @Test
  void whoSaysNothingIsSentAway() throws IOException {
    try (Socket socket = connect()) {
      assertEnds(socket);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        "GET /",
        "\r\n\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /"
      })
  void whoDribblesAHeadIsSentAway(String start) throws Exception {
    boolean second = start.indexOf("GET") != start.lastIndexOf("GET");
    try (Socket socket = connect()) {
      if (second) {
        send(socket, "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
        readAnswer(socket.getInputStream());
      }
      send(socket, second ? "GET /" : start);
      assertTrue(dribble(socket, (start.startsWith("\r") ? "\r\n" : "xx").repeat(100)) < 100);
      assertEnds(socket);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-www-form-urlencoded", TYPE})
  void whoDribblesABodyIsSentAway(String type) throws Exception {
    for (int length : List.of(1_000, 100_000)) {
      try (Socket socket = connect()) {
        send(socket, post(type, length));
        assertTrue(dribble(socket, "x".repeat(200)) < 200);
        assertEnds(socket);
      }
    }
  }

  @Test
  void aFileMayTakeItsTimeAsLongAsItComes() throws Exception {
    String start = "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n";
    String end = "\r\n--B--\r\n";
    int pieces = 50;
    String piece = "x".repeat(500);
    try (Socket socket = connect();
        Socket whole = connect()) {
      int length = start.length() + pieces * piece.length() + end.length();
      send(socket, post(TYPE, length) + start);
      send(whole, post("image/png", pieces * piece.length()).replace(TICKETS, MEDIA + "?post=1"));
      for (int i = 0; i < pieces; i++) {
        send(socket, piece);
        send(whole, piece);
        Thread.sleep(PAUSE_MILLIS);
      }
      send(socket, end);
      assertEquals("HTTP/1.1 400", start(socket));
      assertTrue(start(whole).startsWith("HTTP/1.1 4"));
    }
  }

  private static String start(Socket socket) throws IOException {
    byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 400".length());
    return new String(start, StandardCharsets.US_ASCII);
  }

  @Test
  void whoDoesNotReadTheAnswerIsSentAway() throws Exception {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      int requests = 60;
      send(socket, "GET /docs HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(requests));
      // A byte now and then is no reading either.
      long all = 0;
      try {
        for (int i = 0; i < 80; i++) {
          all += socket.getInputStream().readNBytes(10).length;
          Thread.sleep(PAUSE_MILLIS);
        }
        byte[] rest = socket.getInputStream().readAllBytes();
        all += rest.length;
      } catch (SocketException e) {
        // Reset, as it was not read.
      }
      long one =
          new HttpApi(server.address(), null, null)
              .send("GET", "/docs", null, null)
              .body()
              .length();
      assertTrue(all < requests * one, all + " of " + requests * one);
    }
  }

  @Test
  void aConnectionMayBeUsedAgainForAWhile() throws Exception {
    String head = "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (Socket socket = connect()) {
      for (int i = 0; i < 3; i++) {
        send(socket, head);
        InputStream in = socket.getInputStream();
        while (in.available() == 0) {
          Thread.sleep(PAUSE_MILLIS);
        }
        // Longer than a head or a body may take to come.
        Thread.sleep(2_500);
        in.skipNBytes(in.available());
      }
      assertEnds(socket);
    }
  }

  @Test
  void whoComesWhenThereAreTooManyTakesThePlaceOfWhoHasAskedLongAgo() throws Exception {
    double endedBefore = ended();
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * MOST; i++) {
        open.add(connect());
        send(open.get(i), "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertEquals("HTTP/1.1 200", start(open.get(i)));
      }
      for (Socket early : open.subList(0, MOST)) {
        early.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
      assertTrue(ended() - endedBefore >= MOST);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static double ended() {
    return server.bean(MeterRegistry.class).get("kbs.connections.ended").functionCounter().count();
  }

  @Test
  void whoComesWhenTooManyAreAtWorkIsAskedToComeLater() throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < MOST; i++) {
        open.add(connect());
        send(open.get(i), "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n" + post(TYPE, 100_000));
        assertTrue(open.get(i).getInputStream().read() >= 0);
        // As many bytes as keep it for some time.
        send(open.get(i), "x".repeat(20_000));
      }
      Answer refused = new RawHttp(server.port()).send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertEquals(503, refused.status());
      assertTrue(refused.header("Retry-After").matches("[2-6]"), refused::toString);
      assertFalse(refused.header("X-Request-ID").isEmpty(), refused::toString);
      assertEquals("service_unavailable", refused.text("code"));
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    boolean served =
        IntStream.range(0, 50)
            .anyMatch(
                i ->
                    new RawHttp(server.port())
                            .send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .status()
                        == 200);
    assertTrue(served);
  }
}
