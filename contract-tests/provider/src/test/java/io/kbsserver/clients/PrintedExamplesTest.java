package io.kbsserver.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.compatibility.RecordedSite;
import io.kbsserver.testing.Program;
import io.kbsserver.testing.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every example that the page at {@code /docs} prints is run as it stands, but for the login and
 * the ids, which are of what is on this site. Each language has the whole site for itself.
 */
class PrintedExamplesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String LOGIN = "login:password";

  /** It never ends: curl is told to. */
  private static final String ENDLESS = "streamChanges";

  private static final int CURL_TIMED_OUT = 28;

  /** Guides with programs that have tests of their own. */
  private static final Set<String> TESTED_ELSEWHERE = Set.of("retries", "keep-in-sync", "webhooks");

  private static final String JAVA_SCRIPT =
      """
      let failed = 0;
      for (const file of process.argv.slice(2)) {
        try {
          await import(`./${file}`);
        } catch (problem) {
          failed = 1;
          console.log(`FAILED ${file}: ${problem}`);
        }
      }
      process.exit(failed);
      """;

  private static final String PYTHON =
      """
      import runpy
      import sys

      failed = 0
      for file in sys.argv[1:]:
          try:
              runpy.run_path(file)
          except Exception as problem:
              failed = 1
              print("FAILED", file, problem)
      sys.exit(failed)
      """;

  private static final String PHP =
      """
      <?php
      $failed = 0;
      foreach (array_slice($argv, 1) as $file) {
          try {
              (function ($file) { include $file; })($file);
          } catch (Throwable $problem) {
              $failed = 1;
              echo "FAILED $file: $problem\\n";
          }
      }
      exit($failed);
      """;

  @TempDir private static Path folder;

  private static RecordedSite site;
  private static String login;

  @BeforeAll
  static void open() throws IOException, SQLException {
    try (InputStream users =
        PrintedExamplesTest.class.getResourceAsStream("/wordpress/users.json")) {
      for (JsonNode user : JSON.readTree(users)) {
        if (user.get("login").asText().equals("admin")) {
          login = "admin:" + user.get("application_password").asText();
        }
      }
    }
    site = RecordedSite.open();
  }

  @AfterAll
  static void close() throws IOException, SQLException {
    if (site != null) {
      site.close();
    }
  }

  /** A program of the page, and where it stands there. */
  private record Printed(String name, String code) {

    /** What takes things away comes last, and the login at the very end. */
    int order() {
      if (!code.contains("DELETE")) {
        return 0;
      }
      return name.equals("deleteApplicationPasswords") ? 2 : 1;
    }
  }

  @TestFactory
  Stream<DynamicTest> theyRun() {
    return Stream.of(
        Requirement.CURL.test("sh", obstacle("curl", "--version"), this::curl),
        Requirement.NODE.test(
            "js", obstacle("node", "-e", "fetch"), () -> run("js", "mjs", JAVA_SCRIPT, "node")),
        Requirement.PYTHON.test(
            "python",
            obstacle("python3", "--version"),
            () -> run("python", "py", PYTHON, "python3")),
        Requirement.PHP.test(
            "php", obstacle("php", "-r", "curl_version();"), () -> run("php", "php", PHP, "php")),
        dynamicTest("java", this::java));
  }

  private static Optional<String> obstacle(String... command) {
    return Program.run(folder, Map.of(), PATIENCE, List.of(command)).succeeded()
        ? Optional.empty()
        : Optional.of(command[0] + " is missing, or too old");
  }

  private void curl() throws Exception {
    List<String> refused = new ArrayList<>();
    for (Printed printed : printed("sh")) {
      boolean endless = printed.name().equals(ENDLESS);
      String limit = endless ? " --max-time 2" : "";
      Program curl =
          Program.run(
              folder,
              Map.of("no_proxy", "*"),
              PATIENCE,
              List.of("sh", "-c", printed.code() + limit));
      if (!curl.succeeded() && !(endless && curl.status() == CURL_TIMED_OUT)) {
        refused.add(printed.name() + ": " + curl.output());
      }
    }
    assertEquals(List.of(), refused);
  }

  /** One process for all of them: starting one for each costs more than what they do. */
  private void run(String language, String extension, String driver, String... command)
      throws Exception {
    Path place = Files.createDirectory(folder.resolve(language));
    List<String> all = new ArrayList<>(List.of(command));
    String main = "all." + extension;
    Files.writeString(place.resolve(main), driver);
    all.add(main);
    for (Printed printed : finite(language)) {
      String file = printed.name() + "." + extension;
      Files.writeString(place.resolve(file), printed.code());
      all.add(file);
    }
    Program run = Program.run(place, Map.of("no_proxy", "*"), PATIENCE, all);
    assertTrue(
        run.succeeded(),
        () -> String.join("\n", run.output().lines().filter(l -> l.contains("FAILED")).toList()));
  }

  private void java() throws Exception {
    List<String> refused = new ArrayList<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    // One for all, which reads Java's own classes once.
    StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
    for (Printed printed : finite("java")) {
      Path place = Files.createDirectories(folder.resolve("java").resolve(printed.name()));
      Path file = Files.writeString(place.resolve("Example.java"), printed.code());
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none", "-cp", "", "-d", place.toString()),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      assertTrue(compiled, printed::code);
      try (URLClassLoader loader = new URLClassLoader(new URL[] {place.toUri().toURL()})) {
        var main = loader.loadClass("Example").getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        main.invoke(null, (Object) new String[0]);
      } catch (ReflectiveOperationException e) {
        refused.add(printed.name() + ": " + e.getCause());
      }
    }
    files.close();
    Files.deleteIfExists(Path.of("file"));
    assertEquals(List.of(), refused);
  }

  private static List<Printed> finite(String language) throws Exception {
    return printed(language).stream().filter(one -> !one.name().equals(ENDLESS)).toList();
  }

  private static List<Printed> printed(String language) throws Exception {
    site.restore();
    Map<String, String> here = here();
    Document page = Jsoup.parse(send("GET", "/docs", "").body());
    List<Printed> printed = new ArrayList<>();
    for (Element code : page.select("pre > code.language-" + language)) {
      Element section = code.closest("section");
      if (TESTED_ELSEWHERE.contains(section.id())) {
        continue;
      }
      String text = code.wholeText().replace(LOGIN, login);
      for (Map.Entry<String, String> id : here.entrySet()) {
        text = text.replace(id.getKey(), id.getValue());
      }
      boolean operation = section.hasClass("operation");
      printed.add(new Printed(operation ? section.id() : section.id() + printed.size(), text));
    }
    assertEquals(
        page.select("section.operation:has(.example." + language + ")").size(),
        printed.stream()
            .filter(one -> page.selectFirst("section.operation#" + one.name()) != null)
            .count(),
        "one for each operation");
    return printed.stream().sorted(Comparator.comparing(Printed::order)).toList();
  }

  /** What the examples refer to, and what of its kind is here. */
  private static Map<String, String> here() throws Exception {
    String ticket = "/kbs/v1/tickets/99";
    Map<String, String> here = new LinkedHashMap<>();
    String file = value(send("POST", "/wp-json/wp/v2/media?post=99", "A report."), "/id");
    here.put("/tickets/22/files/345", "/tickets/99/files/" + file);
    here.put("/media/345", "/media/" + file);
    here.put("post=123", "post=99");
    // A name that there is once.
    here.put("\"Printers\"", "\"Plotters\"");
    here.put("/tickets/KBS1010DE", "/tickets/99");
    String note = made(ticket + "/notes", "{\"note_content\": \"A note.\"}", "/id");
    here.put("/tickets/22/notes/17", "/tickets/99/notes/" + note);
    here.put("/tickets/22/", "/tickets/99/");
    here.put("/replies/ticket/22", "/replies/ticket/99");
    here.put(
        "/replies/240",
        "/replies/"
            + made("/kbs/v1/replies/ticket/99", "{\"reply_content\": \"A reply.\"}", "/id"));
    first(here, "/kbs/v1/customers", "1");
    first(here, "/kbs/v1/companies", "12");
    first(here, "/kbs/v1/agents", "3");
    first(here, "/kbs/v1/forms/fields", "6");
    first(here, "/kbs/v1/forms", "5");
    first(here, "/wp/v2/users", "3");
    first(here, "/wp/v2/articles", "15");
    first(here, "/wp/v2/ticket_categories", "11");
    here.put(
        "/webhooks/5",
        "/webhooks/" + made("/kbs/v1/webhooks", "{\"url\": \"https://127.0.0.1/hook\"}", "/id"));
    here.put(
        "f7a7eea5-89cf-4d7a-b846-f54165774ea3",
        made("/wp/v2/users/me/application-passwords", "{\"name\": \"Printed\"}", "/uuid"));
    return here;
  }

  private static void first(Map<String, String> here, String list, String id) throws Exception {
    String query = list.endsWith("fields") ? "?form=" + field("/kbs/v1/forms", "/0/id") : "";
    here.put(list + "/" + id, list + "/" + field(list + query, "/0/id"));
  }

  private static String field(String path, String pointer) throws Exception {
    HttpResponse<String> answer = send("GET", "/wp-json" + path, "");
    return value(answer, pointer);
  }

  private static String made(String path, String body, String pointer) throws Exception {
    return value(send("POST", "/wp-json" + path, body), pointer);
  }

  private static String value(HttpResponse<String> answer, String pointer) throws IOException {
    JsonNode value = JSON.readTree(answer.body()).at(pointer);
    assertTrue(value.isValueNode(), () -> answer + " " + answer.body());
    return value.asText();
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(site.address() + path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes))
                .header(
                    "Content-Type",
                    path.contains("/media") ? "application/octet-stream" : "application/json")
                .header("Content-Disposition", "attachment; filename=\"report.txt\"")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
