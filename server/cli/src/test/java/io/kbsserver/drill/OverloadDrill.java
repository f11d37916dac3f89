package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.drill.DemoServer.Use;
import io.kbsserver.drill.LoadClients.Seen;
import io.kbsserver.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten times as many clients as a server can serve. It takes two minutes, on loopback, and compares
 * what it measures with itself only: a list of tickets with ever more clients until the server
 * answers no more of them; then ten times so many; then searches and writes in such numbers beside
 * a few who read. Clients, server and database share the machine.
 */
@Timeout(600)
class OverloadDrill {

  private static final int TICKETS = 400;
  private static final int THINK_MILLIS = 50;
  private static final int FIRST_CLIENTS = 8;

  private final StringBuilder report = new StringBuilder();
  private DemoServer server;
  private int port;

  @Test
  void acceptedRequestsStayFastAndTheOthersAreToldSo() throws Exception {
    TestDatabase database = TestDatabase.get();
    Map<String, String> environment =
        Map.of(
            "KBS_DATABASE_URL", database.createSchema("overload_drill"),
            "KBS_DATABASE_USER", database.user(),
            "KBS_DATABASE_PASSWORD", database.password(),
            // All ask for the same, and what was answered a moment ago would not be read at all.
            "JAVA_TOOL_OPTIONS", "-Xmx256m -Dmicronaut.caches.answers.expire-after-write=0s");
    try (DemoServer started = DemoServer.start(environment)) {
      server = started;
      port = server.port();
      drill();
    } finally {
      System.out.print(report);
      Files.writeString(Path.of("target", "overload-drill.txt"), report);
    }
  }

  private void drill() throws Exception {
    byte[] list = server.get("/tickets?per_page=10&_fields=id,status,date");
    byte[] search = server.get("/tickets?search=printer+-never&per_page=10");
    byte[] create = server.create();
    fill(create);
    LoadClients.start(port, FIRST_CLIENTS * 2, 0, i -> list).during(15);

    Seen usual = sustainable(list);
    Use before = server.use();
    say("usual", usual + "; " + before);

    LoadClients crowd = LoadClients.start(port, usual.clients() * 10, THINK_MILLIS, i -> list);
    crowd.settled(5);
    Use under = server.use();
    Seen crowded = crowd.during(10);
    say("their first second", crowd.onset().toString());
    say("ten times as many", crowded + "; " + under);

    Seen alone = LoadClients.start(port, 4, THINK_MILLIS, i -> list).during(5);
    say("few who read", alone.toString());
    Seen searches;
    Seen writes;
    Seen among;
    Use flooded;
    try (LoadClients searching =
            LoadClients.start(port, usual.clients() * 5, THINK_MILLIS, i -> search);
        LoadClients writing =
            LoadClients.start(port, usual.clients() * 5, THINK_MILLIS, i -> create)) {
      Thread.sleep(2_000);
      LoadClients reading = LoadClients.start(port, 4, THINK_MILLIS, i -> list);
      Thread.sleep(5_000);
      flooded = server.use();
      among = reading.during(5);
      searches = searching.during(0);
      writes = writing.during(0);
    }
    say("the same few", among + "; " + flooded);
    say("amid searches", searches.toString());
    say("amid writes", writes.toString());
    Seen after = LoadClients.start(port, usual.clients(), THINK_MILLIS, i -> list).during(8);
    Use end = server.use();
    say("afterwards", after + "; " + end);

    double ratio = crowded.millis(0.99) / usual.millis(0.99);
    say("p99 of what is accepted", String.format(Locale.ROOT, "%.1f times the usual", ratio));
    assertAll(
        () -> assertTrue(crowded.refused().length > 0, "Nothing was refused"),
        () -> assertEquals(0, crowded.others() + searches.others() + writes.others()),
        () -> assertEquals(0, crowded.withoutRetryAfter()),
        () -> assertTrue(ratio <= 3, "p99 is " + ratio + " times the usual"),
        () -> assertTrue(crowded.perSecond() > usual.perSecond() / 3, "Little is answered"),
        () -> assertTrue(under.threads() <= before.threads() + 16, "More threads"),
        () -> assertTrue(flooded.threads() <= before.threads() + 16, "More threads"),
        () -> assertTrue(end.megabytes() <= before.megabytes() * 1.5, "More memory"),
        () -> assertEquals(0, among.refused().length, "Reads were refused"),
        () -> assertEquals(0, after.refused().length, "It is still refusing"));
  }

  /** The most clients that are all served; half as many more are not, or get no more done. */
  private Seen sustainable(byte[] list) throws InterruptedException {
    Seen best = LoadClients.start(port, FIRST_CLIENTS, THINK_MILLIS, i -> list).during(8);
    say("sustainable?", best.toString());
    while (true) {
      Seen more =
          LoadClients.start(port, best.clients() * 3 / 2, THINK_MILLIS, i -> list).during(8);
      say("sustainable?", more.toString());
      if (more.refused().length > 0 || more.perSecond() < best.perSecond() * 1.1) {
        return best;
      }
      best = more;
    }
  }

  private void fill(byte[] create) throws InterruptedException {
    int made = 0;
    while (made < TICKETS) {
      made += LoadClients.start(port, 4, 0, i -> create).during(1).accepted().length;
    }
  }

  private void say(String what, String figures) {
    report.append(String.format(Locale.ROOT, "%-24s %s%n", what, figures));
  }
}
