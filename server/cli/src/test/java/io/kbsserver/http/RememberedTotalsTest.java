package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.change.ChangeMark;
import io.kbsserver.change.ChangeReader;
import io.kbsserver.change.RememberedTotals;
import io.kbsserver.change.Subject;
import io.kbsserver.change.WantedRows;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.Statements;
import io.kbsserver.testing.LateCommit;
import io.kbsserver.testing.TestDatabase;
import io.micronaut.transaction.TransactionDefinition.Isolation;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.support.DefaultTransactionDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers on one database: no total is remembered for longer than it is right. */
@Timeout(180)
class RememberedTotalsTest {

  private static final int WRITERS = 5;
  private static final int CHANGES = 40;
  private static final int MOST_CHANGES = 20 * CHANGES;
  private static final int ENOUGH = 20;

  /** Of each writer, far enough from each other to be counted apart. */
  private static final int FIRST_TICKETS = 4;

  private static final long FAR = 2_000;
  private static final String PARTICIPANT = "helps@example.org";
  private static final List<String> STATUSES = List.of("open", "hold", "closed");

  private static final List<TestServer> SERVERS = new ArrayList<>();
  private static final List<HttpApi> MANAGERS = new ArrayList<>();
  private static final List<Long> CUSTOMERS = new ArrayList<>();

  /** What is counted: all tickets, a customer's, those that somebody helps with. */
  private static WantedRows question(int kind) {
    SqlCondition which =
        switch (kind) {
          case 0 -> SqlCondition.of("t.status <> ?", ".deleted");
          case 1 -> SqlCondition.of("t.status <> ?", "closed");
          case 2 ->
              SqlCondition.of(
                  "EXISTS (SELECT 1 FROM ticket_participant p WHERE p.ticket_id = t.id"
                      + " AND p.email = ?)",
                  PARTICIPANT);
          default ->
              SqlCondition.of(
                  "t.customer_id = ? AND t.status <> ?", CUSTOMERS.get(kind - 3), "closed");
        };
    return new WantedRows(Subject.TICKET, "ticket t", "t.id", which, which);
  }

  @BeforeAll
  static void start() {
    String url = TestDatabase.get().createMigratedSchema("remembered_totals");
    Map<String, Object> patient =
        Map.of(
            "kbs.lock-timeout",
            "60",
            "kbs.query-timeout",
            "60",
            "datasources.default.connection-timeout",
            60_000);
    SERVERS.add(TestServer.through(url, url, patient));
    SERVERS.add(TestServer.through(url, url, patient));
    UserAccounts accounts = SERVERS.get(0).bean(UserAccounts.class);
    accounts.add("mia", "mia@example.org", "Mia", "support_manager");
    String password = accounts.addPassword("mia", "test").password();
    SERVERS.forEach(server -> MANAGERS.add(server.login("mia", password)));
    for (int i = 0; i < 3; i++) {
      CUSTOMERS.add(SERVERS.get(0).customer("counted" + i + "@example.org", null, null));
    }
  }

  @AfterAll
  static void stop() {
    SERVERS.forEach(TestServer::close);
  }

  @SuppressWarnings("unchecked")
  private static TransactionOperations<Object> transactions(TestServer server) {
    return server.bean(TransactionOperations.class);
  }

  private static long create(TestServer server, HttpApi api) {
    return api.post("", ticket(TestServer.unique("counted") + "@example.org")).assertOk().id();
  }

  private static void write(TestServer server, long ticket, String sql, Runnable pause) {
    LateCommit.of(server, ticket, sql, List.of(ticket), pause);
  }

  /** So many that the page does not tell. */
  private static String total(HttpApi api) {
    return api.get("?per_page=1&status=new").assertOk().header("X-WP-Total");
  }

  @Test
  void whatAnotherServerHasWrittenCounts() {
    long id = create(SERVERS.get(0), MANAGERS.get(0));
    create(SERVERS.get(0), MANAGERS.get(0));
    create(SERVERS.get(0), MANAGERS.get(0));
    String before = total(MANAGERS.get(1));
    assertEquals(before, total(MANAGERS.get(1)));
    MANAGERS.get(0).post("/" + id, fields("status", "closed")).assertOk();
    assertEquals(String.valueOf(Long.parseLong(before) - 1), total(MANAGERS.get(1)));
  }

