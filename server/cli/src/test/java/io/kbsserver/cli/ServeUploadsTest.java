package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.OpenFiles;
import io.kbsserver.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are larger than the memory of the server, and a server that is killed with them. */
@Timeout(180)
class ServeUploadsTest {

  private static final int SIZE = 64 * 1024 * 1024;

  private static final String HEAD =
      "--B\r\nContent-Disposition: form-data; name=\"scan\"; filename=\"a.bin\"\r\n\r\n";

  private static final String TAIL =
      "\r\n"
          + field("customer_first", "Nina")
          + field("customer_last", "Newman")
          + field("customer_email", "uploads@example.org")
          + field("ticket_title", "Files")
          + field("ticket_content", "Sent before this text.")
          + "--B--\r\n";

  @TempDir private Path folder;

  private static String field(String name, String value) {
    return "--B\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(name, value);
  }

  @Test
  void filesNeedNoMemoryAndLeaveNothingBehind() throws Exception {
    TestDatabase database = TestDatabase.get();
    Map<String, String> environment =
        Map.of(
            "KBS_DATABASE_URL", database.createMigratedSchema("uploaded"),
            "KBS_DATABASE_USER", database.user(),
            "KBS_DATABASE_PASSWORD", database.password(),
            "KBS_MAX_FILE_SIZE", "64MB",
            "KBS_MAX_REQUEST_SIZE", "65MB",
            "KBS_TEMP_DIR", folder.toString(),
            "JAVA_TOOL_OPTIONS", "-Xmx64m");
    try (ChildProcess server =
        ChildProcess.start(
            Main.class, ChildProcess.classPath(), environment, "serve", "--demo", "--port", "0")) {
      URI tickets = URI.create(found(server, "Tickets +(\\S+)"));
      String login = found(server, "Login +(\\S+)");
      String password = found(server, "Password +(.*)  \\(");
      server.awaitLine("Stop it with Ctrl-C");
      String basic = basic(login + ":" + password);

      for (boolean chunked : List.of(true, false)) {
        HttpResponse<String> created = upload(tickets, basic, chunked);
        assertEquals(200, created.statusCode(), created.body());
        assertEquals(List.of("scan"), created.headers().allValues("Kbs-Ignored-Parameters"));
      }
      assertEquals(0, OpenFiles.in(folder, server.id()));

      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tickets.getPort())) {
        begin(socket, basic);
        OpenFiles.await(folder, server.id(), 1);
      }
      OpenFiles.await(folder, server.id(), 0);
      assertFalse(server.errors().contains("ERROR"), server.errors());

      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tickets.getPort())) {
        begin(socket, basic);
        OpenFiles.await(folder, server.id(), 1);
        OpenFiles.awaitNameless(folder);
        server.kill();
      }
      try (Stream<Path> left = Files.list(folder)) {
        assertEquals(List.of(), left.toList());
      }
    }
  }

  private static String found(ChildProcess server, String pattern) throws InterruptedException {
    server.awaitLine("Stop it with Ctrl-C");
    Matcher matcher = Pattern.compile(pattern).matcher(server.output());
    assertEquals(true, matcher.find(), server.output());
    return matcher.group(1);
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> upload(URI tickets, String basic, boolean chunked)
      throws IOException, InterruptedException {
    BodyPublisher form = BodyPublishers.ofInputStream(ServeUploadsTest::form);
    long length = HEAD.length() + SIZE + TAIL.length();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(tickets)
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", basic)
                .header("Content-Type", "multipart/form-data; boundary=B")
                .header("Prefer", "handling=lenient")
                .expectContinue(!chunked)
                .POST(chunked ? form : BodyPublishers.fromPublisher(form, length))
                .build(),
            BodyHandlers.ofString());
  }

  private static InputStream form() {
    InputStream head = new ByteArrayInputStream(HEAD.getBytes(StandardCharsets.US_ASCII));
    InputStream tail = new ByteArrayInputStream(TAIL.getBytes(StandardCharsets.US_ASCII));
    byte[] block = new byte[1024 * 1024];
    new Random(1).nextBytes(block);
    List<InputStream> blocks =
        Stream.generate(() -> (InputStream) new ByteArrayInputStream(block))
            .limit(SIZE / block.length)
            .toList();
    InputStream content = new SequenceInputStream(Collections.enumeration(blocks));
    return new SequenceInputStream(Collections.enumeration(List.of(head, content, tail)));
  }

  /** Sends the beginning of a form, the rest of which never comes. */
  private static void begin(Socket socket, String basic) throws IOException {
    String request =
        "POST /wp-json/kbs/v1/tickets HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
            + basic
            + "\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 1000000\r\n\r\n"
            + HEAD
            + "x".repeat(300_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }
}
