package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.cli.Main;
import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.TestFolders;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kills the server, its database, or both, again and again, while tickets are made and changed.
 * What was acknowledged is there afterwards, once; numbers are unique; the server comes back.
 *
 * <p>{@code -Ddrill.rounds=100} says how often, {@code -Ddrill.seed} with which pauses.
 */
class KillDrill {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WRITERS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private enum Victim {
    SERVER,
    DATABASE,
    BOTH
  }

  /**
   * A ticket whose making was acknowledged.
   *
   * @param status the last one that was acknowledged
   * @param asked one that was asked for behind that, of which nothing is known; may be null
   */
  private record Acknowledged(long id, String number, String title, String status, String asked) {

    Acknowledged asking(String wanted) {
      return new Acknowledged(id, number, title, status, wanted);
    }

    Acknowledged changed() {
      return new Acknowledged(id, number, title, asked, null);
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
  private final Map<Integer, AtomicInteger> answers = new TreeMap<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private final AtomicInteger titles = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();
  private int port;
  private String authorization;

  @Test
  @Timeout(value = 45, unit = TimeUnit.MINUTES)
  void whatWasAcknowledgedIsThereOnce() throws Exception {
    int rounds = Integer.getInteger("drill.rounds", 100);
    Random random = new Random(Long.getLong("drill.seed", 1));
    port = freePort();
    Map<String, String> environment =
        Map.of("KBS_DATA_DIR", TestFolders.dataFolder("kill-drill").toString());
    List<Long> recoveries = new ArrayList<>();
    ChildProcess server = start(environment);
    try {
      authorization = login(environment);
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Thread writer = new Thread(this::write, "writer " + i);
        writer.start();
        writers.add(writer);
      }
      for (int round = 0; round < rounds; round++) {
        Victim victim = Victim.values()[round % Victim.values().length];
        TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(1500));
        long killed = System.nanoTime();
        List<ProcessHandle> databases =
            ProcessHandle.of(server.id()).orElseThrow().descendants().toList();
        assertTrue(!databases.isEmpty(), "The server has no database of its own");
        if (victim != Victim.DATABASE) {
          server.kill();
        }
        if (victim != Victim.SERVER) {
          databases.forEach(ProcessHandle::destroyForcibly);
        }
        if (victim != Victim.DATABASE) {
          server = start(environment);
        }
        awaitWrite(server);
        recoveries.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed));
      }
      over.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
      check();
      report(rounds, recoveries);
    } finally {
      over.set(true);
      server.close();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private ChildProcess start(Map<String, String> environment) throws InterruptedException {
    ChildProcess server =
        ChildProcess.start(
            Main.class,
            ChildProcess.classPath(),
            environment,
            "serve",
            "--port",
            String.valueOf(port));
    server.awaitLine("Stop it with Ctrl-C");
    return server;
  }

  private static String login(Map<String, String> environment) throws InterruptedException {
    try (ChildProcess add =
        ChildProcess.start(
            Main.class,
            ChildProcess.classPath(),
            environment,
            "user add drill --email drill@example.org --role support_manager".split(" "))) {
      assertEquals(0, add.exitCode(), add.errors());
      Matcher password =
          Pattern.compile("^  ((\\w{4} ){5}\\w{4})$", Pattern.MULTILINE).matcher(add.output());
      assertTrue(password.find(), add.output());
      return "Basic "
          + Base64.getEncoder()
              .encodeToString(("drill:" + password.group(1)).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Makes tickets, and changes each of them, as long as the drill lasts. */
  private void write() {
    while (!over.get()) {
      String title = "ticket " + titles.incrementAndGet();
      try {
        HttpResponse<String> made =
            send(
                "",
                Map.of(
                    "ticket_title", title,
                    "ticket_content", "Does it survive?",
                    "customer_email", "somebody@example.org",
                    "customer_first", "Some",
                    "customer_last", "Body"));
        if (made.statusCode() != 200) {
          pause();
          continue;
        }
        JsonNode ticket = JSON.readTree(made.body());
        Acknowledged is =
            new Acknowledged(
                ticket.get("id").asLong(),
                ticket.at("/ticket_data/number").asText(),
                title,
                ticket.get("status").asText(),
                null);
        acknowledged.add(change(is));
      } catch (IOException e) {
        // Killed in the middle: nothing is known of this one.
        pause();
      }
    }
  }

  private Acknowledged change(Acknowledged made) {
    Acknowledged asking = made.asking("open");
    try {
      int status = send("/" + made.id(), Map.of("status", "open")).statusCode();
      return status == 200 ? asking.changed() : asking;
    } catch (IOException e) {
      return asking;
    }
  }

  private HttpResponse<String> send(String ticket, Map<String, String> body) throws IOException {
    HttpRequest request =
        request(ticket)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> response = exchange(request);
    count(response);
    return response;
  }

  private HttpRequest.Builder request(String ticket) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + "/wp-json/kbs/v1/tickets" + ticket))
        .timeout(PATIENCE)
        .header("Authorization", authorization);
  }

  private HttpResponse<String> exchange(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void count(HttpResponse<String> response) {
    int status = response.statusCode();
    synchronized (answers) {
      answers.computeIfAbsent(status, key -> new AtomicInteger()).incrementAndGet();
    }
    if (status != 200 && status != 503) {
      unexpected.add(status + " " + response.body());
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until another ticket has been made. */
  private void awaitWrite(ChildProcess server) throws InterruptedException {
    int before = acknowledged.size();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (acknowledged.size() == before) {
      assertTrue(server.isAlive(), () -> "The server has ended: " + server.errors());
      assertTrue(System.nanoTime() < deadline, () -> "It does not come back: " + server.errors());
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private void check() throws IOException {
    assertEquals(List.of(), List.copyOf(unexpected));
    Map<String, List<JsonNode>> there = new HashMap<>();
    Set<String> numbers = new HashSet<>();
    int pages = 1;
    for (int page = 1; page <= pages; page++) {
      HttpResponse<String> answer =
          exchange(request("?per_page=100&orderby=id&order=asc&page=" + page).GET().build());
      assertEquals(200, answer.statusCode(), answer.body());
      pages = Integer.parseInt(answer.headers().firstValue("X-WP-TotalPages").orElseThrow());
      for (JsonNode ticket : JSON.readTree(answer.body())) {
        there
            .computeIfAbsent(ticket.at("/title/raw").asText(), title -> new ArrayList<>())
            .add(ticket);
        String number = ticket.at("/ticket_data/number").asText();
        assertTrue(numbers.add(number), "Two tickets have the number " + number);
      }
    }
    for (Acknowledged one : acknowledged) {
      List<JsonNode> found = there.getOrDefault(one.title(), List.of());
      assertEquals(1, found.size(), one.toString());
      JsonNode ticket = found.get(0);
      assertEquals(one.id(), ticket.get("id").asLong(), one.toString());
      assertEquals(one.number(), ticket.at("/ticket_data/number").asText(), one.toString());
      String status = ticket.get("status").asText();
      assertTrue(
          status.equals(one.status()) || status.equals(one.asked()), () -> one + ": " + status);
    }
  }

  private void report(int rounds, List<Long> recoveries) {
    long[] sorted = recoveries.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "%d rounds, %d tickets acknowledged and there once; answers %s; ms from the kill to the next"
            + " acknowledged ticket: median %d, most %d; %s%n",
        rounds,
        acknowledged.size(),
        answers,
        sorted[sorted.length / 2],
        sorted[sorted.length - 1],
        Arrays.toString(Victim.values()));
  }
}
