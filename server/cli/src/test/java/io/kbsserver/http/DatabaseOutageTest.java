package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The database goes away while the server runs, and comes back. */
@Timeout(120)
class DatabaseOutageTest {

  private static TestServer server;
  private static TcpProxy proxy;
  private static User manager;
  private static long id;

  @BeforeAll
  static void start() throws IOException {
    String url = TestDatabase.get().createMigratedSchema("http_outage");
    proxy = TcpProxy.before(url);
    server =
        TestServer.through(
            url,
            proxy.through(url).replaceFirst("socketTimeout=\\d+", "socketTimeout=3000"),
            Map.of("datasources.default.connection-timeout", 1000));
    manager = server.user("support_manager");
    id = manager.api().post("", ticket("before@example.org")).assertOk().id();
  }

  @AfterEach
  void letTheDatabaseComeBack() {
    proxy.restore();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    proxy.close();
  }

  @Test
  void everyRequestIsAnswered503UntilTheDatabaseIsBack() {
    long before = server.number("SELECT COUNT(*) FROM ticket");
    proxy.cut();
    // The settings are remembered for a second: both with and without them.
    for (int round = 0; round < 2; round++) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      answers.add(later(() -> manager.api().get("")));
      answers.add(later(() -> manager.api().get("/" + id)));
      answers.add(later(() -> manager.api().get("?status=open")));
      answers.add(later(() -> manager.api().post("", ticket("meanwhile@example.org"))));
      answers.add(later(() -> manager.api().post("/" + id, fields("status", "closed"))));
      answers.add(
          later(() -> manager.api().json("PATCH", "/" + id, fields("agent", "x@example.org"))));
      answers.add(
          later(() -> manager.api().post("/" + id + "/notes", fields("note_content", "x"))));
      answers.add(later(() -> manager.api().json("PUT", "/" + id, fields("status", "closed"))));
      answers.add(later(() -> OperationRequest.reply(manager.api(), id)));
      for (CompletableFuture<Answer> future : answers) {
        Answer answer = future.join();
        answer.assertError(503, "service_unavailable");
        assertTrue(answer.header("Retry-After").matches("[1-9]\\d*"), answer::toString);
        assertEquals("", answer.header("WWW-Authenticate"));
      }
    }
    // These need no more than the settings, which are forgotten by now.
    List<CompletableFuture<Answer>> descriptions = new ArrayList<>();
    for (String path :
        List.of(
            "/wp-json/",
            "/wp-json/kbs/v1",
            TICKETS,
            TICKETS + "/" + id,
            TICKETS + "/" + id + "/files/1",
            "/wp-json/kbs/v1/replies/ticket/1",
            "/wp-json/kbs/v1/replies/1",
            "/wp-json/kbs/v1/customers",
            "/wp-json/kbs/v1/customers/1",
            "/wp-json/kbs/v1/companies",
            "/wp-json/kbs/v1/companies/1",
            "/wp-json/wp/v2",
            "/wp-json/wp/v2/users",
            "/wp-json/wp/v2/users/1",
            "/wp-json/wp/v2/users/me",
            "/wp-json/wp/v2/users/me/application-passwords",
            "/wp-json/wp/v2/users/me/application-passwords/introspect",
            "/wp-json/wp/v2/users/me/application-passwords/1",
            "/wp-json/wp/v2/ticket_tag",
            "/wp-json/wp/v2/ticket_tag/1")) {
      descriptions.add(later(() -> manager.api().send("GET", path, null, null)));
      descriptions.add(later(() -> manager.api().send("OPTIONS", path, null, null)));
    }
    for (String path : OperationRequest.OF_AGENTS) {
      descriptions.add(later(() -> manager.api().send("GET", path, null, null)));
      descriptions.add(later(() -> manager.api().send("OPTIONS", path, null, null)));
    }
    for (String path : OperationRequest.OF_CHANGES) {
      descriptions.add(later(() -> manager.api().send("GET", path, null, null)));
      descriptions.add(later(() -> manager.api().send("OPTIONS", path, null, null)));
    }
    for (String path : OperationRequest.OF_KNOWLEDGE) {
      descriptions.add(later(() -> manager.api().send("GET", path, null, null)));
      descriptions.add(later(() -> manager.api().send("OPTIONS", path, null, null)));
    }
    descriptions.forEach(answer -> answer.join().assertError(503, "service_unavailable"));
    OperationRequest.changesOfWebhooks(manager.api())
        .forEach(answer -> answer.assertError(503, "service_unavailable"));
    OperationRequest.changesOfWordPress(manager.api())
        .forEach(answer -> answer.assertError(503, "service_unavailable"));
    Answer contract = server.anonymous().send("GET", "/openapi.json", null, null);
    contract.assertOk();

    proxy.restore();
    assertEquals(200, afterwards(manager.api()).status());
    assertEquals("new", manager.api().get("/" + id).assertOk().text("status"));
    manager.api().post("/" + id, fields("status", "hold")).assertOk();
    assertEquals(before, server.number("SELECT COUNT(*) FROM ticket"));
    server.sql("UPDATE ticket SET status = 'new' WHERE id = ?", id);
  }

  @Test
  void connectionsThatBreakAreReplaced() {
    for (int i = 0; i < 3; i++) {
      proxy.cut();
      proxy.restore();
      afterwards(manager.api()).assertOk();
      manager.api().get("/" + id).assertOk();
    }
  }

  @Test
  void aDatabaseThatHangsIsNotWaitedForForever() {
    afterwards(manager.api()).assertOk();
    proxy.freeze();
    long start = System.nanoTime();
    Answer answer = later(() -> manager.api().get("/" + id)).join();
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    answer.assertError(503, "service_unavailable");
    assertTrue(seconds < 25, "It took " + seconds + " s");
  }

  @Test
  void theConnectionsOfAServerHaveABound() {
    // The tests above shorten what every connection gets.
    Matcher timeout =
        Pattern.compile("[?&]socketTimeout=(\\d+)")
            .matcher(TestDatabase.get().createSchema("http_outage_bound"));
    assertTrue(timeout.find());
    int millis = Integer.parseInt(timeout.group(1));
    assertTrue(millis > 0 && millis <= 60_000, timeout.group());
  }

  @Test
  void wrongPasswordsStayWrongAfterwards() {
    proxy.cut();
    server
        .login(manager.login(), "wrong")
        .send("GET", TICKETS, null, null)
        .assertError(503, "service_unavailable");
    proxy.restore();
    assertEquals(200, afterwards(manager.api()).status());
    afterwards(server.login(manager.login(), "wrong")).assertError(401, "rest_forbidden_context");
  }

  /** The first answer that is not 503; that the database is back has to be noticed. */
  private static Answer afterwards(HttpApi api) {
    Answer answer = api.get("");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (answer.status() == 503 && System.nanoTime() < deadline) {
      answer = api.get("");
    }
    return answer;
  }

  private static CompletableFuture<Answer> later(java.util.function.Supplier<Answer> request) {
    return CompletableFuture.supplyAsync(request, task -> new Thread(task).start());
  }
}
