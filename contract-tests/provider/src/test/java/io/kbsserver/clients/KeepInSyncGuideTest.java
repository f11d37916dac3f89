package io.kbsserver.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.clients.GuidePrograms.GuideProgram;
import io.kbsserver.http.TestServer;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The programs that the guide shows keep a copy, in each language that is here. */
class KeepInSyncGuideTest {

  private static final GuidePrograms GUIDE =
      new GuidePrograms(
          "keep-in-sync.md", List.of(List.of("curl", "--version"), List.of("jq", "--version")));
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  private static TestServer server;
  private static String password;
  private static long changed;
  private static String timeZone = "UTC";

  @BeforeAll
  static void open() {
    String url = TestDatabase.get().createMigratedSchema("guide");
    server = TestServer.through(url, url, Map.of());
    UserAccounts accounts = server.bean(UserAccounts.class);
    accounts.add("mia", "mia@example.org", "Mia", "support_manager");
    password = accounts.addPassword("mia", "guide").password();
    for (int i = 0; i < 3; i++) {
      changed = server.ticket("mia", password, "guide" + i + "@example.org");
    }
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> theyKeepACopy() throws IOException {
    return GUIDE.tests(folder, KeepInSyncGuideTest::keepsACopy);
  }

  private static void keepsACopy(GuideProgram program) throws Exception {
    Path position = program.place().resolve("copy").resolve("position");
    run(program);
    assertEquals(tickets(), copy(program), "begun");
    server.ticket("mia", password, "more@example.org");
    tickets("POST", "/" + changed, "{\"status\":\"hold\"}");
    Path former = Files.createLink(program.place().resolve("former"), position);
    String before = Files.readString(former);
    run(program);
    assertEquals(tickets(), copy(program), "followed");
    assertEquals(before, Files.readString(former), "A position is not written over");
    assertNotEquals(before, Files.readString(position));
    // To another than it has, so that what is shown changes.
    timeZone = timeZone.equals("Asia/Tokyo") ? "Europe/Berlin" : "Asia/Tokyo";
    server.set("time_zone", timeZone);
    String changes = "/changes?kinds=ticket&after=" + Files.readString(position).strip();
    assertEquals(410, ask("GET", changes, "").statusCode(), "what they are told now");
    run(program);
    assertEquals(tickets(), copy(program), "begun anew");
  }

  private static void run(GuideProgram program) {
    Program run = program.run(Map.of("KBS_URL", url(), "KBS_LOGIN", "mia:" + password));
    assertTrue(run.succeeded(), run::output);
  }

  private static Map<Long, JsonNode> copy(GuideProgram program) throws IOException {
    Map<Long, JsonNode> copy = new TreeMap<>();
    try (Stream<Path> files = Files.list(program.place().resolve("copy"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".json")).toList()) {
        JsonNode ticket = JSON.readTree(file.toFile());
        copy.put(ticket.path("id").asLong(), ticket);
      }
    }
    return copy;
  }

  private static String tickets(String method, String path, String body) throws Exception {
    HttpResponse<String> answer = ask(method, "/tickets" + path, body);
    assertEquals(200, answer.statusCode(), answer::body);
    return answer.body();
  }

  private static HttpResponse<String> ask(String method, String path, String body)
      throws Exception {
    byte[] login = ("mia:" + password).getBytes(StandardCharsets.UTF_8);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url() + "/kbs/v1" + path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String url() {
    return "http://127.0.0.1:" + server.port() + "/wp-json";
  }

  private static Map<Long, JsonNode> tickets() throws Exception {
    Map<Long, JsonNode> all = new TreeMap<>();
    for (JsonNode ticket : JSON.readTree(tickets("GET", "?per_page=100", ""))) {
      all.put(ticket.path("id").asLong(), ticket);
    }
    return all;
  }
}
