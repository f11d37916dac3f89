package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.sync.Waiters;
import io.kbsserver.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes as they happen, as events that a server sends. */
@Timeout(180)
class EventsTest {

  private static final String EVENTS = "/wp-json/kbs/v1/events";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestServer server;
  private static User manager;
  private static User customer;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    customer = server.user("support_customer");
    server.customer(customer.email(), customer.id(), null);
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static long open(String email) {
    return manager.api().post("", ticket(email)).assertOk().id();
  }

  /** A client that listens. */
  private record Listener(HttpResponse<InputStream> response, BufferedReader lines)
      implements AutoCloseable {

    static Listener of(User user, String query, String... headers) throws Exception {
      return of(server, user, query, headers);
    }

    static Listener of(TestServer server, User user, String query, String... headers)
        throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server.address() + EVENTS + query))
              .header("Authorization", HttpApi.basic(user.login(), user.password()))
              .header("Accept-Encoding", "gzip");
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      HttpResponse<InputStream> response =
          HttpClient.newHttpClient()
              .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      return new Listener(
          response,
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    /** The next line with this name; null at the end. */
    String next(String name) throws IOException {
      String line = lines.readLine();
      while (line != null && !line.startsWith(name + ": ")) {
        line = lines.readLine();
      }
      return line == null ? null : line.substring(name.length() + 2);
    }

    /** Whether nothing more comes, be it that the connection was cut. */
    boolean hasEnded() {
      try {
        return next("data") == null;
      } catch (IOException e) {
        return true;
      }
    }

    JsonNode event() throws IOException {
      return JSON.readTree(next("data"));
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @Test
  void whoListensIsToldOfWhatTheySeeAsItHappens() throws Exception {
    try (Listener listener = Listener.of(customer, "")) {
      assertEquals(200, listener.response().statusCode());
      assertEquals(
          "text/event-stream", listener.response().headers().firstValue("Content-Type").orElse(""));
      assertTrue(listener.response().headers().firstValue("Content-Encoding").isEmpty());
      open("somebody@example.org");
      long own = open(customer.email());
      JsonNode created = listener.event();
      assertEquals("ticket.created", created.path("type").asText());
      assertEquals(own, created.path("id").asLong());
      assertEquals(customer.api().get("/" + own).json(), created.path("object"));
      manager.api().post("/" + own, fields("status", "hold")).assertOk();
      JsonNode updated = listener.event();
      assertEquals("hold", updated.at("/object/status").asText());
    }
  }

  @Test
  void whoConnectsAgainMissesNothing() throws Exception {
    String last;
    long first;
    try (Listener listener = Listener.of(manager, "")) {
      first = open("again@example.org");
      last = listener.next("id");
      while (!listener.event().path("type").asText().equals("ticket.created")) {
        last = listener.next("id");
      }
    }
    long second = open("again@example.org");
    try (Listener listener =
        Listener.of(manager, "?wait=0&kinds=ticket&after=1", "Last-Event-ID", last)) {
      JsonNode event = listener.event();
      while (event.path("id").asLong() == first) {
        event = listener.event();
      }
      assertEquals(second, event.path("id").asLong());
      String line = listener.next("data");
      while (line != null) {
        // To the end, which comes, as there is nothing to wait for.
        line = listener.next("data");
      }
    }
  }

  @Test
  void aLoginThatIsRevokedEndsTheStream() throws Exception {
    User user = server.user("support_manager");
    try (Listener listener = Listener.of(user, "")) {
      server.bean(UserAccounts.class).revoke(user.login(), null);
      open("revoked@example.org");
      assertNull(listener.next("data"));
    }
  }

  @Test
  void whoWaitsIsLetGoWhenTheServerStops() throws Exception {
    TestServer stopping =
        TestServer.on(TestDatabase.get().createMigratedSchema("http_events_stop"), Map.of());
    User listening = stopping.user("support_manager");
    User polling = stopping.user("support_manager");
    try (Listener listener = Listener.of(stopping, listening, "")) {
      CompletableFuture<Answer> poll =
          CompletableFuture.supplyAsync(
              () -> {
                HttpApi api = polling.api();
                String changes = "/wp-json/kbs/v1/changes";
                long after = api.send("GET", changes, null, null).json().path("next").asLong();
                return api.send("GET", changes + "?wait=30&after=" + after, null, null);
              });
      Waiters.await(stopping, listening.id());
      Waiters.await(stopping, polling.id());
      Supplier<Boolean> late = Waiters.late(stopping);
      stopping.finishRequests();
      assertEquals(200, poll.join().status(), poll.join()::toString);
      assertTrue(listener.hasEnded());
      assertFalse(late.get());
    } finally {
      stopping.close();
    }
  }

  @Test
  void whoSeesOtherThingsIsToldAndTheStreamEnds() throws Exception {
    try (Listener listener = Listener.of(manager, "")) {
      server.set("enable_sequential", "0");
      assertEquals("begin-anew", listener.next("event"));
      assertEquals("rest_sight_changed", listener.event().path("code").asText());
      assertNull(listener.next("data"));
    }
  }

  @Test
  void whatNobodyKnowsIsNamed() {
    Answer answer =
        manager
            .api()
            .preferring("lenient")
            .with("Last-Event-ID", String.valueOf(last()))
            .send(
                "GET", EVENTS + "?wait=0&kinds=ticket&after=" + last() + "&colour=red", null, null);
    assertEquals("colour", answer.assertOk().header("Kbs-Ignored-Parameters"));
  }

  private static long last() {
    return manager
        .api()
        .send("GET", "/wp-json/kbs/v1/changes", null, null)
        .json()
        .path("next")
        .asLong();
  }

  @Test
  void aPositionThatNobodyCanGoOnFromIsRefused() {
    HttpApi api = manager.api();
    api.with("Last-Event-ID", "x").send("GET", EVENTS, null, null).assertNames("Last-Event-ID");
    for (String wrong : List.of("after=-1", "after=99999999999", "wait=3601", "kinds=x")) {
      api.send("GET", EVENTS + "?" + wrong, null, null)
          .assertNames(wrong.substring(0, wrong.indexOf('=')));
    }
    long start = last();
    server.set("enable_sequential", "0");
    api.send("GET", EVENTS + "?after=" + start, null, null).assertError(410, "rest_sight_changed");
    assertEquals("", api.send("HEAD", EVENTS, null, null).assertOk().body());
  }
}