  @Test
  void whatIsCommittedLateUnderAnEarlierIdCounts() throws Exception {
    long slow = create(SERVERS.get(0), MANAGERS.get(0));
    long quick = create(SERVERS.get(0), MANAGERS.get(0));
    create(SERVERS.get(0), MANAGERS.get(0));
    create(SERVERS.get(0), MANAGERS.get(0));
    String before = total(MANAGERS.get(1));
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch counted = new CountDownLatch(1);
    CompletableFuture<Void> late =
        CompletableFuture.runAsync(
            () ->
                write(
                    SERVERS.get(0),
                    slow,
                    "UPDATE ticket SET status = 'closed' WHERE id = ?",
                    () -> {
                      written.countDown();
                      LateCommit.await(counted);
                    }));
    written.await();
    write(SERVERS.get(1), quick, "UPDATE ticket SET status = 'closed' WHERE id = ?", () -> {});
    String one = String.valueOf(Long.parseLong(before) - 1);
    assertEquals(one, total(MANAGERS.get(1)));
    counted.countDown();
    late.get();
    String two = String.valueOf(Long.parseLong(before) - 2);
    assertEquals(two, total(MANAGERS.get(1)));
  }

  /** A change of no ticket, and of what many tickets are seen by. */
  @Test
  void whatChangesWhatIsSeenCounts() {
    TestServer server = SERVERS.get(0);
    server.set("restrict_agent_view", "1").set("enable_departments", "1");
    User agent = server.user("support_agent");
    long department = server.term("ticket_departments", "counted");
    for (int i = 0; i < 3; i++) {
      long id = create(server, MANAGERS.get(0));
      String sql = "INSERT INTO ticket_term (ticket_id, term_id) VALUES (?, ?)";
      LateCommit.of(server, id, sql, List.of(id, department), () -> {});
      sql = "UPDATE ticket SET status = 'hold' WHERE id = ?";
      LateCommit.of(server, id, sql, List.of(id), () -> {});
      // So many that the page does not tell.
      long own = create(server, MANAGERS.get(0));
      sql = "UPDATE ticket SET status = 'hold', agent_id = ? WHERE id = ?";
      LateCommit.of(server, own, sql, List.of(agent.id(), own), () -> {});
    }
    // What is changed then is in another part than what the agent will see.
    long far = server.number("SELECT MAX(id) FROM post") + 10_000;
    server.sql("ALTER TABLE post AUTO_INCREMENT = " + far);
    HttpApi there = agent.api();
    String list = "?per_page=1&status=hold,closed";
    for (int i = 0; i < 3; i++) {
      there.get(list).assertOk();
      create(server, MANAGERS.get(0));
    }
    long before = Long.parseLong(there.get(list).assertOk().header("X-WP-Total"));
    LateCommit.of(
        server,
        Subject.TERM,
        department,
        "INSERT INTO department_agent (department_id, user_id) VALUES (?, ?)",
        List.of(department, agent.id()),
        () -> {});
    String after = there.get(list).assertOk().header("X-WP-Total");
    assertEquals(String.valueOf(before + 3), after);
    server.resetSettings();
  }

