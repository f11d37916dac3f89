package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.cli.Main;
import io.kbsserver.testing.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients that make and change tickets, and remember what was acknowledged. */
final class TicketWriters {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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

  /**
   * What a server let its clients wait.
   *
   * @param last when it last acknowledged something
   * @param longest the longest time between two such moments
   */
  private record Pause(long last, Duration longest) {

    Pause until(Pause now) {
      Duration pause = Duration.ofNanos(now.last - last);
      return new Pause(now.last, pause.compareTo(longest) > 0 ? pause : longest);
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Integer> answers = new TreeMap<>();
  private final Map<Integer, Pause> pauses = new HashMap<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private final AtomicInteger titles = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();
  private final String authorization;
  private final String content;

  /**
   * Clients with a login that there is.
   *
   * @param authorization the value of the header
   * @param content what each ticket is about
   */
  TicketWriters(String authorization, String content) {
    this.authorization = authorization;
    this.content = content;
  }

  /** Clients with a new login, which is made as an operator makes it. */
  static TicketWriters withNewLogin(Map<String, String> environment) throws InterruptedException {
    return new TicketWriters(newLogin(environment), "Does it survive?");
  }

  /** The header's value for a new support manager, who is made as an operator makes one. */
  static String newLogin(Map<String, String> environment) throws InterruptedException {
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
      byte[] login = ("drill:" + password.group(1)).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(login);
    }
  }

  /** Lets one client write to a server until {@link #stop()}. */
  void start(int port) {
    start(port, port);
  }

  /** The same, where what one server has made is changed at once through another. */
  void start(int port, int changing) {
    Thread writer = new Thread(() -> write(port, changing), "writer to " + port);
    writer.start();
    threads.add(writer);
  }

  /** So many tickets were made so far. */
  int made() {
    return acknowledged.size();
  }

  /** The answers so far, by status. */
  String answers() {
    synchronized (answers) {
      return answers.toString();
    }
  }

  /** The longest time that a server acknowledged nothing. */
  Duration longestPause(int port) {
    synchronized (answers) {
      return pauses.get(port).longest();
    }
  }

  void stop() throws InterruptedException {
    over.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** What was not acknowledged is sent again with the same key, now here, now there. */
  private void write(int port, int changing) {
    String title = nextTitle();
    String key = UUID.randomUUID().toString();
    int to = port;
    while (!over.get()) {
      try {
        HttpResponse<String> made =
            send(
                to,
                "",
                key,
                Map.of(
                    "ticket_title", title,
                    "ticket_content", content,
                    "customer_email", "somebody@example.org",
                    "customer_first", "Some",
                    "customer_last", "Body"));
        if (made.statusCode() == 200) {
          JsonNode ticket = JSON.readTree(made.body());
          Acknowledged is =
              new Acknowledged(
                  ticket.get("id").asLong(),
                  ticket.at("/ticket_data/number").asText(),
                  title,
                  ticket.get("status").asText(),
                  null);
          acknowledged.add(change(changing, is));
          title = nextTitle();
          key = UUID.randomUUID().toString();
          to = port;
          continue;
        }
      } catch (IOException e) {
        // Killed in the middle: nothing is known of this one yet.
      }
      to = to == port ? changing : port;
      pause();
    }
  }

  private String nextTitle() {
    return "Ticket " + titles.incrementAndGet();
  }

  private Acknowledged change(int port, Acknowledged made) {
    Acknowledged asking = made.asking("open");
    try {
      int status =
          send(port, "/" + made.id(), UUID.randomUUID().toString(), Map.of("status", "open"))
              .statusCode();
      return status == 200 ? asking.changed() : asking;
    } catch (IOException e) {
      return asking;
    }
  }

  private HttpResponse<String> send(int port, String ticket, String key, Map<String, String> body)
      throws IOException {
    HttpResponse<String> response =
        exchange(
            request(port, ticket)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
    int status = response.statusCode();
    synchronized (answers) {
      answers.merge(status, 1, Integer::sum);
      if (status == 200) {
        pauses.merge(port, new Pause(System.nanoTime(), Duration.ZERO), Pause::until);
      }
    }
    // 409: the one before is still going on, or was killed a moment ago.
    if (status != 200 && status != 503 && status != 409) {
      unexpected.add(status + " " + response.request().uri() + " " + response.body());
    }
    return response;
  }

  private HttpRequest.Builder request(int port, String ticket) {
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

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Fails unless what was acknowledged is there, all once, and nothing but 200, 409, 503 came. */
  void check(DrillServer server) throws IOException {
    Map<String, List<JsonNode>> there = byTitle(server.port());
    there.forEach((title, found) -> assertEquals(1, found.size(), title));
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
    assertEquals(List.of(), List.copyOf(unexpected), () -> server.process().errors());
  }

  private Map<String, List<JsonNode>> byTitle(int port) throws IOException {
    Map<String, List<JsonNode>> there = new HashMap<>();
    Set<String> numbers = new HashSet<>();
    int pages = 1;
    for (int page = 1; page <= pages; page++) {
      HttpResponse<String> answer =
          exchange(request(port, "?per_page=100&orderby=id&order=asc&page=" + page).GET().build());
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
    return there;
  }
}
