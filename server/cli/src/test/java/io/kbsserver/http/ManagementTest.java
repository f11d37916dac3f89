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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            TestDatabase.get().createSchema("http_management"),
            Map.of("kbs.management.port", port, "micronaut.metrics.enabled", true));
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
            "jvm_memory_used_bytes{")) {
      assertTrue(metrics.contains(line), () -> line + " is not in\n" + metrics);
    }
    assertFalse(metrics.contains("secret") || metrics.contains("such"), metrics);
    assertFalse(metrics.contains("/wp-json"), metrics);
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
