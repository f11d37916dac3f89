package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.cli.Main;
import io.kbsserver.http.SmtpReceiver;
import io.kbsserver.http.SmtpReceiver.Taken;
import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three servers on one database, killed at any time, while clients open, answer and close tickets
 * and an SMTP server fails at random. Afterwards each customer has each mail once, but for those
 * that were taken and not told so, and an agent who has lost the role has none from then on.
 *
 * <p>{@code -Ddrill.changes=10000} says of how many changes, {@code -Ddrill.minutes=60} for how
 * long at most, {@code -Ddrill.seed} with which pauses.
 */
class MailDrill {

  private static final int SERVERS = 3;
  private static final int WRITERS = 4;

  /** Mails that a server has at a time: so many may be taken when it is killed. */
  private static final int LINES = 4;

  private static final int FAILS_IN = 100;
  private static final long PATIENCE_SECONDS = 600;

  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicInteger untold = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger customers = new AtomicInteger();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  /** Which mails are owed: a kind and an address. */
  private final Set<String> owed = Collections.synchronizedSet(new TreeSet<>());

  @Test
  @Timeout(value = 120, unit = TimeUnit.MINUTES)
  void eachHasEachMailOnce() throws Exception {
    long seed = Long.getLong("drill.seed", 1);
    int wanted = Integer.getInteger("drill.changes", 10_000);
    long nanos = TimeUnit.MINUTES.toNanos(Integer.getInteger("drill.minutes", 60));
    Random random = new Random(seed);
    TestDatabase database = TestDatabase.get();
    String schema = database.createSchema("mail_drill");
    List<DrillServer> servers = new ArrayList<>();
    try (SmtpReceiver smtp = new SmtpReceiver()) {
      smtp.behave((step, address) -> failing(step, new Random()));
      Map<String, String> environment =
          Map.of(
              "KBS_DATABASE_URL",
              schema,
              "KBS_DATABASE_USER",
              database.user(),
              "KBS_DATABASE_PASSWORD",
              database.password(),
              "KBS_SMTP_URL",
              smtp.url(),
              "KBS_MAIL_MODE",
              "send",
              "JAVA_TOOL_OPTIONS",
              "-Xmx256m -Dkbs.mail.settle=2s -Dkbs.mail.lease=20s -Dkbs.mail.first-pause=1s"
                  + " -Dkbs.mail.outage-pause=1s");
      String login = TicketWriters.newLogin(environment);
      command(environment, "user add leaver --email leaver@example.org --role support_agent");
      command(environment, "settings set agent_notices on");
      // Who is no agent any more is ignored where they are assigned a ticket.
      command(environment, "settings set value_handling lenient");
      command(environment, "settings set from_email desk@example.org");
      for (int i = 0; i < SERVERS; i++) {
        servers.add(DrillServer.start(environment));
      }
      SafeClient client =
          new SafeClient(servers.stream().map(DrillServer::port).toList(), login, seed);
      long began = System.nanoTime();
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        long of = random.nextLong();
        Thread writer = new Thread(() -> write(client, wanted, began + nanos, of), "writer");
        writer.start();
        writers.add(writer);
      }
      int kills = 0;
      long leftAt = 0;
      while (writers.stream().anyMatch(Thread::isAlive)) {
        TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(6_000));
        int victim = random.nextInt(SERVERS);
        servers.get(victim).kill();
        kills++;
        boolean isHalf = changes.get() > wanted / 2 || System.nanoTime() > began + nanos / 2;
        if (leftAt == 0 && isHalf) {
          command(environment, "user change leaver --role support_customer");
          leftAt = smtp.taken("leaver@example.org").size() + LINES;
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
        servers.set(victim, servers.get(victim).again());
      }
      smtp.behave((step, address) -> "250 OK");
      awaitNobodyWaits(database, schema);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      Map<String, Long> times =
          smtp.taken().stream()
              .collect(Collectors.groupingBy(MailDrill::id, Collectors.counting()));
      long twice = times.values().stream().mapToLong(count -> count - 1).sum();
      Set<String> missing = new TreeSet<>(owed);
      missing.removeAll(sent(database, schema, times.keySet()));
      long toLeaver = smtp.taken("leaver@example.org").size();
      String report =
          String.format(
              Locale.ROOT,
              "%d s, %d servers killed, %d changes, %d mails owed to %d customers; %d mails taken,"
                  + " %d times failed; missing %d; twice %d, of %d that were taken and not told so"
                  + " and %d kills; to an agent who was none any more %d of %s; retries %s%n",
              seconds,
              kills,
              changes.get(),
              owed.size(),
              customers.get(),
              times.size(),
              failed.get(),
              missing.size(),
              twice,
              untold.get(),
              kills,
              Math.max(0, toLeaver - leftAt),
              states(database, schema),
              client.outcomes());
      System.out.print(report);
      Files.writeString(Path.of("target", "mail-drill.txt"), report);
      long allowed = untold.get() + (long) kills * LINES;
      long atMost = leftAt;
      assertAll(
          () -> assertEquals(List.of(), List.copyOf(failures)),
          () -> assertEquals(Set.of(), missing, "Not sent"),
          () -> assertTrue(twice <= allowed, report),
          () -> assertTrue(atMost > LINES, "The agent was told of nothing before"),
          () -> assertTrue(toLeaver <= atMost, report));
    } finally {
      servers.forEach(DrillServer::close);
    }
  }

  private static String id(Taken mail) {
    return mail.header("Message-ID").replaceAll("[<>]", "");
  }

  private String failing(String step, Random random) {
    int chance = random.nextInt(FAILS_IN);
    if (chance > 3) {
      return "250 OK";
    }
    failed.incrementAndGet();
    switch (chance) {
      case 0 -> {
        return "451 4.3.0 Come again";
      }
      case 1 -> {
        return "421 4.3.2 Closing";
      }
      default -> {
        if (step.equals("END")) {
          untold.incrementAndGet();
        }
        return "";
      }
    }
  }

  private static void command(Map<String, String> environment, String command)
      throws InterruptedException {
    try (ChildProcess process =
        ChildProcess.start(Main.class, ChildProcess.classPath(), environment, command.split(" "))) {
      assertEquals(0, process.exitCode(), process.errors());
    }
  }

  /** Opens tickets, answers them and closes them, a few at a time. */
  private void write(SafeClient client, int wanted, long end, long seed) {
    Random random = new Random(seed);
    Map<Long, String> open = new HashMap<>();
    try {
      while (changes.incrementAndGet() <= wanted && System.nanoTime() < end) {
        if (open.size() < 5) {
          String address = "customer" + customers.incrementAndGet() + "@example.org";
          Map<String, Object> ticket =
              new HashMap<>(
                  Map.of(
                      "ticket_title", "A ticket of " + address,
                      "ticket_content", "Is it mailed once?",
                      "customer_email", address,
                      "customer_first", "Some",
                      "customer_last", "Body"));
          if (random.nextInt(4) == 0) {
            ticket.put("agent_id", "leaver@example.org");
          }
          open.put(client.post("/tickets", ticket).get("id").asLong(), address);
          owed.add("received " + address);
          continue;
        }
        List<Long> ids = new ArrayList<>(open.keySet());
        long id = ids.get(random.nextInt(ids.size()));
        if (random.nextInt(3) == 0) {
          client.post("/tickets/" + id, Map.of("status", "closed"));
          owed.add("closed " + open.remove(id));
        } else {
          client.post("/replies/ticket/" + id, Map.of("reply_content", "Try another cable."));
          owed.add("reply " + open.get(id));
        }
      }
    } catch (Throwable e) {
      failures.add(e);
    } finally {
      changes.decrementAndGet();
    }
  }

  private static void awaitNobodyWaits(TestDatabase database, String schema) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    long calm = 0;
    while (calm < 5) {
      assertTrue(System.nanoTime() < end, () -> states(database, schema).toString());
      TimeUnit.SECONDS.sleep(1);
      boolean isCalm =
          !states(database, schema).containsKey("waiting")
              && rows(
                      database,
                      schema,
                      "SELECT 1, 'behind' FROM mail_progress p JOIN change_sequence s"
                          + " ON p.position < s.last_position")
                  .isEmpty();
      calm = isCalm ? calm + 1 : 0;
    }
  }

  private static Map<String, String> states(TestDatabase database, String schema) {
    return rows(database, schema, "SELECT state, COUNT(*) FROM mail GROUP BY state");
  }

  /** What was taken, as a kind and an address. */
  private static Set<String> sent(TestDatabase database, String schema, Set<String> ids) {
    Map<String, String> mails =
        rows(
            database,
            schema,
            "SELECT message_id, CONCAT(kind, ' ', address) FROM mail WHERE state = 'sent'");
    mails.keySet().retainAll(ids);
    return new TreeSet<>(mails.values());
  }

  private static Map<String, String> rows(TestDatabase database, String schema, String sql) {
    Map<String, String> found = new HashMap<>();
    try (Connection connection =
            DriverManager.getConnection(schema, database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getString(2));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }
}
