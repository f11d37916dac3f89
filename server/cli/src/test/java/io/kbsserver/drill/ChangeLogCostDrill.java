package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.change.WithoutChangeLog;
import io.kbsserver.drill.LoadClients.Sample;
import io.kbsserver.http.TestServer;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the log of changes costs those who write: how long a request takes with it, against the same
 * without. One request goes to the one server, the next to the other and the next to the first
 * again, so that whatever else the machine does meets both; what the first and the third differ by
 * is noise. It takes two minutes.
 */
@Timeout(900)
class ChangeLogCostDrill {

  private static final int TURNS = 2_000;

  /** Until the machine knows what it has to do. */
  private static final int FIRST = 1_000;

  private static final int TICKETS = 4;

  /** A server, and the requests that are sent to it. */
  private record Side(TestServer server, String login, List<Long> tickets) {

    static Side of(String schema, Map<String, Object> properties) {
      String url = TestDatabase.get().createMigratedSchema(schema);
      TestServer server = TestServer.through(url, url, properties);
      UserAccounts accounts = server.bean(UserAccounts.class);
      accounts.add("drill", "drill@example.org", "drill", "support_manager");
      return with(server);
    }

    /** The same server again, with tickets of its own: or the second would change nothing. */
    Side again() {
      return with(server);
    }

    private static Side with(TestServer server) {
      String password = server.bean(UserAccounts.class).addPassword("drill", "drill").password();
      List<Long> tickets = new ArrayList<>();
      for (int i = 0; i < TICKETS; i++) {
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

  /**
   * The least of what is done without that is to be done with it: what the log was allowed to cost.
   */
  private enum Write {
    CREATE_TICKET(0.85) {
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
    UPDATE_TICKET(0.85) {
      @Override
      byte[] request(Side side, int client, int turn) {
        return side.post(
            "/tickets/" + side.tickets().get(client),
            "{\"status\":\"" + (turn % 2 == 0 ? "hold" : "open") + "\"}");
      }
    },
    CREATE_REPLY(0.85) {
      @Override
      byte[] request(Side side, int client, int turn) {
        return side.post(
            "/replies/ticket/" + side.tickets().get(client),
            "{\"reply_content\":\"Have you tried another cable?\"}");
      }
    };

    /** What is less than this is a fault. */
    private final double least;

    Write(double least) {
      this.least = least;
    }

    abstract byte[] request(Side side, int client, int turn);
  }

  private final StringBuilder report = new StringBuilder();

  @Test
  void aWriteWithItIsNearlyAsFast() throws Exception {
    Side with = Side.of("log_cost_with", Map.of());
    Side without = Side.of("log_cost_without", Map.of(WithoutChangeLog.ASKED, true));
    try {
      assertEquals(0, without.server().number("SELECT COUNT(*) FROM change_log"));
      Map<Write, Double> ratios = new EnumMap<>(Write.class);
      for (Write write : Write.values()) {
        ratios.put(write, measured(write, with, without));
      }
      assertAll(
          ratios.entrySet().stream()
              .map(
                  each ->
                      () ->
                          assertTrue(
                              each.getValue() >= each.getKey().least,
                              () -> each.getKey() + " takes longer\n" + report)));
    } finally {
      with.server().close();
      without.server().close();
      System.out.print(report);
      Files.writeString(Path.of("target", "change-log-cost-drill.txt"), report);
    }
  }

  private double measured(Write write, Side with, Side without) throws IOException {
    List<Side> sides = List.of(without, with, without.again());
    long[][] nanos = new long[sides.size()][TURNS - FIRST];
    List<Socket> sockets = new ArrayList<>();
    try {
      for (Side side : sides) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), side.server().port());
        socket.setTcpNoDelay(true);
        sockets.add(socket);
      }
      for (int turn = 0; turn < TURNS; turn++) {
        for (int place = 0; place < sides.size(); place++) {
          int side = (turn + place) % sides.size();
          byte[] request = write.request(sides.get(side), turn % TICKETS, turn / TICKETS);
          long taken = taken(sockets.get(side), request);
          if (turn >= FIRST) {
            nanos[side][turn - FIRST] = taken;
          }
        }
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    double first = median(nanos[0]);
    double logged = median(nanos[1]);
    double again = median(nanos[2]);
    double ratio = (first + again) / 2 / logged;
    report.append(
        String.format(
            Locale.ROOT,
            "%-14s %.2f of what is done without; %.1f ms with it, %.1f and %.1f ms without%n",
            write.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            ratio,
            logged / 1e6,
            first / 1e6,
            again / 1e6));
    return ratio;
  }

  private static long taken(Socket socket, byte[] request) throws IOException {
    long start = System.nanoTime();
    socket.getOutputStream().write(request);
    Sample answer = LoadClients.read(socket.getInputStream(), start);
    assertEquals(200, answer.status());
    return answer.nanos();
  }

  private static double median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