  @Test
  void eachRememberedTotalIsTheOneThatWouldBeCounted() throws Exception {
    List<List<Long>> ofWriters = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      ofWriters.add(farTickets());
    }
    AtomicLong commits = new AtomicLong();
    AtomicLong writing = new AtomicLong(WRITERS - 1L);
    AtomicLong remembered = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 3);
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 1; i < WRITERS; i++) {
      Random random = new Random(i);
      List<Long> own = ofWriters.get(i);
      writers.add(
          threads.submit(
              () -> {
                try {
                  // Until enough was remembered, however seldom two reads have no write between
                  // them.
                  for (int round = 0; mayGoOn(round, remembered); round++) {
                    change(random, own, commits);
                  }
                } finally {
                  writing.decrementAndGet();
                }
              }));
    }
    // It waits for nobody, so that those who wait for others go on.
    writers.add(
        threads.submit(
            () -> {
              Random random = new Random(0);
              List<Long> own = ofWriters.get(0);
              while (writing.get() > 0) {
                changeAtOnce(random, own);
                commits.incrementAndGet();
              }
            }));
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    List<Future<?>> readers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Random random = new Random(100 + i);
      readers.add(
          threads.submit(
              () -> {
                while (writing.get() > 0) {
                  compare(random, wrong, remembered);
                }
              }));
    }
    readers.add(
        threads.submit(
            () -> {
              for (int turn = 0; writing.get() > 0; turn++) {
                SERVERS.get(turn % 2).bean(ChangeReader.class).extent();
              }
            }));
    for (Future<?> writer : writers) {
      writer.get();
    }
    for (Future<?> reader : readers) {
      reader.get();
    }
    threads.shutdown();
    assertEquals(List.of(), List.copyOf(wrong));
    assertTrue(remembered.get() >= ENOUGH, remembered + " totals were remembered");
  }

  private static boolean mayGoOn(int round, AtomicLong remembered) {
    return round < CHANGES || remembered.get() < ENOUGH && round < MOST_CHANGES;
  }

  private static List<Long> farTickets() {
    List<Long> tickets = new ArrayList<>();
    for (int i = 0; i < FIRST_TICKETS; i++) {
      long id = create(SERVERS.get(0), MANAGERS.get(0));
      SERVERS.get(0).sql("ALTER TABLE post AUTO_INCREMENT = " + (id + FAR));
      tickets.add(id);
    }
    return tickets;
  }

  /** Each writer changes tickets of its own, so that nobody waits for a lock of who waits. */
  private static void change(Random random, List<Long> own, AtomicLong commits) {
    if (own.isEmpty() || random.nextInt(4) == 0) {
      changeAtOnce(random, own);
    } else {
      long now = commits.get();
      write(
          SERVERS.get(random.nextInt(2)),
          own.get(random.nextInt(own.size())),
          "UPDATE ticket SET status = '%s' WHERE id = ?"
              .formatted(STATUSES.get(random.nextInt(STATUSES.size()))),
          () -> {
            while (commits.get() < now + 2) {
              Thread.onSpinWait();
            }
          });
    }
    commits.incrementAndGet();
  }

  private static void changeAtOnce(Random random, List<Long> own) {
    int turn = random.nextInt(2);
    TestServer server = SERVERS.get(turn);
    HttpApi api = MANAGERS.get(turn);
    int kind = own.size() < 2 ? 0 : random.nextInt(6);
    int which = own.isEmpty() ? 0 : random.nextInt(own.size());
    switch (kind) {
      case 0, 1 -> own.add(create(server, api));
      case 2 -> {
        String status = STATUSES.get(random.nextInt(STATUSES.size()));
        api.post("/" + own.get(which), fields("status", status)).assertOk();
      }
      case 3 -> {
        long customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
        api.post("/" + own.get(which), fields("customer", customer)).assertOk();
      }
      case 4 ->
          write(
              server,
              own.get(which),
              random.nextBoolean()
                  ? "INSERT IGNORE INTO ticket_participant (ticket_id, email, position)"
                      + " VALUES (?, '"
                      + PARTICIPANT
                      + "', 1)"
                  : "DELETE FROM ticket_participant WHERE ticket_id = ?",
              () -> {});
      default -> write(server, own.remove(which), "DELETE FROM ticket WHERE id = ?", () -> {});
    }
  }

  /** In one snapshot, what a server knows and what there is; twice, so that it does know it. */
  private static void compare(Random random, Queue<String> wrong, AtomicLong remembered) {
    TestServer server = SERVERS.get(random.nextInt(2));
    WantedRows question = question(random.nextInt(3 + CUSTOMERS.size()));
    SqlCondition each =
        new SqlCondition(
            "SELECT COUNT(*) FROM ticket t WHERE " + question.condition().sql(),
            question.condition().args());
    Map<WantedRows, Optional<String>> marks = new HashMap<>();
    DefaultTransactionDefinition snapshot = new DefaultTransactionDefinition();
    snapshot.setIsolationLevel(Isolation.REPEATABLE_READ);
    for (int i = 0; i < 3; i++) {
      transactions(server)
          .execute(
              snapshot,
              status -> {
                // Who has read it with a page brings it along.
                String asked =
                    random.nextBoolean() ? server.bean(ChangeMark.class).now().orElse(null) : null;
                long told = server.bean(RememberedTotals.class).total(question, asked).number();
                long counted =
                    server
                        .bean(Statements.class)
                        .query(each.sql(), each.args(), row -> row.getLong(1))
                        .get(0);
                Optional<String> mark = server.bean(ChangeMark.class).now();
                if (told != counted) {
                  wrong.add(question + ": " + told + ", and there are " + counted + " at " + mark);
                }
                if (mark.equals(marks.put(question, mark))) {
                  remembered.incrementAndGet();
                }
                return null;
              });
    }
  }
}
