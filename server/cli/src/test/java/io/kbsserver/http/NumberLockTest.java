package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The next number of a ticket is what all who open tickets share: somebody holds it. */
@Timeout(180)
class NumberLockTest {

  private static final int WRITERS = 4;

  private static String url;
  private static TestServer server;
  private static User manager;

  @BeforeAll
  static void start() {
    url = TestDatabase.get().createMigratedSchema("http_number_lock");
    // All writers wait before the first has waited long enough.
    server =
        TestServer.on(
            url,
            Map.of(
                "kbs.lock-timeout", "10",
                "kbs.query-timeout", "20",
                "kbs.bulkhead.longest-wait", "60s"));
    manager = server.user("support_manager");
    manager.api().post("", ticket("first@example.org")).assertOk();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whileItIsHeldTicketsAreReadAndNoneIsOpened() throws SQLException {
    List<Answer> later;
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT last_number FROM ticket_sequence FOR UPDATE");
      List<CompletableFuture<Answer>> writers = together("held");
      awaitWaiting(WRITERS);
      manager.api().get("").assertOk();
      assertEquals(0, writers.stream().filter(CompletableFuture::isDone).count());
      later = writers.stream().map(CompletableFuture::join).toList();
      other.rollback();
    }
    for (Answer answer : later) {
      answer.assertError(503, "service_unavailable");
      assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0, answer::toString);
    }
    assertEquals(1, server.number("SELECT COUNT(*) FROM ticket"));
    assertEquals(0, server.number("SELECT COUNT(*) FROM customer WHERE email LIKE 'held%'"));
    assertEquals(1, server.number("SELECT COUNT(*) FROM post WHERE type = 'kbs_ticket'"));
    assertEquals(1, server.number("SELECT COUNT(*) FROM ticket_participant"));

    together("free").forEach(writer -> writer.join().assertOk());
    assertEquals(
        List.of("1", "2", "3", "4", "5"),
        server.values("SELECT number FROM ticket ORDER BY number"));
  }

  private static List<CompletableFuture<Answer>> together(String name) {
    return IntStream.range(0, WRITERS)
        .mapToObj(
            i -> {
              Supplier<Answer> create =
                  () -> manager.api().post("", ticket(name + i + "@example.org"));
              return CompletableFuture.supplyAsync(create, task -> new Thread(task).start());
            })
        .toList();
  }

  private static void awaitWaiting(int writers) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      long waiting;
      do {
        try (ResultSet rows =
            statement.executeQuery("SHOW STATUS LIKE 'Innodb_row_lock_current_waits'")) {
          rows.next();
          waiting = rows.getLong(2);
        }
      } while (waiting < writers);
    }
  }

  private static Connection connect() throws SQLException {
    TestDatabase database = TestDatabase.get();
    return DriverManager.getConnection(url, database.user(), database.password());
  }
}
