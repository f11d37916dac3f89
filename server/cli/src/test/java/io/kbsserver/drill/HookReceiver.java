package io.kbsserver.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Takes what a webhook sends and keeps a copy by it. Now and then it fails, is slow, or hangs up
 * when it has taken a message.
 */
final class HookReceiver implements AutoCloseable {

  private static final int FAILS_IN = 40;

  private final Random random;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final HttpServer server;
  private final CopyOfTickets copy = new CopyOfTickets();
  private final Set<Long> positions = new TreeSet<>();
  private final Map<Long, Long> lastOfTicket = new HashMap<>();
  private final List<String> disorder = new ArrayList<>();
  private int failed;
  private int twice;
  private boolean reliable;

  HookReceiver(long seed) throws IOException {
    random = new Random(seed);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /** From now on it takes everything. */
  synchronized void failsNoMore() {
    reliable = true;
  }

  CopyOfTickets copy() {
    return copy;
  }

  /** Of which changes it was told. */
  synchronized Set<Long> positions() {
    return new TreeSet<>(positions);
  }

  /** Of tickets of which a later change was told first. */
  synchronized List<String> disorder() {
    return List.copyOf(disorder);
  }

  synchronized String report() {
    return "%d messages taken, %d of them more than once, %d times failed"
        .formatted(positions.size(), twice, failed);
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int chance = chance();
    if (chance == 0) {
      answer(exchange, 503);
    } else if (chance == 1) {
      exchange.close();
    } else {
      take(SafeClient.json(body));
      if (chance == 2) {
        exchange.close();
      } else {
        if (chance == 3) {
          sleep();
        }
        answer(exchange, 204);
      }
    }
  }

  private synchronized int chance() {
    int chance = reliable ? FAILS_IN : random.nextInt(FAILS_IN);
    if (chance < 3) {
      failed++;
    }
    return chance;
  }

  private synchronized void take(JsonNode message) {
    JsonNode data = message.get("data");
    long position = data.get("position").asLong();
    if (!positions.add(position)) {
      twice++;
      return;
    }
    long ticket = data.get("ticket_id").asLong();
    long before = lastOfTicket.getOrDefault(ticket, 0L);
    if (before > position) {
      disorder.add(position + " of ticket " + ticket + " came behind " + before);
    }
    lastOfTicket.put(ticket, position);
    if (data.hasNonNull("ticket")) {
      copy.put("ticket", data.get("ticket"));
    } else if (data.get("kind").asText().equals("ticket")) {
      copy.remove("ticket", ticket);
    }
  }

  private static void sleep() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
