package io.kbsserver.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.Requirement;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the guide open one ticket, where the answer to each first request is lost. */
class RetriesGuideTest {

  private static final Path GUIDE = Path.of("..", "..", "docs", "guides", "retries.md");
  private static final Pattern CODE = Pattern.compile("(?s)```(\\w+)\n(.*?)```");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Set<String> PASSED_ON =
      Set.of("authorization", "content-type", "idempotency-key", "if-match");
  private static final Set<String> PASSED_BACK = Set.of("content-type", "etag", "location");

  @TempDir private static Path folder;

  private static TestServer server;
  private static HttpServer proxy;
  private static String password;
  private static final Set<String> LOST = ConcurrentHashMap.newKeySet();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** How a program of one language is kept and run, and what tells whether it can be. */
  private record Language(
      Optional<Requirement> needed,
      String file,
      List<String> command,
      List<List<String>> attempts) {}

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static final Map<String, Language> LANGUAGES =
      Map.of(
          "sh",
          new Language(
              Optional.of(Requirement.CURL),
              "retries.sh",
              List.of("sh"),
              List.of(
                  List.of("curl", "--retry-all-errors", "--version"), List.of("jq", "--version"))),
          "js",
          new Language(
              Optional.of(Requirement.NODE),
              "retries.mjs",
              List.of("node"),
              List.of(List.of("node", "-e", "fetch"))),
          "python",
          new Language(
              Optional.of(Requirement.PYTHON),
              "retries.py",
              List.of("python3"),
              List.of(List.of("python3", "--version"))),
          "php",
          new Language(
              Optional.of(Requirement.PHP),
              "retries.php",
              List.of("php"),
              List.of(List.of("php", "-r", "curl_version();"))),
          "java",
          new Language(Optional.empty(), "Retries.java", List.of(JAVA), List.of()));

  @BeforeAll
  static void open() throws IOException {
    String url = TestDatabase.get().createMigratedSchema("guide_retries");
    server = TestServer.through(url, url, Map.of());
    UserAccounts accounts = server.bean(UserAccounts.class);
    accounts.add("mia", "mia@example.org", "Mia", "support_manager");
    password = accounts.addPassword("mia", "guide").password();
    proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    proxy.createContext("/", RetriesGuideTest::pass);
    proxy.start();
  }

  @AfterAll
  static void close() {
    proxy.stop(0);
    server.close();
  }

  /** Passes a request on, and the answer back; the first answer for each key is lost. */
  private static void pass(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                request.header(name, values.get(0));
              }
            });
    HttpResponse<byte[]> answer =
        CLIENT.sendAsync(request.build(), BodyHandlers.ofByteArray()).join();
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    if (key == null || !LOST.add(key)) {
      PASSED_BACK.forEach(
          name ->
              answer
                  .headers()
                  .firstValue(name)
                  .ifPresent(value -> exchange.getResponseHeaders().set(name, value)));
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
    exchange.close();
  }

  @TestFactory
  Stream<DynamicTest> theyOpenOneTicket() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Matcher programs = CODE.matcher(Files.readString(GUIDE));
    while (programs.find()) {
      String name = programs.group(1);
      String code = programs.group(2);
      Language language = LANGUAGES.get(name);
      tests.add(
          language.needed().isEmpty()
              ? DynamicTest.dynamicTest(name, () -> opensOneTicket(name, language, code))
              : language
                  .needed()
                  .get()
                  .test(name, obstacle(language), () -> opensOneTicket(name, language, code)));
    }
    assertEquals(LANGUAGES.size(), tests.size());
    return tests.stream();
  }

  private static Optional<String> obstacle(Language language) {
    return language.attempts().stream()
        .filter(command -> !Program.run(folder, Map.of(), PATIENCE, command).succeeded())
        .findFirst()
        .map(command -> command.get(0) + " is missing, or too old");
  }

  private static void opensOneTicket(String name, Language language, String code)
      throws IOException {
    Path place = Files.createDirectory(folder.resolve(name));
    Files.writeString(place.resolve(language.file()), code);
    String email = name + "@example.org";
    Files.writeString(
        place.resolve("ticket.json"),
        """
        {"ticket_title": "No paper", "ticket_content": "None at all.", "customer_email": "%s",
         "customer_first": "Nina", "customer_last": "Newman"}
        """
            .formatted(email));
    for (int run = 0; run < 2; run++) {
      List<String> command = new ArrayList<>(language.command());
      command.add(language.file());
      Program program =
          Program.run(
              place,
              Map.of(
                  "KBS_URL",
                  "http://127.0.0.1:" + proxy.getAddress().getPort() + "/wp-json",
                  "KBS_LOGIN",
                  "mia:" + password),
              PATIENCE,
              command);
      assertTrue(program.succeeded(), program::output);
    }
    assertEquals(1, server.number("SELECT COUNT(*) FROM ticket WHERE email = ?", email));
    assertEquals(
        1, server.number("SELECT COUNT(*) FROM ticket WHERE email = ? AND status = 'hold'", email));
    assertEquals(
        2,
        server.number(
            "SELECT COUNT(*) FROM change_log c JOIN ticket t ON t.id = c.ticket_id"
                + " WHERE t.email = ? AND c.kind = 'ticket'",
            email));
  }
}
