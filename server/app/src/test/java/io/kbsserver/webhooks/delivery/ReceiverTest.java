package io.kbsserver.webhooks.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.kbsserver.webhooks.Reach;
import io.kbsserver.webhooks.delivery.Receiver.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Messages are sent to whoever listens on this machine, where names are found as each test says.
 */
class ReceiverTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final int KIB = 1024;

  /** More than the system takes in between. */
  private static final long MOST_SENT = 64L * KIB * KIB;

  private record Call(String host, int callerPort) {}

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Deque<List<String>> found = new ArrayDeque<>();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          calls.add(
              new Call(
                  exchange.getRequestHeaders().getFirst("Host"),
                  exchange.getRemoteAddress().getPort()));
          byte[] answer = "Thanks.".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void hangUp() {
    server.stop(0);
  }

  /** Each name is found once, where the next of {@link #found} says. */
  private InetAddress[] find(String host) throws UnknownHostException {
    if (found.isEmpty()) {
      throw new UnknownHostException(host);
    }
    List<String> addresses = found.remove();
    InetAddress[] all = new InetAddress[addresses.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = InetAddress.getByName(addresses.get(i));
    }
    return all;
  }

  private Receiver receiver(Duration answerTime) {
    return new Receiver(new Reach("127.0.0.1/32"), this::find, answerTime, Clock.systemUTC());
  }

  private static Outcome post(Receiver receiver, int port) {
    return receiver.post(
        "http://receiver.invalid:" + port + "/hook",
        Map.of("webhook-id", "msg_1"),
        "{}".getBytes(StandardCharsets.UTF_8));
  }

  private Outcome post(Receiver receiver) {
    return post(receiver, server.getAddress().getPort());
  }

  @Test
  void theAddressThatWasLookedAtIsTheOneThatIsCalled() throws IOException {
    Receiver receiver = receiver(LONG);
    found.add(List.of("127.0.0.1"));
    Outcome taken = post(receiver);
    assertEquals(200, taken.status(), taken::toString);
    assertEquals(
        "receiver.invalid:" + server.getAddress().getPort(), calls.get(0).host(), calls::toString);
    receiver.close();
  }

  @Test
  void eachMessageIsSentToWhereItsHostIsFoundThen() throws IOException {
    Receiver receiver = receiver(LONG);
    found.add(List.of("127.0.0.1"));
    found.add(List.of("127.0.0.2"));
    assertTrue(post(receiver).hasArrived());
    // The connection of before is open, and led to where messages may be sent.
    assertEquals("The address leads to where this server sends nothing.", post(receiver).error());
    assertEquals("The host was not found.", post(receiver).error());
    assertEquals(1, calls.size());
    receiver.close();
  }

  @Test
  void allThatAHostIsFoundAtHasToBeAllowed() throws IOException {
    Receiver receiver = receiver(LONG);
    found.add(List.of("127.0.0.1", "10.0.0.1"));
    assertEquals("The address leads to where this server sends nothing.", post(receiver).error());
    assertEquals(List.of(), calls);
    receiver.close();
  }

  @Test
  void aShortAnswerLeavesTheConnectionForTheNextMessage() throws IOException {
    Receiver receiver = receiver(LONG);
    found.add(List.of("127.0.0.1"));
    found.add(List.of("127.0.0.1"));
    assertTrue(post(receiver).hasArrived());
    assertTrue(post(receiver).hasArrived());
    assertEquals(calls.get(0), calls.get(1));
    receiver.close();
  }

  @Test
  void whoNeverAnswersIsNotWaitedFor() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      Receiver receiver = receiver(SHORT);
      found.add(List.of("127.0.0.1"));
      Outcome late = post(receiver, silent.getLocalPort());
      assertEquals("There was no answer in time.", late.error());
      assertNull(late.status());
      receiver.close();
    }
  }

  @Test
  void whoAnswersByteByByteIsNotWaitedFor() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<Long> sent = sending(listening, "HTTP/1.1 200 OK\r\nX-Slow: ", 1);
      Receiver receiver = receiver(SHORT);
      found.add(List.of("127.0.0.1"));
      assertEquals(
          "There was no answer in time.", post(receiver, listening.getLocalPort()).error());
      assertTrue(sent.join() > 0);
      receiver.close();
    }
  }

  @Test
  void ofALongAnswerOnlyTheBeginningIsRead() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<Long> sent =
          sending(listening, "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n", 8 * KIB);
      Receiver receiver = receiver(LONG);
      found.add(List.of("127.0.0.1"));
      Outcome taken = post(receiver, listening.getLocalPort());
      assertEquals(200, taken.status(), taken::toString);
      assertTrue(sent.join() < MOST_SENT, sent::toString);
      receiver.close();
    }
  }

  /**
   * Answers one caller, and goes on until they hang up.
   *
   * @return how many bytes were sent behind the beginning
   */
  private static CompletableFuture<Long> sending(
      ServerSocket listening, String beginning, int atATime) {
    return CompletableFuture.supplyAsync(
        () -> {
          long sent = 0;
          byte[] some = "x".repeat(atATime).getBytes(StandardCharsets.UTF_8);
          try (Socket caller = listening.accept()) {
            OutputStream out = caller.getOutputStream();
            out.write(beginning.getBytes(StandardCharsets.UTF_8));
            while (true) {
              out.write(some);
              sent += atATime;
              if (atATime == 1) {
                Thread.sleep(20);
              }
            }
          } catch (IOException e) {
            return sent;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return sent;
          }
        });
  }
}
