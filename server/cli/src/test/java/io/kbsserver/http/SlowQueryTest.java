package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator reads of statements that take long. */
@Timeout(120)
class SlowQueryTest {

  private static final int SLOW_MILLIS = 200;

  /** Stands in no text, and at each place of a text each word begins; only a value holds it. */
  private static final String SECRET = "aaaaqsecret";

  private static final String DEAR =
      "?search="
          + IntStream.range(30, 38)
              .mapToObj(length -> "-" + "a".repeat(length) + SECRET)
              .collect(Collectors.joining("%20"));

  private static final Pattern LINE =
      Pattern.compile("WARN Slow query: (\\d+) ms, (\\w+), (error \\d+|\\d+ rows?|done): (.*)");

  private static String url;
  private static TestServer server;
  private static User manager;

  private LogLines log;

  @BeforeAll
  static void start() {
    url = TestDatabase.get().createMigratedSchema("http_slow_queries");
    server =
        TestServer.on(url, Map.of("kbs.slow-query", SLOW_MILLIS + "ms", "kbs.query-timeout", "1"));
    manager = server.user("support_manager");
    server.set("enable_sequential", "1");
    for (int i = 0; i < 10; i++) {
      long id = manager.api().post("", ticket("slow@example.org")).assertOk().id();
      server.sql("UPDATE ticket SET content_raw = REPEAT('a', 1000000) WHERE id = ?", id);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void read() {
    log = LogLines.fromNowOn();
  }

  @AfterEach
  void close() {
    log.close();
  }

  /** The first line about a slow statement that a request has; a busy machine makes more. */
  private Matcher line(String id, String part) {
    List<String> lines =
        log.ofRequest(id).stream()
            .filter(line -> line.contains("Slow query") && line.contains(part))
            .toList();
    assertFalse(lines.isEmpty(), () -> log.all().toString());
    Matcher line = LINE.matcher(lines.get(0));
    assertTrue(line.matches(), lines::toString);
    assertTrue(Integer.parseInt(line.group(1)) >= SLOW_MILLIS, lines::toString);
    return line;
  }

  @Test
  void aBuiltStatementThatIsEndedByTheLimitIsLoggedWithoutItsValues() {
    manager.api().with("X-Request-ID", "dear").get(DEAR).assertError(400, "rest_search_too_dear");
    Matcher line = line("dear", "content_raw");
    assertEquals("listTickets", line.group(2));
    assertTrue(line.group(3).matches("error (1969|3024)"), line.group());
    assertTrue(line.group(4).startsWith("SELECT "), line.group());
    assertFalse(log.all().toString().contains(SECRET), () -> log.all().toString());
  }

  @Test
  void aRepositorysStatementIsLoggedWithItsRows() throws SQLException {
    CompletableFuture<Answer> waiting;
    try (Connection other =
            DriverManager.getConnection(
                url, TestDatabase.get().user(), TestDatabase.get().password());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT * FROM ticket_sequence FOR UPDATE");
      waiting =
          CompletableFuture.supplyAsync(
              () ->
                  manager
                      .api()
                      .with("X-Request-ID", "locked")
                      .post("", ticket("slow@example.org", "ticket_title", SECRET)));
      String waits =
          "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE()"
              + " AND info LIKE '%ticket_sequence%' AND id <> CONNECTION_ID()";
      while (server.number(waits) == 0) {
        Thread.onSpinWait();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SLOW_MILLIS + 50));
      other.rollback();
    }
    waiting.join().assertOk();
    Matcher line = line("locked", "ticket_sequence");
    assertEquals("createTicket", line.group(2));
    assertTrue(line.group(3).matches("[12] rows?"), line.group());
    assertFalse(log.all().toString().contains(SECRET), () -> log.all().toString());
  }
}
