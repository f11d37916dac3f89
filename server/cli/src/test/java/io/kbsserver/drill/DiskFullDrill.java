package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.testing.TestFolders;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The disk with the built-in database fills up while tickets are made, is full for a while, and has
 * room again: writes are refused with 503, readiness says why, nothing that was acknowledged is
 * lost, and the same server goes on. The disk is a small file system in memory, which only the
 * server sees; Linux gives one to anybody who may have name spaces of their own ({@code unshare}).
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DiskFullDrill {

  private static final int WRITERS = 4;
  private static final String SIZE = "400m";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int CONTENT = 20_000;
  private static final int READS = 20;

  /**
   * Makes the file system, puts the program there that is unpacked already, and starts the rest.
   */
  private static final String START =
      "mount -t tmpfs -o size="
          + SIZE
          + " tmpfs \"$1\" && ln -s \"$2\" \"$1/\" && shift 2"
          + " && exec \"$@\"";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void itGoesOnWhenThereIsRoomAgain() throws Exception {
    TestDatabase.get();
    Path disk = TestFolders.dataFolder("disk-full-drill");
    Program possible =
        Program.run(
            disk.getParent(),
            Map.of(),
            PATIENCE,
            List.of("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", disk.toString()));
    assumeTrue(
        possible.succeeded(),
        () ->
            "no file system of its own can be had here (unshare -rm mount): " + possible.output());
    List<String> by =
        List.of("unshare", "-rm", "sh", "-c", START, "sh", disk.toString(), program().toString());
    try (DemoServer server =
        DemoServer.start(
            by, Map.of("KBS_DATA_DIR", disk.toString(), "JAVA_TOOL_OPTIONS", "-Xmx256m"))) {
      TicketWriters writers = new TicketWriters(server.authorization(), "x".repeat(CONTENT));
      DrillServer same = new DrillServer(server.process(), server.port(), Map.of());
      List<ProcessHandle> databases = same.databases();
      for (int i = 0; i < WRITERS; i++) {
        writers.start(server.port());
      }
      await("Nothing is written", () -> writers.made() > 20);
      assertEquals("up", ready(server, 200).path("status").asText());

      Path ballast =
          Path.of(
              "/proc", String.valueOf(server.process().id()), "root", disk.toString(), "ballast");
      fill(ballast);
      long full = System.nanoTime();
      await("Nothing is refused: " + writers.answers(), () -> writers.answers().contains("503="));
      double refused = seconds(full);
      await("Readiness says nothing", () -> "down".equals(ready(server, 0).path("disk").asText()));
      double told = seconds(full);
      TimeUnit.SECONDS.sleep(15);
      int made = writers.made();
      String meanwhile = writers.answers();
      int read = read(server);

      Files.delete(ballast);
      long room = System.nanoTime();
      await(
          "It does not go on: " + server.process().errors(),
          () -> writers.made() > made + 2 * WRITERS);
      double back = seconds(room);
      await("It is not ready", () -> "up".equals(ready(server, 0).path("status").asText()));
      double ready = seconds(room);
      writers.stop();
      writers.check(same);
      System.out.printf(
          "%d tickets acknowledged, each there once; answers while it filled up %s, in all %s; the"
              + " disk full: first 503 after %.1f s, readiness after %.1f s, %d of %d reads answered;"
              + " room again: writes after %.1f s, ready after %.1f s; the database %s%n",
          writers.made(),
          meanwhile,
          writers.answers(),
          refused,
          told,
          read,
          READS,
          back,
          ready,
          same.databases().equals(databases) ? "went on" : "was started again");
    }
  }

  private static Path program() throws IOException {
    try (Stream<Path> files = Files.list(TestFolders.database())) {
      return files
          .filter(file -> file.getFileName().toString().matches("mariadb-[0-9.]+"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Takes all the room that is left. */
  private static void fill(Path ballast) throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] zeros = new byte[4096];
      while (true) {
        out.write(zeros);
      }
    } catch (IOException e) {
      assertTrue(Files.size(ballast) > 0, e::toString);
    }
  }

  /** How many of some reads are answered; the others are refused in the same way as writes. */
  private int read(DemoServer server) throws IOException, InterruptedException {
    int answered = 0;
    for (int i = 0; i < READS; i++) {
      HttpResponse<String> answer = get(server, "/wp-json/kbs/v1/tickets?per_page=1&_fields=id");
      boolean refused =
          answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isPresent();
      assertTrue(refused || answer.statusCode() == 200, answer.body());
      answered += refused ? 0 : 1;
    }
    return answered;
  }

  private JsonNode ready(DemoServer server, int status) {
    try {
      HttpResponse<String> answer = get(server, "/health/ready");
      assertTrue(status == 0 || status == answer.statusCode(), answer.body());
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(DemoServer server, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(PATIENCE)
            .header("Authorization", server.authorization())
            .build(),
        BodyHandlers.ofString());
  }

  private static void await(String otherwise, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, otherwise);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
