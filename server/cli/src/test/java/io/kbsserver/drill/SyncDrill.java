package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three servers on one database, killed at any time, while clients write with keys and ask again
 * until they have an answer. Somebody who asks for changes, somebody who exports in the middle and
 * goes on with changes, and the receiver of a webhook that fails at times have afterwards what the
 * site has: each ticket once, none missing, as it is.
 *
 * <p>{@code -Ddrill.minutes=10} says for how long, {@code -Ddrill.seed} with which pauses.
 */
class SyncDrill {

  private static final int SERVERS = 3;
  private static final int WRITERS = 4;
  private static final long PATIENCE_SECONDS = 240;

  private final AtomicInteger titles = new AtomicInteger();
  private final AtomicInteger replies = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void allHaveWhatTheSiteHas() throws Exception {
    long seed = Long.getLong("drill.seed", 1);
    Random random = new Random(seed);
    long nanos = TimeUnit.MINUTES.toNanos(Integer.getInteger("drill.minutes", 10));
    TestDatabase database = TestDatabase.get();
    Map<String, String> environment =
        Map.of(
            "KBS_DATABASE_URL",
            database.createSchema("sync_drill"),
            "KBS_DATABASE_USER",
            database.user(),
            "KBS_DATABASE_PASSWORD",
            database.password(),
            "KBS_PUBLIC_URL",
            "http://127.0.0.1",
            "KBS_WEBHOOK_NETWORKS",
            "127.0.0.0/8",
            "JAVA_TOOL_OPTIONS",
            "-Xmx256m");
    List<DrillServer> servers = new ArrayList<>();
    try (HookReceiver receiver = new HookReceiver(seed)) {
      for (int i = 0; i < SERVERS; i++) {
        servers.add(DrillServer.start(environment));
      }
      List<Integer> ports = servers.stream().map(DrillServer::port).toList();
      SafeClient client = new SafeClient(ports, TicketWriters.newLogin(environment), seed);
      long webhook =
          client
              .post("/webhooks", Map.of("url", receiver.url(), "payload", "full"))
              .get("id")
              .asLong();
      FollowingClient poller = new FollowingClient(client, false);
      FollowingClient exporter = new FollowingClient(client, true);
      Thread polls = start(poller, "poller");
      for (int i = 0; i < WRITERS; i++) {
        start(() -> write(client, random.nextLong()), "writer");
      }
      long began = System.nanoTime();
      Thread exports = null;
      int kills = 0;
      while (System.nanoTime() - began < nanos) {
        TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(4_000));
        int victim = random.nextInt(SERVERS);
        servers.get(victim).kill();
        kills++;
        if (exports == null && System.nanoTime() - began > nanos / 3) {
          exports = start(exporter, "exporter");
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
        servers.set(victim, servers.get(victim).again());
      }
      over.set(true);
      receiver.failsNoMore();
      for (Thread thread : threads) {
        if (thread.getName().equals("writer")) {
          thread.join();
        }
      }
      poller.finish();
      exporter.finish();
      polls.join();
      exports.join();
      CopyOfTickets site = site(client);
      Set<Long> byPolling = new HashSet<>(poller.told());
      awaitWebhook(client, webhook, receiver, byPolling);
      String report =
          String.format(
              Locale.ROOT,
              "%d s, %d servers killed, %d tickets and %d replies written by %d clients; retries %s;"
                  + " poller: %d changes, each once; export: broken off %d times, then %d changes;"
                  + " webhook: %s%n",
              TimeUnit.NANOSECONDS.toSeconds(nanos),
              kills,
              titles.get(),
              replies.get(),
              WRITERS,
              client.outcomes(),
              byPolling.size(),
              exporter.brokenOff(),
              exporter.told().size(),
              receiver.report());
      System.out.print(report);
      Files.writeString(Path.of("target", "sync-drill.txt"), report);
      assertAll(
          () -> assertEquals(List.of(), failures),
          () -> assertNull(poller.failure()),
          () -> assertNull(exporter.failure()),
          () -> assertEquals(titles.get(), new HashSet<>(site.titles()).size(), "Missing tickets"),
          () -> assertEquals(titles.get(), site.count("ticket"), "Double tickets"),
          () -> assertEquals(replies.get(), site.count("reply"), "Replies"),
          () -> assertEquals(List.of(), poller.copy().differences(site, "ticket")),
          () -> assertEquals(List.of(), poller.copy().differences(site, "reply")),
          () -> assertEquals(List.of(), exporter.copy().differences(site, "ticket")),
          () -> assertEquals(List.of(), exporter.copy().differences(site, "reply")),
          () -> assertEquals(List.of(), receiver.copy().differences(site, "ticket")),
          () -> assertEquals(List.of(), receiver.disorder()));
    } finally {
      over.set(true);
      servers.forEach(DrillServer::close);
    }
  }

  private Thread start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
    return thread;
  }

  /** Opens tickets, answers them and changes them, a few at a time. */
  private void write(SafeClient client, long seed) {
    Random random = new Random(seed);
    List<Long> open = new ArrayList<>();
    try {
      while (!over.get()) {
        if (open.size() < 5) {
          open.add(
              client
                  .post(
                      "/tickets",
                      Map.of(
                          "ticket_title", "Ticket " + titles.incrementAndGet(),
                          "ticket_content", "Is it there once?",
                          "customer_email", "somebody@example.org",
                          "customer_first", "Some",
                          "customer_last", "Body"))
                  .get("id")
                  .asLong());
        }
        long ticket = open.get(random.nextInt(open.size()));
        switch (random.nextInt(4)) {
          case 0 -> {
            client.post("/tickets/" + ticket, Map.of("status", "closed"));
            open.remove(ticket);
          }
          case 1 ->
              client.post(
                  "/replies/ticket/" + ticket,
                  Map.of("reply_content", "Reply " + replies.incrementAndGet()));
          default ->
              client.post(
                  "/tickets/" + ticket, Map.of("status", random.nextBoolean() ? "hold" : "open"));
        }
      }
    } catch (Throwable e) {
      synchronized (failures) {
        failures.add(e);
      }
    }
  }

  /** What there is, read page by page when nobody writes any more. */
  private static CopyOfTickets site(SafeClient client) throws InterruptedException {
    CopyOfTickets site = new CopyOfTickets();
    JsonNode page;
    long last = 0;
    do {
      page = client.get("/tickets?per_page=100&orderby=id&order=asc&offset=" + last);
      for (JsonNode ticket : page) {
        site.put("ticket", client.get("/tickets/" + ticket.get("id").asLong()));
        client
            .get("/replies/ticket/" + ticket.get("id").asLong() + "?per_page=100")
            .forEach(reply -> site.put("reply", reply));
      }
      last += page.size();
    } while (page.size() > 0);
    return site;
  }

  private static void awaitWebhook(
      SafeClient client, long id, HookReceiver receiver, Set<Long> positions)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!receiver.positions().containsAll(positions)) {
      if (System.nanoTime() > deadline) {
        fail("It does not arrive: " + client.get("/webhooks/" + id));
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }
}
