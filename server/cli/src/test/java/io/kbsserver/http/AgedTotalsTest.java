package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.change.RememberedTotals;
import io.kbsserver.change.Subject;
import io.kbsserver.change.WantedRows;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.testing.TestDatabase;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Totals that were counted a while ago, and those that take long. */
@Timeout(120)
class AgedTotalsTest {

  private static final Duration AGE = Duration.ofSeconds(3);
  private static final int TICKETS = 6;

  private static String url;
  private static TestServer server;
  private static User manager;
  private static final List<Long> IDS = new ArrayList<>();

  @BeforeAll
  static void start() {
    url = TestDatabase.get().createMigratedSchema("aged_totals");
    server =
        TestServer.through(
            url, url, Map.of("kbs.totals-age", AGE.toMillis() + "ms", "kbs.slow-query", "100ms"));
    manager = server.user("support_manager");
    for (int i = 0; i < TICKETS; i++) {
      IDS.add(create());
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static long create() {
    return manager.api().post("", ticket("aged@example.org")).assertOk().id();
  }

  /** What takes long: a moment for each ticket. */
  private static WantedRows slow(String name, String status) {
    SqlCondition which =
        SqlCondition.of("t.status = ? AND SLEEP(0.05) = 0 /* " + name + " */", status);
    return new WantedRows(Subject.TICKET, "ticket t", "t.id", which, which);
  }

  @SuppressWarnings("unchecked")
  private static long total(WantedRows wanted) {
    TransactionOperations<Object> transactions = server.bean(TransactionOperations.class);
    return transactions.executeRead(
        status -> server.bean(RememberedTotals.class).total(wanted, null).number());
  }

  /** As an operator would, of whom the server hears nothing. */
  private static void byHand(long id, String status) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                url, TestDatabase.get().user(), TestDatabase.get().password());
        Statement statement = connection.createStatement()) {
      String sql = "UPDATE ticket SET status = '" + status + "' WHERE id = " + id;
      assertEquals(1, statement.executeUpdate(sql));
    }
  }

  private static void becomeOld() {
    LockSupport.parkNanos(AGE.plusMillis(200).toNanos());
  }

  private static void await(Supplier<Boolean> condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.get()) {
      assertTrue(System.nanoTime() < deadline, "It does not happen");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  @Test
  void whatNobodyLoggedIsSeenByWhoAsksLater() throws SQLException {
    String list = "?per_page=1&status=hold";
    byHand(IDS.get(0), "hold");
    byHand(IDS.get(1), "hold");
    byHand(IDS.get(2), "hold");
    becomeOld();
    assertEquals("3", manager.api().get(list).assertOk().header("X-WP-Total"));
    byHand(IDS.get(2), "open");
    becomeOld();
    await(() -> manager.api().get(list).assertOk().header("X-WP-Total").equals("2"));
  }

  @Test
  void whatTakesLongIsCountedAnewBesideTheRequests() throws SQLException {
    WantedRows wanted = slow("anew", "new");
    total(wanted);
    AtomicLong changed = new AtomicLong();
    AtomicLong last = new AtomicLong();
    // What is asked for once more behind a change, and soon enough, is counted by parts.
    await(
        () -> {
          changed.set(create());
          last.set(total(wanted));
          return server.bean(RememberedTotals.class).lately(wanted).isPresent();
        });
    long before = last.get();
    byHand(changed.get(), "closed");
    becomeOld();
    try (LogLines log = LogLines.fromNowOn()) {
      assertEquals(before, total(wanted));
      await(() -> total(wanted) == before - 1);
      assertEquals(1, counts(log, "anew"), () -> log.all().toString());
    }
    // It follows the log all the while.
    create();
    becomeOld();
    assertEquals(before, total(wanted));
  }

  @Test
  void whoAsksForWhatIsBeingCountedTakesThat() {
    WantedRows wanted = slow("at once", "new");
    try (LogLines log = LogLines.fromNowOn()) {
      List<CompletableFuture<Long>> asked = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        asked.add(CompletableFuture.supplyAsync(() -> total(wanted), AgedTotalsTest::inThread));
      }
      Set<Long> told = asked.stream().map(CompletableFuture::join).collect(Collectors.toSet());
      assertEquals(1, told.size(), told::toString);
      assertEquals(1, counts(log, "at once"), () -> log.all().toString());
    }
  }

  private static void inThread(Runnable task) {
    new Thread(task).start();
  }

  private static long counts(LogLines log, String name) {
    return log.all().stream()
        .filter(line -> line.contains("Slow query") && line.contains("/* " + name + " */"))
        .count();
  }
}
