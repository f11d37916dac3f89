package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.change.WithoutChangeLog;
import io.kbsserver.drill.LoadClients.Seen;
import io.kbsserver.http.TestServer;
import io.kbsserver.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the log of changes costs those who write: as many as one server does with it, against one
 * that does the same without. Each turn measures without, with, and without, so that the two
 * without say how noisy the machine is. It takes five minutes; clients, servers and database share
 * the machine.
 */
@Timeout(900)
class ChangeLogCostDrill {

  private static final int TURNS = 8;
  private static final long SECONDS = 3;
  private static final int CLIENTS = 4;

  /** A change that takes less than this away from what is done is as promised. */
  private static final double LEAST = 0.85;

  /** A server, and the requests that are sent to it. */
  private record Side(TestServer server, String login, List<Long> tickets) {

    static Side of(String schema, Map<String, Object> properties) {
      String url = TestDatabase.get().createMigratedSchema(schema);
      TestServer server = TestServer.through(url, url, properties);
      UserAccounts accounts = server.bean(UserAccounts.class);
      accounts.add("drill", "drill@example.org", "drill", "support_manager");
      String password = accounts.addPassword("drill", "drill").password();
      List<Long> tickets = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        tickets.add(server.ticket("drill", password, "drill" + i + "@example.org"));
      }
      return new Side(
          server,
          Base64.getEncoder()
              .encodeToString(("drill:" + password).getBytes(StandardCharsets.UTF_8)),
          tickets);
    }

    byte[] post(String path, String body) {
      return DemoServer.bytes(
          "POST /wp-json/kbs/v1%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic %s\r\n"
                  .formatted(path, login)
              + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(body.length(), body));
    }
  }

  private enum Write {
    CREATE_TICKET {
      @Override
      byte[] request(Side side, int client, int turn) {
        return side.post(
            "/tickets",
            "{\"customer_first\":\"Nina\",\"customer_last\":\"Newman\",\"customer_email\":"
                + "\"drill"
                + client
                + "@example.org\",\"ticket_title\":\"The printer\","
                + "\"ticket_content\":\"It was fine yesterday.\"}");
      }
    },
    UPDATE_TICKET {
      @Override
      byte[] request(Side side, int client, int turn) {
        return side.post(
            "/tickets/" + side.tickets().get(client),
            "{\"status\":\"" + (turn % 2 == 0 ? "hold" : "open") + "\"}");
      }
    },
    CREATE_REPLY {
      @Override
      byte[] request(Side side, int client, int turn) {
        return side.post(
            "/replies/ticket/" + side.tickets().get(client),
            "{\"reply_content\":\"Have you tried another cable?\"}");
      }
    };

    abstract byte[] request(Side side, int client, int turn);
  }

  private final StringBuilder report = new StringBuilder();

  @Test
  void aWriteWithItIsNearlyAsFast() throws Exception {
    Side with = Side.of("log_cost_with", Map.of());
    Side without = Side.of("log_cost_without", Map.of(WithoutChangeLog.ASKED, true));
    try {
      assertEquals(0, without.server().number("SELECT COUNT(*) FROM change_log"));
      List<Double> medians = new ArrayList<>();
      for (Write write : Write.values()) {
        medians.add(measured(write, with, without));
      }
      assertAll(
          medians.stream()
              .map(ratio -> () -> assertTrue(ratio >= LEAST, () -> "Writes take longer\n" + report)));
    } finally {
      with.server().close();
      without.server().close();
      System.out.print(report);
      Files.writeString(Path.of("target", "change-log-cost-drill.txt"), report);
    }
  }

  private double measured(Write write, Side with, Side without) throws InterruptedException {
    perSecond(write, without);
    perSecond(write, with);
    double[] ratios = new double[TURNS];
    double[] noise = new double[TURNS];
    double[] figures = new double[TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      double first = perSecond(write, without);
      figures[turn] = perSecond(write, with);
      double second = perSecond(write, without);
      ratios[turn] = figures[turn] / ((first + second) / 2);
      noise[turn] = second / first;
    }
    report.append(
        String.format(
            Locale.ROOT,
            "%-14s %.2f of what is done without (%s), at %.0f/s with it; the same twice: %s%n",
            write.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            median(ratios),
            range(ratios),
            median(figures),
            range(noise)));
    return median(ratios);
  }

  private static double perSecond(Write write, Side side) throws InterruptedException {
    AtomicInteger turns = new AtomicInteger();
    Seen seen =
        LoadClients.start(
                side.server().port(),
                CLIENTS,
                0,
                client -> write.request(side, client, turns.getAndIncrement() / CLIENTS))
            .during(SECONDS);
    assertEquals(0, seen.others(), seen::toString);
    return seen.perSecond();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static String range(double[] values) {
    return String.format(
        Locale.ROOT,
        "%.2f to %.2f",
        Arrays.stream(values).min().orElseThrow(),
        Arrays.stream(values).max().orElseThrow());
  }
}
