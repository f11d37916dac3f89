package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hundred bodies, each as large as one may be, and a server with little memory. */
@Timeout(300)
class ServeBodiesTest {

  private static final int BODIES = 100;
  private static final int SIZE = 8 * 1024 * 1024;

  @Test
  void bodiesAtATimeTakeNoMoreMemoryThanThereIs() throws Exception {
    TestDatabase database = TestDatabase.get();
    Map<String, String> environment =
        Map.of(
            "KBS_DATABASE_URL", database.createMigratedSchema("bodies"),
            "KBS_DATABASE_USER", database.user(),
            "KBS_DATABASE_PASSWORD", database.password(),
            "JAVA_TOOL_OPTIONS", "-Xmx256m -XX:+ExitOnOutOfMemoryError");
    try (ChildProcess server =
        ChildProcess.start(
            Main.class, ChildProcess.classPath(), environment, "serve", "--demo", "--port", "0")) {
      server.awaitLine("Stop it with Ctrl-C");
      URI tickets = URI.create(found(server, "Tickets +(\\S+)"));
      String login = found(server, "Login +(\\S+)") + ":" + found(server, "Password +(.*)  \\(");
      String basic =
          "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      byte[] json = filled("{\"ticket_title\":\"", "\"}");
      byte[] form = filled("ticket_title=%20", "");
      byte[] pieces = filled("[", "1]");
      for (int i = 1; i < pieces.length - 2; i++) {
        pieces[i] = (byte) (i % 2 == 1 ? '1' : ',');
      }
      for (Map.Entry<String, byte[]> body :
          List.of(
              Map.entry("application/json", json),
              Map.entry("application/json", pieces),
              Map.entry("application/x-www-form-urlencoded", form))) {
        for (String authorization : List.of("Basic eDp4", basic)) {
          List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
          for (int i = 0; i < BODIES; i++) {
            answers.add(
                client.sendAsync(
                    HttpRequest.newBuilder(tickets)
                        .header("Authorization", authorization)
                        .header("Content-Type", body.getKey())
                        .POST(BodyPublishers.ofByteArray(body.getValue()))
                        .build(),
                    BodyHandlers.ofString()));
          }
          // Wrong logins are counted after a while, and answered unread all the same.
          Set<Integer> expected =
              authorization.equals(basic) ? Set.of(400, 503) : Set.of(401, 429, 503);
          for (CompletableFuture<HttpResponse<String>> answer : answers) {
            // A connection may end while the client still sends.
            int status = answer.handle((got, failed) -> got == null ? 0 : got.statusCode()).get();
            assertTrue(status == 0 || expected.contains(status), "" + status);
          }
        }
      }
      goAway(tickets.getPort(), basic);
      // What the others took has been given back.
      HttpRequest.Builder request = HttpRequest.newBuilder(tickets).header("Authorization", basic);
      request.header("Content-Type", "application/json");
      HttpRequest large = request.POST(BodyPublishers.ofByteArray(json)).build();
      assertEquals(400, afterTheStorm(client, large));
      assertEquals(400, afterTheStorm(client, large));
      HttpRequest list = request.GET().build();
      assertEquals(200, afterTheStorm(client, list));
      // A machine that is this busy may take a database for one that does not answer.
      String errors = server.errors().replaceAll("ERROR From now on: the database", "");
      assertFalse(errors.contains("MemoryError:") || errors.contains(" ERROR "), errors);
    }
  }

  /** What is answered in the end; 503 says no more than later. */
  private static int afterTheStorm(HttpClient client, HttpRequest request) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (true) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 503 || System.nanoTime() > end) {
        return answer.statusCode();
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Clients that end in their bodies, in order or not, are none of the operator's business. */
  private static void goAway(int port, String basic) throws IOException {
    for (String type : List.of("application/json", "multipart/form-data; boundary=B")) {
      for (String framing :
          List.of(
              "Content-Length: 7000000",
              "Content-Length: 7000000\r\nExpect: 100-continue",
              "Transfer-Encoding: chunked")) {
        for (int sent : List.of(5, 9_000, 3_000_000)) {
          for (boolean reset : List.of(true, false)) {
            String head =
                "POST /wp-json/kbs/v1/tickets HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n"
                    + "Content-Type: %s\r\n%s\r\n\r\n";
            String body = "700000\r\n--B\r\n" + "x".repeat(sent);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
              OutputStream out = socket.getOutputStream();
              out.write(head.formatted(basic, type, framing).getBytes(StandardCharsets.US_ASCII));
              out.write(body.getBytes(StandardCharsets.US_ASCII));
              socket.setSoLinger(reset, 0);
            } catch (SocketException e) {
              // The server was faster.
            }
          }
        }
      }
    }
  }

  private static byte[] filled(String start, String end) {
    String filling = "x".repeat(SIZE - start.length() - end.length());
    return (start + filling + end).getBytes(StandardCharsets.US_ASCII);
  }

  private static String found(ChildProcess server, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(server.output());
    assertTrue(matcher.find(), server.output());
    return matcher.group(1);
  }
}
