package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the management port answers, and that nobody else does. */
class ManagementTest {

  private static TestServer server;
  private static User manager;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    server =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_management"),
            Map.of(
                "kbs.management.port",
                port,
                "kbs.rate-limits.address",
                "200/24h",
                "micronaut.metrics.enabled",
                true));
    manager = server.user("support_manager");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpApi management() {
    return new HttpApi("http://127.0.0.1:" + port, null, null);
  }

  private static String metrics() {
    Answer answer = management().send("GET", "/metrics", null, null).assertOk();
    assertTrue(answer.header("Content-Type").startsWith("text/plain"), answer::toString);
    return answer.body();
  }

  @Test
  void requestsAreCountedByOperationAndStatus() {
    manager.api().get("").assertOk();
    manager.api().post("", ticket("metrics@example.org")).assertOk();
    assertEquals(400, manager.api().post("", Map.of()).status());
    server.anonymous().get("/1").assertError(401, "rest_forbidden_context");
    server.anonymous().send("GET", "/no/such/path?secret=value", null, null);
    String metrics = metrics();
    for (String line :
        List.of(
            "http_server_requests_seconds_count{operation=\"listTickets\",status=\"200\"}",
            "http_server_requests_seconds_count{operation=\"createTicket\",status=\"200\"}",
            "http_server_requests_seconds_count{operation=\"createTicket\",status=\"400\"}",
            "http_server_requests_seconds_count{operation=\"getTicket\",status=\"401\"}",
            "http_server_requests_seconds_count{operation=\"none\",status=\"404\"}",
            "http_server_requests_seconds_bucket{operation=\"listTickets\",status=\"200\",le=\"0.1\"}",
            "hikaricp_connections_active{pool=",
            "kbs_database_up 1.0",
            "kbs_slow_queries_total ",
            "kbs_build_info{commit=",
            "kbs_bulkhead_places{bulkhead=\"work\",kind=\"read\"} 6.0",
            "kbs_bulkhead_active{bulkhead=\"work\",kind=\"write\"} 0.0",
            "kbs_bulkhead_waiting{bulkhead=\"logins\",kind=\"unknown\"} 0.0",
            "kbs_bulkhead_refused_total{bulkhead=\"logins\",kind=\"anonymous\"} 0.0",
            "kbs_connections_open ",
            "kbs_connections_refused_total 0.0",
            "kbs_connections_ended_total 0.0",
            "cache_size{cache=\"site\"}",
            "jvm_memory_used_bytes{")) {
      assertTrue(metrics.contains(line), () -> line + " is not in\n" + metrics);
    }
    assertFalse(metrics.contains("secret") || metrics.contains("such"), metrics);
    assertFalse(metrics.contains("/wp-json"), metrics);
  }

  private static double value(String name) {
    Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(metrics());
    assertTrue(line.find(), () -> name + " is not in\n" + metrics());
    return Double.parseDouble(line.group(1));
  }

  /** What an action adds to a number. */
  private static double added(String name, Runnable action) {
    double before = value(name);
    action.run();
    return value(name) - before;
  }

  @Test
  void loginsAreCountedByWhatBecomesOfThemAndTheirCacheByHits() {
    User user = server.user("support_agent");
    HttpApi wrong = server.login(user.login(), "wrong").with("X-Forwarded-For", "203.0.113.9");
    String hits = "cache_gets_total{cache=\"credentials\",result=\"hit\"}";
    String misses = "cache_gets_total{cache=\"credentials\",result=\"miss\"}";
    assertEquals(1, added(misses, () -> user.api().get("").assertOk()));
    assertEquals(2, added(hits, () -> List.of(1, 2).forEach(i -> user.api().get("").assertOk())));
    assertTrue(value("cache_size{cache=\"credentials\"}") >= 1);
    assertEquals(
        1, added("kbs_logins_total{outcome=\"known\"}", () -> user.api().get("").assertOk()));
    assertEquals(
        20,
        added(
            "kbs_logins_total{outcome=\"nobody\"}",
            () -> IntStream.range(0, 20).forEach(i -> wrong.get(""))));
    assertEquals(
        1,
        added(
            "kbs_logins_total{outcome=\"too_many_failures\"}",
            () -> wrong.get("").assertError(429, "rest_too_many_failed_logins")));
  }

  @Test
  void requestsOverARateAreCounted() {
    HttpApi api = manager.api().with("X-Forwarded-For", "203.0.113.10");
    double refused =
        added(
            "kbs_rate_limit_refused_total{limit=\"address\"}",
            () -> IntStream.range(0, 203).forEach(i -> api.get("/1")));
    assertEquals(3, refused);
  }

  /** Rules for Prometheus that name what is not there never alert. */
  @Test
  void documentedAlertsNameWhatIsThere() throws IOException {
    manager.api().get("").assertOk();
    Matcher block =
        Pattern.compile("^```yaml\\n(groups:.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../../docs/operating.md")));
    assertTrue(block.find());
    List<MatchResult> named =
        Pattern.compile("\\b((?:http|hikaricp|kbs|jvm|process|system)_\\w+)(?:\\{(\\w+))?")
            .matcher(block.group(1))
            .results()
            .toList();
    assertTrue(named.size() > 5, named::toString);
    String metrics = metrics();
    for (MatchResult metric : named) {
      String label = metric.group(2) == null ? "" : "[^}]*\\b" + metric.group(2) + "=";
      assertTrue(
          Pattern.compile(
                  "(?m)^" + metric.group(1) + "\\b" + (label.isEmpty() ? "" : "\\{" + label))
              .matcher(metrics)
              .find(),
          () -> metric.group() + " is not in\n" + metrics);
    }
  }

  @Test
  void whatRunsIsTold() {
    Answer info = management().send("GET", "/info", null, null).assertOk();
    assertEquals("application/json", info.header("Content-Type"));
    assertTrue(info.json().has("version") && info.json().has("commit"), info::toString);
    assertTrue(info.text("contract").matches("\\d+\\.\\d+\\.\\d+"), info::toString);
    assertEquals(System.getProperty("java.version"), info.text("java"));
  }

  @Test
  void nothingElseIsAnsweredThere() {
    for (String path :
        List.of("/", "/health", "/health/ready", "/metrics/jvm", "/metricsx", "/beans", "/env")) {
      assertEquals(404, management().send("GET", path, null, null).status(), path);
    }
    assertEquals(405, management().send("POST", "/metrics", null, "x").status());
    server.anonymous().send("GET", "/metrics", null, null).assertError(404, "rest_no_route");
    server.anonymous().send("GET", "/info", null, null).assertError(404, "rest_no_route");
  }

  /** More of them than there are threads, so that each has to be sent away after a while. */
  @Test
  void whoSendsHalfARequestHoldsUpNobody() throws IOException {
    List<Socket> half = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        half.add(new Socket(InetAddress.getLoopbackAddress(), port));
        half.get(i).getOutputStream().write("GET /metr".getBytes(StandardCharsets.US_ASCII));
      }
      metrics();
    } finally {
      for (Socket socket : half) {
        socket.close();
      }
    }
  }

  @Test
  void itListensOnThisMachineOnly() throws Exception {
    for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress address : network.inetAddresses().toList()) {
        if (!address.isLoopbackAddress() && address.getAddress().length == 4) {
          HttpApi outside =
              new HttpApi("http://" + address.getHostAddress() + ":" + port, null, null);
          assertThrows(
              UncheckedIOException.class, () -> outside.send("GET", "/metrics", null, null));
        }
      }
    }
  }

  @Test
  void labelsAreBounded() {
    for (int i = 0; i < 50; i++) {
      manager.api().get("/" + (1_000_000 + i));
      server.anonymous().send("GET", "/made-up-" + i, null, null);
      server.anonymous().send("MADEUP" + i, "/", null, null);
    }
    long series =
        Pattern.compile("(?m)^http_server_requests_seconds_count\\{")
            .matcher(metrics())
            .results()
            .count();
    assertTrue(series < 20, metrics());
  }
}
