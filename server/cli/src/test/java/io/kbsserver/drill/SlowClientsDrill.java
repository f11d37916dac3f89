package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.drill.DemoServer.Use;
import io.kbsserver.drill.LoadClients.Seen;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thousand clients of each kind of slowness at once, held by one server beside a few who read and
 * write as usual: what these notice of it, what it costs, and when the connections are free again.
 * It takes two minutes, on loopback.
 *
 * <p>{@code -Ddrill.connections=1000} says how many of each kind.
 */
@Timeout(600)
class SlowClientsDrill {

  private static final int USUAL = 6;
  private static final int THINK_MILLIS = 50;
  private static final long PATIENCE_SECONDS = 120;

  /** More than the system may still hold for a client when the server has sent it away. */
  private static final long ALL_IS_SENT = 20_000_000;

  /** What they send at once, and what they go on with, a byte a second. */
  private enum Kind {
    SILENT,
    HEAD,
    BODY,
    STRANGERS_BODY,
    FILE,
    READER;

    private byte[] first(DemoServer server) {
      String post = "POST /wp-json/kbs/v1/tickets HTTP/1.1\r\n";
      String asked =
          switch (this) {
            case SILENT -> "";
            case HEAD -> "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
            case BODY -> post + server.headers() + body("application/json", 7_000);
            case STRANGERS_BODY ->
                post + "Host: localhost\r\n" + body("application/x-www-form-urlencoded", 7_000_000);
            case FILE ->
                post
                    + server.headers()
                    + body("multipart/form-data; boundary=B", 7_000_000)
                    + "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n";
            case READER -> "GET /docs HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(80);
          };
      return DemoServer.bytes(asked);
    }

    private static String body(String type, int length) {
      return "Content-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private boolean writes() {
      return this != SILENT && this != READER;
    }
  }

  /** One of them. */
  private static final class Slow {
    private final Kind kind;
    private final SocketChannel channel;
    private final long began = System.nanoTime();
    private double seconds;
    private long left;

    Slow(Kind kind, DemoServer server) throws IOException {
      this.kind = kind;
      channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      channel.write(ByteBuffer.wrap(kind.first(server)));
      channel.configureBlocking(false);
    }

    boolean isOpen() {
      return channel.isOpen();
    }

    /** Ten bytes a second; after a minute, all that is still there, behind which an end is seen. */
    private boolean hasReadToTheEnd() throws IOException {
      if (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(60)) {
        return channel.read(ByteBuffer.allocate(10)) < 0;
      }
      int read;
      do {
        read = channel.read(ByteBuffer.allocate(64 * 1024));
        left += Math.max(0, read);
      } while (read > 0 && left < ALL_IS_SENT);
      return read < 0;
    }

    /** Goes on slowly, and notices that it was sent away. */
    void goOn() throws IOException {
      boolean ended;
      try {
        if (kind.writes()) {
          channel.write(ByteBuffer.wrap(new byte[] {'x'}));
        }
        ended =
            kind == Kind.READER ? hasReadToTheEnd() : channel.read(ByteBuffer.allocate(4096)) < 0;
      } catch (IOException e) {
        // Reset, as what was sent last was not read.
        ended = true;
      }
      if (ended) {
        seconds = (System.nanoTime() - began) / 1e9;
        channel.close();
      }
    }
  }

  private final List<Slow> slow = new ArrayList<>();

  @Test
  void whoIsNotSlowNoticesLittleOfIt() throws Exception {
    int ofEach = Integer.getInteger("drill.connections", 1_000);
    int all = ofEach * Kind.values().length;
    TestDatabase database = TestDatabase.get();
    Map<String, String> environment =
        Map.of(
            "KBS_DATABASE_URL", database.createSchema("slow_clients_drill"),
            "KBS_DATABASE_USER", database.user(),
            "KBS_DATABASE_PASSWORD", database.password(),
            "KBS_MAX_CONNECTIONS", String.valueOf(all + 100),
            "JAVA_TOOL_OPTIONS", "-Xmx" + (256 + all / 1_000 * 64) + "m");
    try (DemoServer server = DemoServer.start(environment)) {
      byte[] list = server.get("/tickets?per_page=10&_fields=id,status,date");
      byte[] create = server.create();
      LoadClients.start(server.port(), USUAL, 0, i -> list).during(10);
      Seen before = usual(server, list, create).during(10);
      Use alone = server.use();
      tell("alone", before + "; " + alone);

      LoadClients reading = usual(server, list, create);
      for (int i = 0; i < ofEach; i++) {
        for (Kind kind : Kind.values()) {
          slow.add(new Slow(kind, server));
        }
      }
      tell("opened", all + " connections");
      reading.during(0);
      LoadClients among = usual(server, list, create);
      Use most = alone;
      for (int second = 0; second < 8; second++) {
        goOn();
        most = larger(most, server.use());
      }
      Seen meanwhile = among.during(0);
      Use held = most;
      tell("beside them", meanwhile + "; " + held);

      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (slow.stream().anyMatch(Slow::isOpen) && System.nanoTime() < deadline) {
        goOn();
        most = larger(most, server.use());
      }
      Map<Kind, String> released = released();
      tell("released", released + "; at most " + most);
      Seen after = usual(server, list, create).during(10);
      Use end = server.use();
      tell("afterwards", after + "; " + end);
      Use peak = most;
      assertAll(
          () -> assertEquals(0, slow.stream().filter(Slow::isOpen).count(), "Still held"),
          () -> assertEquals(0, refused(before, meanwhile, after)),
          () -> assertTrue(peak.threads() <= alone.threads() + 16, "More threads"),
          () -> assertTrue(server.process().isAlive()),
          () ->
              assertTrue(
                  meanwhile.perSecond() > before.perSecond() / 3, "Little is answered beside them"),
          () ->
              assertTrue(
                  after.perSecond() > before.perSecond() / 2, "Little is answered afterwards"));
    } finally {
      for (Slow one : slow) {
        one.channel.close();
      }
    }
  }

  /** Five who read and one who writes. */
  private static LoadClients usual(DemoServer server, byte[] list, byte[] create) {
    return LoadClients.start(server.port(), USUAL, THINK_MILLIS, i -> i == 0 ? create : list);
  }

  private static long refused(Seen... seen) {
    long refused = 0;
    for (Seen one : seen) {
      refused += one.refused().length + one.others();
    }
    return refused;
  }

  private static Use larger(Use one, Use other) {
    return new Use(
        Math.max(one.threads(), other.threads()), Math.max(one.megabytes(), other.megabytes()));
  }

  /** A second of each of them. */
  private void goOn() throws IOException, InterruptedException {
    long next = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    for (Slow one : slow) {
      if (one.isOpen()) {
        one.goOn();
      }
    }
    TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
  }

  private Map<Kind, String> released() {
    Map<Kind, String> released = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      double[] seconds =
          slow.stream()
              .filter(one -> one.kind == kind && !one.isOpen())
              .mapToDouble(one -> one.seconds)
              .sorted()
              .toArray();
      released.put(
          kind,
          seconds.length == 0
              ? "none"
              : String.format(
                  Locale.ROOT,
                  "%d after %.0f to %.0f s",
                  seconds.length,
                  seconds[0],
                  seconds[seconds.length - 1]));
    }
    return released;
  }

  private static void tell(String what, String figures) {
    System.out.printf(Locale.ROOT, "%-12s %s%n", what, figures);
  }
}
