package io.kbsserver.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer;
import io.kbsserver.testing.LateCommit;
import io.kbsserver.testing.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three servers on one database: whoever follows the log sees every change, each once. */
@Timeout(120)
class ChangeOrderTest {

  private static final int WRITERS = 9;
  private static final int CHANGES = 12;
  private static final int PAGE = 7;

  /** Writers wait for each other and for the reader, on whatever machine. */
  private static final Map<String, Object> PATIENT =
      Map.of(
          "kbs.lock-timeout",
          "60",
          "kbs.query-timeout",
          "60",
          "datasources.default.connection-timeout",
          60_000);

  private static final List<TestServer> SERVERS = new ArrayList<>();
  private static final List<Long> TICKETS = new ArrayList<>();

  @BeforeAll
  static void start() {
    String url = TestDatabase.get().createSchema("change_order");
    for (int i = 0; i < 3; i++) {
      SERVERS.add(TestServer.through(url, url, PATIENT));
    }
    TestServer first = SERVERS.get(0);
    UserAccounts accounts = first.bean(UserAccounts.class);
    accounts.add("mia", "mia@example.org", "Mia", "support_manager");
    String password = accounts.addPassword("mia", "test").password();
    for (int i = 0; i < 4; i++) {
      TICKETS.add(first.ticket("mia", password, "order" + i + "@example.org"));
    }
  }

  @AfterAll
  static void stop() {
    SERVERS.forEach(TestServer::close);
  }

  private static List<LoggedChange> after(TestServer server, long position) {
    return server.bean(ChangeReader.class).after(position, PAGE).orElseThrow();
  }

  /** Reads to the end, each page from another server. */
  private static long drain(long position, List<LoggedChange> into) {
    long last = position;
    int turn = 0;
    while (true) {
      List<LoggedChange> page = after(SERVERS.get(turn++ % SERVERS.size()), last);
      if (page.isEmpty()) {
        return last;
      }
      into.addAll(page);
      last = page.get(page.size() - 1).position();
    }
  }

  private static long number(String column, LoggedChange change) {
    return SERVERS
        .get(0)
        .number("SELECT " + column + " FROM change_log WHERE position = ?", change.position());
  }

  private static List<Long> tickets(List<LoggedChange> changes) {
    return changes.stream().map(change -> number("ticket_id", change)).toList();
  }

  private static void change(TestServer server, long ticket, String value, Runnable pause) {
    LateCommit.of(
        server,
        ticket,
        "UPDATE ticket SET website = ? WHERE id = ?",
        List.of(value, ticket),
        pause);
  }

  @Test
  void whatWasCommittedLateIsReadLate() throws Exception {
    List<LoggedChange> seen = new ArrayList<>();
    long last = drain(0, seen);
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    CompletableFuture<Void> late =
        CompletableFuture.runAsync(
            () ->
                change(
                    SERVERS.get(0),
                    TICKETS.get(0),
                    "late",
                    () -> {
                      written.countDown();
                      LateCommit.await(read);
                    }));
    written.await();
    // Its row has the higher id, and is committed first.
    change(SERVERS.get(1), TICKETS.get(1), "early", () -> {});
    seen.clear();
    last = drain(last, seen);
    assertEquals(List.of(TICKETS.get(1)), tickets(seen), "early");
    read.countDown();
    late.get();
    seen.clear();
    drain(last, seen);
    assertEquals(List.of(TICKETS.get(0)), tickets(seen));
  }

  @Test
  void aReaderWhoGoesOnFromTheLastPositionSeesEveryChangeOnce() throws Exception {
    List<LoggedChange> before = new ArrayList<>();
    long start = drain(0, before);
    AtomicLong polls = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      writers.add(
          threads.submit(
              () -> {
                for (int round = 0; round < CHANGES; round++) {
                  TestServer server = SERVERS.get((writer + round) % SERVERS.size());
                  // Some of them wait with the commit until the reader has been by.
                  boolean waits = (writer + round) % 4 == 0;
                  change(
                      server,
                      TICKETS.get((writer + round) % TICKETS.size()),
                      writer + " " + round,
                      () -> {
                        long now = polls.get();
                        while (waits && polls.get() < now + 2) {
                          Thread.onSpinWait();
                        }
                      });
                }
              }));
    }
    List<LoggedChange> seen = new ArrayList<>();
    long last = start;
    while (!writers.stream().allMatch(Future::isDone)) {
      List<LoggedChange> page =
          after(SERVERS.get((int) (polls.incrementAndGet() % SERVERS.size())), last);
      seen.addAll(page);
      last = page.isEmpty() ? last : page.get(page.size() - 1).position();
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    threads.shutdown();
    drain(last, seen);

    assertEquals(WRITERS * CHANGES, seen.size());
    assertEquals(
        WRITERS * CHANGES,
        SERVERS
            .get(0)
            .number("SELECT COUNT(DISTINCT fields) FROM change_log WHERE position > ?", start),
        "each once");
    Map<Long, Long> revisions = new HashMap<>();
    long next = start + 1;
    for (LoggedChange change : seen) {
      assertEquals(next++, change.position(), "without a gap");
      long revision = number("revision", change);
      Long earlier = revisions.put(number("ticket_id", change), revision);
      assertTrue(
          earlier == null || revision == earlier + 1,
          () -> "revision " + revision + " behind " + earlier);
    }
  }

