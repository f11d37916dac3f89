package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the log of a server, and what never does. */
@Timeout(180)
class ServeLogsTest {

  private static final String READY = "Stop it with Ctrl-C";

  private static ChildProcess serve(String schema, Map<String, String> more) throws IOException {
    TestDatabase database = TestDatabase.get();
    Map<String, String> environment = new HashMap<>(more);
    environment.put("KBS_DATABASE_URL", database.createMigratedSchema(schema));
    environment.put("KBS_DATABASE_USER", database.user());
    environment.put("KBS_DATABASE_PASSWORD", database.password());
    return ChildProcess.start(
        Main.class, ChildProcess.classPath(), environment, "serve", "--demo", "--port", "0");
  }

  private static String found(ChildProcess server, String pattern) throws InterruptedException {
    server.awaitLine(READY);
    Matcher matcher = Pattern.compile(pattern).matcher(server.output());
    assertTrue(matcher.find(), server.output());
    return matcher.group(1);
  }

  private static String base64(String credentials) {
    return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a request with headers as they are, and gives the answer. */
  private static String send(URI tickets, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tickets.getPort())) {
      String request =
          "GET "
              + tickets.getPath()
              + "?per_page=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + String.join("", List.of(headers).stream().map(line -> line + "\r\n").toList())
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void nothingThatLogsInIsEverLogged(String format) throws Exception {
    try (ChildProcess server =
        serve(
            "logs_" + format,
            Map.of(
                "KBS_LIBRARY_LOG_LEVEL", "trace",
                "KBS_LOG_LEVEL", "trace",
                "KBS_LOG_FORMAT", format))) {
      URI tickets = URI.create(found(server, "Tickets +(\\S+)"));
      String login = found(server, "Login +(\\S+)");
      String password = found(server, "Password +(.*)  \\(").replace(" ", "");
      List<String> secrets =
          List.of(
              base64(login + ":" + password),
              base64(login + ":wrongPassword12345"),
              base64("unknown:otherPassword12345"),
              "tokenOfABearer12345",
              "malformed*Credentials12345",
              "digestOfSomebody12345",
              "schemeless12345",
              "proxyCredentials12345");
      assertTrue(send(tickets, "Authorization: Basic " + secrets.get(0)).contains("200 OK"));
      send(tickets, "authorization: basic " + secrets.get(1), "X-Request-ID: of-the-second");
      send(tickets, "AUTHORIZATION:  BASIC   " + secrets.get(2));
      send(tickets, "Authorization: Bearer " + secrets.get(3));
      send(tickets, "Authorization: Basic " + secrets.get(4));
      send(tickets, "Authorization: Digest username=\"a\", response=\"" + secrets.get(5) + "\"");
      send(tickets, "Authorization: " + secrets.get(6));
      send(tickets, "Proxy-Authorization: Basic " + secrets.get(7));
      server.terminate();
      server.exitCode();
      String log = server.errors();
      // It is a test of nothing, unless somebody tries to log them.
      assertTrue(log.contains("*** does not start with bearer"), "No credentials are logged");
      assertTrue(log.contains("Resolved value [***]"), "No password of the database is logged");
      String named =
          format.equals("text") ? " [of-the-second] " : "\"requestId\":\"of-the-second\"";
      assertTrue(log.contains(named), "No line bears the name of its request");
      for (String secret : secrets) {
        assertFalse(log.contains(secret), () -> line(log, secret));
      }
      assertFalse(log.contains(password), () -> line(log, password));
      String ofDatabase = TestDatabase.get().password();
      assertFalse(log.contains(ofDatabase), () -> line(log, ofDatabase));
      if (format.equals("json")) {
        readEachLine(log);
      }
    }
  }

  private static String line(String log, String secret) {
    return log.lines().filter(line -> line.contains(secret)).findFirst().orElseThrow();
  }

  @Test
  void programsReadAnObjectInEachLine() throws Exception {
    try (ChildProcess server = serve("logs_lines", Map.of("KBS_LOG_FORMAT", "json"))) {
      found(server, "Tickets +(\\S+)");
      server.terminate();
      server.exitCode();
      readEachLine(server.errors());
    }
  }

  private static void readEachLine(String log) throws IOException {
    for (String line : log.lines().toList()) {
      JsonNode event = new ObjectMapper().readTree(line);
      assertTrue(event.path("level").isTextual(), line);
      assertTrue(event.path("formattedMessage").isTextual(), line);
    }
  }

  @Test
  void eachRequestHasALineWhereTheyAreAskedFor() throws Exception {
    try (ChildProcess server = serve("logs_access", Map.of("KBS_ACCESS_LOG", "on"))) {
      URI tickets = URI.create(found(server, "Tickets +(\\S+)"));
      send(tickets, "X-Request-ID: not sane", "User-Agent: of-a-client");
      server.awaitError(" bytes ");
      send(tickets, "X-Request-ID: of-the-proxy", "Authorization: Basic YTpi");
      server.awaitError("request of-the-proxy");
      server.terminate();
      server.exitCode();
      List<String> lines =
          server.errors().lines().filter(line -> line.contains("/wp-json/")).toList();
      assertEquals(2, lines.size(), server.errors());
      Pattern line =
          Pattern.compile(
              "\\S+ INFO +127\\.0\\.0\\.1 \"GET /wp-json/kbs/v1/tickets HTTP/1\\.1\" 401 \\d+ bytes"
                  + " \\d+ ms, request [a-z0-9-]+");
      lines.forEach(logged -> assertTrue(line.matcher(logged).matches(), logged));
    }
  }

  @Test
  void whatIsNeitherOnNorOffIsToldBeforeTheServerStarts() {
    CommandLineRun run = CommandLineRun.of(Map.of("KBS_ACCESS_LOG", "yes"), "serve");
    assertEquals(1, run.exitCode());
    assertEquals("kbs-server: KBS_ACCESS_LOG is neither on nor off: yes\n", run.err());
  }

  @Test
  void anUnknownFormatIsToldBeforeTheServerStarts() {
    CommandLineRun run = CommandLineRun.of(Map.of("KBS_LOG_FORMAT", "xml"), "serve");
    assertEquals(1, run.exitCode());
    assertEquals("kbs-server: KBS_LOG_FORMAT is neither text nor json: xml\n", run.err());
  }

  @Test
  void aRateThatIsNoneIsToldBeforeTheServerStarts() {
    for (String variable : List.of("KBS_RATE_LIMIT_ADDRESS", "KBS_RATE_LIMIT_CREDENTIAL")) {
      CommandLineRun run = CommandLineRun.of(Map.of(variable, "many"), "serve");
      assertEquals(1, run.exitCode());
      assertEquals("kbs-server: " + variable + " is no rate such as 600/1m: many\n", run.err());
    }
  }
}
