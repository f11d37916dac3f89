package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.drill.DemoServer.Use;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A thousand listen to the stream of changes and hear nothing: they cost no thread, and little
 * memory. Then something is changed, and each of them is told.
 *
 * <p>{@code -Ddrill.connections=1000} says how many.
 */
class IdleListenersDrill {

  private static final int MOST_MEGABYTES = 100;
  private static final int MOST_THREADS = 8;

  private final List<SocketChannel> listeners = new ArrayList<>();

  @Test
  void whoListensAndHearsNothingCostsLittle() throws Exception {
    int all = Integer.getInteger("drill.connections", 1_000);
    TestDatabase database = TestDatabase.get();
    Map<String, String> environment =
        Map.of(
            "KBS_DATABASE_URL", database.createSchema("idle_listeners_drill"),
            "KBS_DATABASE_USER", database.user(),
            "KBS_DATABASE_PASSWORD", database.password(),
            // All of them are one user, who may have a tenth.
            "KBS_MAX_CONNECTIONS", String.valueOf(10 * all),
            "JAVA_TOOL_OPTIONS", "-Xmx256m");
    try (DemoServer server = DemoServer.start(environment)) {
      byte[] list = server.get("/tickets?per_page=10&_fields=id,status,date");
      LoadClients.start(server.port(), 4, 0, i -> list).during(10);
      Use alone = server.use();
      tell("alone", alone.toString());
      byte[] listen = server.get("/events");
      for (int i = 0; i < all; i++) {
        SocketChannel channel =
            SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
        channel.write(ByteBuffer.wrap(listen));
        listeners.add(channel);
        read(channel, "HTTP/1.1 200");
      }
      TimeUnit.SECONDS.sleep(40);
      Use held = server.use();
      tell("listening", all + " listeners; " + held);
      long began = System.nanoTime();
      LoadClients.start(server.port(), 1, 1000, i -> server.create()).during(1);
      int told = 0;
      double last = 0;
      for (SocketChannel listener : listeners) {
        read(listener, "ticket.created");
        told++;
        last = (System.nanoTime() - began) / 1e9;
      }
      tell("told", "%d, the last after %.1f s; %s".formatted(told, last, server.use()));
      int heard = told;
      assertAll(
          () -> assertEquals(all, heard),
          () -> assertTrue(held.threads() <= alone.threads() + MOST_THREADS, "More threads"),
          () ->
              assertTrue(
                  held.megabytes() <= alone.megabytes() + MOST_MEGABYTES, "Too much memory"));
    } finally {
      for (SocketChannel listener : listeners) {
        listener.close();
      }
    }
  }

  private static void read(SocketChannel channel, String awaited) throws IOException {
    channel.socket().setSoTimeout((int) TimeUnit.MINUTES.toMillis(2));
    StringBuilder text = new StringBuilder();
    byte[] bytes = new byte[8192];
    while (text.indexOf(awaited) < 0) {
      int count = channel.socket().getInputStream().read(bytes);
      assertTrue(count >= 0, () -> "It ended: " + text);
      text.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
    }
  }

  private static void tell(String what, String figures) {
    System.out.printf(Locale.ROOT, "%-12s %s%n", what, figures);
  }
}
