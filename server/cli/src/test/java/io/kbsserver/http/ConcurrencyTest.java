package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Many writers at once; the first of them on a site that has neither a number nor a source yet. */
@Timeout(120)
@TestMethodOrder(OrderAnnotation.class)
class ConcurrencyTest {

  private static final int THREADS = 16;

  /** A machine with other work to do may be slow; sixteen are no flood. */
  private static final Map<String, Object> PATIENT =
      Map.of(
          "kbs.bulkhead.longest-wait", "60s",
          "kbs.lock-timeout", "60",
          "kbs.query-timeout", "60");

  private static TestServer server;
  private static User manager;

  @BeforeAll
  static void start() {
    server = TestServer.on(TestDatabase.get().createMigratedSchema("http_concurrency"), PATIENT);
    manager = server.user("support_manager");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aNewCustomerWhoComesManyTimesAtOnceIsMadeOnce() throws Exception {
    List<Answer> answers = together(200, i -> manager.api().post("", ticket("crowd@example.org")));

    answers.forEach(Answer::assertOk);
    Set<String> numbers = new HashSet<>();
    Set<Long> ids = new HashSet<>();
    Set<String> customers = new HashSet<>();
    for (Answer answer : answers) {
      numbers.add(answer.text("ticket_data.number"));
      ids.add(answer.id());
      customers.add(answer.text("ticket_data.customer"));
    }
    assertEquals(200, numbers.size());
    assertEquals(200, ids.size());
    assertEquals(1, customers.size());
    assertEquals(
        1, server.number("SELECT COUNT(*) FROM customer WHERE email = 'crowd@example.org'"));
    assertEquals(
        200,
        server.number(
            "SELECT COUNT(DISTINCT t.number) FROM ticket t"
                + " JOIN customer c ON c.id = t.customer_id WHERE c.email = 'crowd@example.org'"));
  }

  @Test
  @Order(1)
  void manyNewCustomersAtOnceAllGetTheirTicket() throws Exception {
    List<Answer> answers =
        together(100, i -> manager.api().post("", ticket("one" + i + "@example.org")));
    answers.forEach(Answer::assertOk);
    assertEquals(
        100, server.number("SELECT COUNT(*) FROM customer WHERE email LIKE 'one%@example.org'"));
    assertEquals(
        1,
        server.number(
            "SELECT COUNT(*) FROM term WHERE taxonomy = 'ticket_sources' AND slug = 'kbs-rest'"));
  }

  @Test
  void oneTicketIsChangedByManyAtOnce() throws Exception {
    User annie = server.user("support_agent");
    User bruno = server.user("support_agent");
    long company = server.company("Crowd Ltd");
    List<Long> categories = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      categories.add(server.term("ticket_categories", "crowd " + i));
    }
    long id = manager.api().post("", ticket("changed@example.org")).assertOk().id();
    List<Map<String, Object>> changes =
        List.of(
            fields("agent", annie.id(), "post_category", categories.get(0)),
            fields("agent", bruno.email(), "post_category", categories.get(1)),
            fields("status", "closed", "post_category", categories.get(2)),
            fields("status", "open", "post_category", categories.get(3)),
            fields("agents", annie.id() + "," + bruno.id(), "post_category", categories.get(4)),
            fields("company", company),
            fields("status", "hold", "agents", String.valueOf(bruno.id())));
    List<Answer> answers =
        together(140, i -> manager.api().post("/" + id, changes.get(i % changes.size())));

    answers.forEach(Answer::assertOk);
    Answer now = manager.api().get("/" + id).assertOk();
    assertEquals(5, now.json().path("ticket_categories").size(), now::toString);
    assertEquals(company, now.json().at("/ticket_data/company").asLong());
    assertTrue(Set.of("open", "hold", "closed").contains(now.text("status")));
    assertTrue(!now.json().at("/ticket_data/resolved_date").isNull());
  }

  @Test
  void everyAnswerToAnUpdateShowsWhatItChanged() throws Exception {
    List<Long> categories = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      categories.add(server.term("ticket_categories", "shown " + i));
    }
    long id = manager.api().post("", ticket("shown@example.org")).assertOk().id();
    List<Answer> answers =
        together(64, i -> manager.api().post("/" + id, fields("post_category", categories.get(i))));
    for (int i = 0; i < 64; i++) {
      String own = categories.get(i).toString();
      List<String> shown = new ArrayList<>();
      answers
          .get(i)
          .assertOk()
          .json()
          .path("ticket_categories")
          .forEach(n -> shown.add(n.asText()));
      assertTrue(shown.contains(own), answers.get(i)::toString);
    }
    assertEquals(64, manager.api().get("/" + id).json().path("ticket_categories").size());
  }

  @Test
  void writersSucceedWhereTheDatabaseRefusesOldSnapshots() throws Exception {
    // The default of MariaDB 11.6 and newer: a row that has changed since the transaction's first
    // look at the database cannot be locked (error 1020). Other servers do not know the variable.
    String url = TestDatabase.get().createMigratedSchema("http_snapshot");
    if (server.values("SHOW VARIABLES LIKE 'innodb_snapshot_isolation'").isEmpty()) {
      return;
    }
    Map<String, Object> properties = new HashMap<>(PATIENT);
    properties.put(
        "datasources.default.connection-init-sql", "SET SESSION innodb_snapshot_isolation = ON");
    try (TestServer strict = TestServer.on(url, properties)) {
      User user = strict.user("support_manager");
      List<Answer> created = together(100, i -> user.api().post("", ticket("s@example.org")));
      created.forEach(Answer::assertOk);
      long id = created.get(0).id();
      List<Answer> updated =
          together(
              100, i -> user.api().post("/" + id, fields("status", i % 2 == 0 ? "open" : "hold")));
      updated.forEach(Answer::assertOk);
      assertEquals(100, strict.number("SELECT COUNT(DISTINCT number) FROM ticket"));
    }
  }

  private interface Request {
    Answer send(int number);
  }

  /** Sends so many requests on as many threads as there are; gives the answers in order. */
  private static List<Answer> together(int requests, Request request) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        int number = i;
        calls.add(() -> request.send(number));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }
}