  /** Nodes of a cluster give ids by turns: what is found first may be the later change. */
  @Test
  void changesOfATicketKeepTheirOrderHoweverFarTheirIdsAreFromEachOther() {
    TestServer server = SERVERS.get(0);
    long last = drain(0, new ArrayList<>());
    List<Integer> revisions = List.of(903, 901, 904, 902);
    for (int revision : revisions) {
      server.sql(
          "INSERT INTO change_log (at, kind, subject_id, action, ticket_id, revision, source)"
              + " VALUES (UTC_TIMESTAMP(), 'form', 1, 'created', ?, ?, 'import')",
          TICKETS.get(2),
          revision);
      rows(server, 700);
    }
    List<LoggedChange> seen = new ArrayList<>();
    long end = drain(last, seen);
    assertEquals(last + 4 * 701, end);
    assertEquals(
        List.of(901L, 902L, 903L, 904L),
        seen.stream()
            .map(LoggedChange::revision)
            .filter(revision -> revision != null && revision > 900)
            .toList());
    server.sql("DELETE FROM change_log WHERE kind = 'form' AND position < ?", end);
  }

  /** As behind an import; rows of no ticket. */
  private static void rows(TestServer server, int number) {
    server.sql(
        "INSERT INTO change_log (at, kind, subject_id, action, source)"
            + " WITH RECURSIVE one (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < 1000)"
            + " SELECT UTC_TIMESTAMP(), 'form', 1, 'created', 'import' FROM one a, one b"
            + " WHERE a.n <= 100 LIMIT ?",
        number);
  }

  /** As behind a large import: no reader gives positions to all of it, but the sweep does. */
  @Test
  void whatAnImportHasMadeIsPlacedInOneSweep() {
    TestServer server = SERVERS.get(2);
    long last = drain(0, new ArrayList<>());
    rows(server, 60_000);
    server.bean(ChangeSweep.class).sweep();
    assertEquals(0, server.number("SELECT COUNT(*) FROM change_log WHERE position IS NULL"));
    assertEquals(last + 60_000, server.number("SELECT MAX(position) FROM change_log"));
    server.sql("DELETE FROM change_log WHERE kind = 'form' AND position < ?", last + 60_000);
  }

  /** As behind a large import: no reader gives positions to all of it. */
  @Test
  void whoReadsIsToldWhetherThereIsMoreThanHasAPosition() {
    TestServer server = SERVERS.get(1);
    long last = drain(0, new ArrayList<>());
    rows(server, 20_000);
    LogExtent first = server.bean(ChangeReader.class).extent();
    assertEquals(last + 10_000, first.last());
    assertFalse(first.whole());
    LogExtent all = server.bean(ChangeReader.class).extent();
    all = all.whole() ? all : server.bean(ChangeReader.class).extent();
    assertEquals(new LogExtent(last + 20_000, true), all);
    // The other tests begin behind it.
    server.sql("DELETE FROM change_log WHERE kind = 'form' AND position < ?", all.last());
  }

  @Test
  void whatIsOldIsFoldedAwayAndWhoAsksFromBeforeIsTold() {
    TestServer server = SERVERS.get(2);
    change(server, TICKETS.get(3), "old", () -> {});
    List<LoggedChange> seen = new ArrayList<>();
    long last = drain(0, seen);
    change(server, TICKETS.get(3), "young", () -> {});
    server.sql("UPDATE change_log SET at = at - INTERVAL 401 DAY WHERE position <= ?", last);
    server.bean(ChangeSweep.class).sweep();
    assertEquals(Optional.empty(), server.bean(ChangeReader.class).after(last - 1, PAGE));
    assertEquals(1, after(server, last).size());
    assertEquals(0, server.number("SELECT COUNT(*) FROM change_log WHERE position <= ?", last));
    // The other tests begin behind it.
    server.sql("UPDATE change_sequence SET folded = 0");
  }
}
