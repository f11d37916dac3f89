package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.cli.Main;
import io.kbsserver.testing.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server with a demo site, as a process of its own.
 *
 * @param authorization the value of the header with the demo's login
 */
record DemoServer(ChildProcess process, int port, String authorization) implements AutoCloseable {

  static DemoServer start(Map<String, String> environment) throws InterruptedException {
    return start(List.of(), environment);
  }

  /** Starts it by another program, such as one that gives it a file system of its own. */
  static DemoServer start(List<String> by, Map<String, String> environment)
      throws InterruptedException {
    ChildProcess process =
        ChildProcess.startBy(
            by,
            Main.class,
            ChildProcess.classPath(),
            environment,
            "serve",
            "--demo",
            "--port",
            "0");
    process.awaitLine("Stop it with Ctrl-C");
    String said = process.output();
    String login = printed(said, "Login +(\\S+)") + ":" + printed(said, "Password +(.*)  \\(");
    return new DemoServer(
        process,
        URI.create(printed(said, "Tickets +(\\S+)")).getPort(),
        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
  }

  private static String printed(String said, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(said);
    assertTrue(matcher.find(), said);
    return matcher.group(1);
  }

  /** A request for something below the API's root. */
  byte[] get(String address) {
    return bytes("GET /wp-json/kbs/v1" + address + " HTTP/1.1\r\n" + headers() + "\r\n");
  }

  /** A request that opens a ticket. */
  byte[] create() {
    String body =
        "{\"customer_first\":\"Nina\",\"customer_last\":\"Newman\","
            + "\"customer_email\":\"drill@example.org\",\"ticket_title\":\"The printer\","
            + "\"ticket_content\":\"It was fine yesterday.\"}";
    return bytes(
        "POST /wp-json/kbs/v1/tickets HTTP/1.1\r\n"
            + headers()
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  String headers() {
    return "Host: localhost\r\nAuthorization: " + authorization + "\r\n";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  Use use() throws IOException {
    return Use.of(process.id());
  }

  @Override
  public void close() {
    process.close();
  }

  /** What the server's process uses, where the system tells. */
  record Use(long threads, long megabytes) {

    private static Use of(long process) throws IOException {
      Path status = Path.of("/proc", Long.toString(process), "status");
      if (!Files.exists(status)) {
        return new Use(0, 0);
      }
      String text = Files.readString(status);
      return new Use(number(text, "Threads"), number(text, "VmRSS") / 1024);
    }

    private static long number(String text, String name) {
      Matcher matcher = Pattern.compile(name + ":\\s+(\\d+)").matcher(text);
      return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    @Override
    public String toString() {
      return threads + " threads, " + megabytes + " MB";
    }
  }
}
