package io.kbsserver.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.Requirement;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The programs that the guide shows keep a copy, in each language that is here. */
class GuideProgramsTest {

  private static final Path GUIDE = Path.of("..", "..", "docs", "guides", "keep-in-sync.md");
  private static final Pattern CODE = Pattern.compile("(?s)```(\\w+)\n(.*?)```");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private static Path folder;

  private static TestServer server;
  private static String password;
  private static long changed;

  /** How a program of one language is kept and run. */
  private record Language(Requirement needed, String file, List<String> command) {}

  private static final Map<String, Language> LANGUAGES =
      Map.of(
          "sh", new Language(Requirement.CURL, "sync.sh", List.of("sh", "sync.sh")),
          "js", new Language(Requirement.NODE, "sync.mjs", List.of("node", "sync.mjs")),
          "python", new Language(Requirement.PYTHON, "sync.py", List.of("python3", "sync.py")),
          "php", new Language(Requirement.PHP, "sync.php", List.of("php", "sync.php")),
          "java",
              new Language(
                  null,
                  "KeepInSync.java",
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-cp",
                      System.getProperty("java.class.path"),
                      "KeepInSync.java")));

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
    List<DynamicTest> tests = new ArrayList<>();
    // What is no program shows what others look like.
    Matcher programs = CODE.matcher(Files.readString(GUIDE));
    while (programs.find()) {
      String name = programs.group(1);
      String code = programs.group(2);
      Language language = LANGUAGES.get(name);
      if (language == null) {
        continue;
      }
      tests.add(
          language.needed() == null
              ? DynamicTest.dynamicTest(name, () -> keepsACopy(name, language, code))
              : language
                  .needed()
                  .test(name, obstacle(name), () -> keepsACopy(name, language, code)));
    }
    assertEquals(LANGUAGES.size(), tests.size());
    return tests.stream();
  }

  private static Optional<String> obstacle(String language) {
    List<List<String>> needed =
        switch (language) {
          case "sh" -> List.of(List.of("curl", "--version"), List.of("jq", "--version"));
          case "js" -> List.of(List.of("node", "-e", "fetch"));
          case "python" -> List.of(List.of("python3", "--version"));
          default -> List.of(List.of("php", "-r", "curl_version();"));
        };
    return needed.stream()
        .filter(command -> !Program.run(folder, Map.of(), PATIENCE, command).succeeded())
        .findFirst()
        .map(command -> command.get(0) + " is missing");
  }

  private static void keepsACopy(String name, Language language, String code) throws Exception {
    Path place = Files.createDirectory(folder.resolve(name));
    Files.writeString(place.resolve(language.file()), code);
    run(place, language);
    assertEquals(tickets(), copy(place), "begun");
    server.ticket("mia", password, "more@example.org");
    ask("POST", "/" + changed, "{\"status\":\"hold\"}");
    run(place, language);
    assertEquals(tickets(), copy(place), "followed");
    server.set("time_zone", name.length() % 2 == 0 ? "Europe/Berlin" : "Asia/Tokyo");
    run(place, language);
    assertEquals(tickets(), copy(place), "begun anew");
  }

  private static void run(Path place, Language language) {
    Map<String, String> environment = Map.of("KBS_URL", url(), "KBS_LOGIN", "mia:" + password);
    Program run = Program.run(place, environment, PATIENCE, language.command());
    assertTrue(run.succeeded(), run::output);
  }

  private static Map<Long, JsonNode> copy(Path place) throws IOException {
    Map<Long, JsonNode> copy = new TreeMap<>();
    try (Stream<Path> files = Files.list(place.resolve("copy"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".json")).toList()) {
        JsonNode ticket = JSON.readTree(file.toFile());
        copy.put(ticket.path("id").asLong(), ticket);
      }
    }
    return copy;
  }

  private static String ask(String method, String path, String body) throws Exception {
    byte[] login = ("mia:" + password).getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url() + "/kbs/v1/tickets" + path))
                    .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer::body);
    return answer.body();
  }

  private static String url() {
    return "http://127.0.0.1:" + server.port() + "/wp-json";
  }

  private static Map<Long, JsonNode> tickets() throws Exception {
    Map<Long, JsonNode> all = new TreeMap<>();
    for (JsonNode ticket : JSON.readTree(ask("GET", "?per_page=100", ""))) {
      all.put(ticket.path("id").asLong(), ticket);
    }
    return all;
  }
}
