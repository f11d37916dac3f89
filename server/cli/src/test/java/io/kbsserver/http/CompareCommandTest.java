package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kbs-server compare} with real servers on both sides. */
class CompareCommandTest {

  /** Nothing answers there; a command that opened its database would fail. */
  private static final Map<String, String> NO_DATABASE =
      Map.of(
          "KBS_DATABASE_URL", "jdbc:mysql://127.0.0.1:1/none",
          "KBS_DATABASE_USER", "nobody",
          "KBS_DATABASE_PASSWORD", "nothing");

  @TempDir static Path folder;

  private static TestServer original;
  private static TestServer other;
  private static User manager;
  private static Path users;

  @BeforeAll
  static void start() throws IOException {
    original = TestServer.on(TestDatabase.get().createMigratedSchema("compare_original"), Map.of());
    other = TestServer.on(TestDatabase.get().createMigratedSchema("compare_other"), Map.of());
    manager = fill(original, "Printer");
    User same = fill(other, "Scanner");
    other.sql(
        "UPDATE application_password SET hash = ? WHERE user_id = ?",
        original
            .values("SELECT hash FROM application_password WHERE user_id = ?", manager.id())
            .get(0),
        same.id());
    users = file("users", "# who asks", "", "mia:" + manager.password());
  }

  @AfterAll
  static void stop() {
    original.close();
    other.close();
  }

  /** Three tickets, of which the second has this title; everything else is alike. */
  private static User fill(TestServer server, String title) {
    server.set("ticket_prefix", "T");
    User user = server.user("mia", "support_manager");
    for (String one : List.of("First", title, "Last")) {
      user.api().post("", ticket("nina@example.org", "ticket_title", one)).assertOk();
    }
    server.sql(
        "UPDATE ticket SET ticket_key = CONCAT('key', id), date_local = '2026-01-01 12:00:00',"
            + " date_gmt = date_local, modified_local = date_local, modified_gmt = date_local");
    return user;
  }

  @Test
  void aSiteAgreesWithItself() throws IOException {
    Path page = folder.resolve("same.html");
    CommandLineRun run = compare(original, original, users, "--report", page.toString());
    assertEquals(0, run.exitCode(), () -> run.out() + run.err());
    assertTrue(run.out().matches("(?s).*\\n  agree +29  24 answered, 5 refused\\n.*"), run.out());
    assertTrue(run.out().endsWith("\nAll answers agree.\n"), run.out());
    assertTrue(run.out().contains("\n  differ      0  differ in"), run.out());
    assertSecret(run, Files.readString(page));
  }

  @Test
  void whereSitesDifferTheRequestAndTheFieldAreNamed() throws IOException {
    Path page = folder.resolve("other.html");
    CommandLineRun run = compare(original, other, users, "--report", page.toString());
    assertEquals(1, run.exitCode(), () -> run.out() + run.err());
    int notMeant = run.out().indexOf("\nNOT MEANT (original -> replacement):\n  body.title.r");
    assertTrue(notMeant > 0, run.out());
    assertTrue(
        run.out().matches("(?s).*\\n  body\\.title\\.raw, [1-9]\\d* times in \\d+ requests\\n.*"),
        run.out());
    assertTrue(run.out().contains(".title.raw: \"Printer\" -> \"Scanner\"\n"), run.out());
    assertTrue(run.out().endsWith(" answered differently.\n"), run.out());
    String html = Files.readString(page);
    assertTrue(html.contains("<td><code>body.title.raw</code><td><code>&quot;Printer&quot;"), html);
    assertSecret(run, html);
  }

  @Test
  void differencesThatAreMeantAreNoReasonToFail() throws IOException {
    // The plugin sends a list with gaps as an object, and ties in no particular order.
    String first =
        "{\"id\":1,\"date\":\"d\",\"ticket_data\":{\"participants\":{\"0\":\"a\",\"2\":\"b\"}}}";
    String then = "{\"id\":1,\"date\":\"d\",\"ticket_data\":{\"participants\":[\"a\",\"b\"]}}";
    String second = "{\"id\":2,\"date\":\"d\"}";
    Path requests = file("ties", "/kbs/v1/tickets?orderby=date", "HEAD /kbs/v1/tickets");
    try (Stub plugin = new Stub(200, "[" + first + "," + second + "]");
        Stub ours = new Stub(200, "[" + second + "," + then + "]")) {
      CommandLineRun run =
          compare(plugin.address(), ours.address(), users, "--requests", requests.toString());
      assertEquals(0, run.exitCode(), () -> run.out() + run.err());
      assertTrue(run.out().contains("\n  explained  1  "), run.out());
      String words =
          "The plugin: Tickets with equal values in the column that is sorted by come in";
      assertTrue(run.out().contains("\n  [ties-by-id]\n  " + words), run.out());
      assertTrue(run.out().contains("\n  KBS Server: They come by id"), run.out());
      assertTrue(run.out().contains("\n  [lists-stay-lists]\n"), run.out());
      assertFalse(run.out().contains("NOT MEANT"), run.out());
    }
  }

  @Test
  void aProgramReadsTheSameAsJson() throws IOException {
    Path requests = file("json", "/kbs/v1/tickets", "POST /kbs/v1/tickets");
    CommandLineRun run =
        compare(original, other, users, "--requests", requests.toString(), "--json");
    assertEquals(1, run.exitCode(), () -> run.out() + run.err());
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertFalse(report.path("clean").asBoolean(true), run.out());
    assertEquals(1, report.path("differ").asInt(), run.out());
    assertEquals(1, report.at("/skipped/no_read").asInt(), run.out());
    JsonNode group = report.at("/differences/0");
    assertFalse(group.path("meant").asBoolean(true), run.out());
    assertTrue(group.path("row").isNull(), run.out());
    assertTrue(group.path("plugin").isNull(), run.out());
    assertEquals("GET /wp-json/kbs/v1/tickets as mia", group.path("example").asText());
  }

  /** Both fail: neither has said anything that the other could agree with. */
  @Test
  void twoSitesThatAreBrokenDoNotAgree() throws IOException {
    Path requests = file("broken", "/kbs/v1/tickets/1");
    try (Stub one = new Stub(503, "{}");
        Stub two = new Stub(500, "{}")) {
      CommandLineRun run =
          compare(one.address(), two.address(), users, "--requests", requests.toString());
      assertEquals(1, run.exitCode(), () -> run.out() + run.err());
      assertTrue(run.out().contains("both sites failed: 503 and 500\n"), run.out());
    }
  }

  /** The address of a site without permalinks is a query: requests go on behind it. */
  @ParameterizedTest
  @CsvSource({
    "/?rest_route=/, /?rest_route=",
    "?rest_route=, /?rest_route=",
    "/index.php?rest_route=%2F, /index.php?rest_route=",
    "/desk/?rest_route=/, /desk/?rest_route="
  })
  void aSiteWithoutPermalinksIsAskedAsItIs(String end, String asked) throws IOException {
    Path requests =
        file(
            "plain",
            "/kbs/v1/tickets?page=2&search=a+b",
            "/kbs/v1/tickets/A+1",
            "/wp-json",
            "/?rest_route=/kbs/v1/tickets/7&context=view",
            "/index.php/wp-json/kbs/v1/tickets/8");
    try (Stub site = new Stub(200, "[]");
        Stub ours = new Stub(200, "[]")) {
      CommandLineRun run =
          compare(site.address() + end, ours.address(), users, "--requests", requests.toString());
      assertEquals(0, run.exitCode(), () -> run.out() + run.err());
      String folder = asked.replaceFirst("/(index\\.php)?\\?.*", "");
      assertEquals(
          List.of(
              asked + "/kbs/v1/tickets&per_page=10",
              asked + "/kbs/v1/tickets&page=2&search=a+b",
              asked + "/kbs/v1/tickets/A%2B1",
              asked + "/",
              folder + "/?rest_route=/kbs/v1/tickets/7&context=view",
              folder + "/index.php/wp-json/kbs/v1/tickets/8"),
          site.paths());
      assertEquals("/wp-json/kbs/v1/tickets?page=2&search=a+b", ours.paths().get(1));
      assertEquals("/?rest_route=/kbs/v1/tickets/7&context=view", ours.paths().get(4));
    }
  }

  /** Where permalinks are off, or the site is another one, there is a page or nothing. */
  @ParameterizedTest
  @CsvSource({"404, <html>", "200, <html>", "404, {}"})
  void aSiteThatHasNoTicketsThereIsNotCompared(int status, String body) throws IOException {
    try (Stub page = new Stub(status, body)) {
      CommandLineRun run = compare(page.address(), original.address(), users);
      assertEquals(1, run.exitCode());
      assertEquals(1, run.err().lines().count(), run.err());
      assertTrue(run.err().contains("/?rest_route=/)"), run.err());
    }
  }

  /** One protected ticket makes lists fail, and no other ticket. */
  @Test
  void aSiteThatIsBrokenIsNotTakenForOneWithAProtectedTicket() throws IOException {
    try (Stub broken = new Stub(500, "<html>Error</html>")) {
      CommandLineRun run = compare(broken.address(), original.address(), users);
      assertEquals(1, run.exitCode(), () -> run.out() + run.err());
      assertTrue(run.out().matches("(?s).*\\n  explained +0 .*"), run.out());
    }
  }

  /** As with a customer's login, to whom the plugin shows nothing. */
  @Test
  void whereAllIsExplainedNothingIsWrong() throws IOException {
    Path requests = file("ties-only", "/kbs/v1/tickets?orderby=date");
    try (Stub plugin = new Stub(200, "[{\"id\":1,\"date\":\"d\"},{\"id\":2,\"date\":\"d\"}]");
        Stub ours = new Stub(200, "[{\"id\":2,\"date\":\"d\"},{\"id\":1,\"date\":\"d\"}]")) {
      CommandLineRun run =
          compare(plugin.address(), ours.address(), users, "--requests", requests.toString());
      assertEquals(0, run.exitCode(), () -> run.out() + run.err());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/wp-json", "/wp-json/"})
  void addressesAreTakenAsPeopleWriteThem(String end) throws IOException {
    Path requests = file("some", "/kbs/v1/tickets?per_page=1", "HEAD /wp-json/kbs/v1/tickets");
    CommandLineRun run =
        compare(
            original.address() + end, original.address(), users, "--requests", requests.toString());
    assertEquals(0, run.exitCode(), () -> run.out() + run.err());
    assertTrue(run.out().contains("2 answered, 0 refused"), run.out());
  }

  @Test
  void whatMightChangeSomethingIsNotSent() throws IOException {
    Path requests =
        file(
            "mixed",
            "/kbs/v1/tickets",
            "POST /kbs/v1/tickets",
            "{\"request\":{\"method\":\"DELETE\",\"path\":\"/kbs/v1/tickets/1\"},\"as\":\"anon\"}",
            "GET /kbs/v1/tickets/1?status=closed&_method=PUT",
            "GET /kbs/v1/tickets/1?status=closed&%5Fmethod=PUT",
            "GET /kbs/v1/tickets/1?status=closed&.METHOD[]=PUT",
            "{\"request\":{\"method\":\"GET\",\"path\":\"/kbs/v1/tickets/1\","
                + "\"headers\":{\"x-http-method-override\":\"PUT\"}}}",
            "{\"request\":{\"method\":\"GET\",\"path\":\"/kbs/v1/tickets\",\"body\":\"{}\"}}",
            "{\"request\":{\"method\":\"GET\",\"path\":\"/kbs/v1/tickets\"},\"as\":\"stranger\"}",
            "{\"request\":{\"method\":\"GET\",\"path\":\"/wp-json/kbs/v1/tickets\",\"headers\":"
                + "{\"Authorization\":\"Basic eDp5\",\"Host\":\"x\",\"X-More\":\"1\"}},\"as\":\"anon\"}",
            "/wp-json/../wp-admin/admin.php?action=delete",
            "/wp-json/%2e%2E/wp-admin/admin.php?action=delete");
    try (Stub site = new Stub(200, "[]")) {
      CommandLineRun run =
          compare(site.address(), site.address(), users, "--requests", requests.toString());
      assertEquals(0, run.exitCode(), () -> run.out() + run.err());
      assertTrue(run.out().contains("  Skipped: 2 that are no GET, HEAD or OPTIONS\n"), run.out());
      assertTrue(run.out().contains("  Skipped: 4 that ask for another method"), run.out());
      assertTrue(run.out().contains("  Skipped: 2 whose path is no route's\n"), run.out());
      assertTrue(run.out().contains("  Skipped: 1 that have a body\n"), run.out());
      assertTrue(run.out().contains("  Skipped: 1 of a login that the user file"), run.out());
      String login = HttpApi.basic("mia", manager.password());
      assertEquals(
          List.of(
              "GET /wp-json/kbs/v1/tickets?per_page=10 " + login,
              "GET /wp-json/kbs/v1/tickets " + login,
              "GET /wp-json/kbs/v1/tickets null"),
          site.requests().stream().distinct().toList());
    }
  }

  @Test
  void nothingSentIsNothingThatAgrees() throws IOException {
    Path requests = file("writes", "POST /kbs/v1/tickets");
    CommandLineRun run = compare(original, other, users, "--requests", requests.toString());
    assertEquals(1, run.exitCode());
    assertTrue(run.out().contains("  Skipped: 1 that are no GET"), run.out());
  }

  @Test
  void everyLoginCanAsk() throws IOException {
    User agent = original.user("support_agent");
    Path both = file("both", "mia:" + manager.password(), agent.login() + ":" + agent.password());
    Path requests = file("one", "/kbs/v1/tickets");
    CommandLineRun run =
        compare(original, other, both, "--requests", requests.toString(), "--each-login");
    // The other site does not know the second.
    assertEquals(1, run.exitCode());
    assertEquals(
        "kbs-server: The replacement, "
            + other.address()
            + ", does not know "
            + agent.login()
            + " with this application password\n",
        run.err());
    assertTrue(
        compare(original, original, both, "--requests", requests.toString(), "--each-login")
            .out()
            .contains("2 answered"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no colon in here | , line 1: not of the form login:application password",
        "mia:             | , line 1: not of the form login:application password",
        "# nobody         | The user file names nobody"
      })
  void aUserFileThatIsWrongIsExplained(String line, String expected) throws IOException {
    CommandLineRun run = compare(original, original, file("wrong", line));
    assertEquals(1, run.exitCode());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(expected), run.err());
    assertFalse(run.err().contains("no colon in here"), run.err());
  }

  @Test
  void aWrongPasswordDoesNotMakeSitesAgree() throws IOException {
    CommandLineRun run = compare(original, original, file("bad", "mia:secret words here"));
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("does not know mia with this"), run.err());
    assertFalse(run.err().contains("secret"), run.err());
  }

  @Test
  void aMissingFileIsNamed() {
    CommandLineRun run = compare(original, original, Path.of("none.txt"));
    assertEquals(1, run.exitCode());
    assertEquals("kbs-server: The user file does not exist: none.txt\n", run.err());
    run = compare(original, original, users, "--requests", "none.txt");
    assertEquals("kbs-server: The file of requests does not exist: none.txt\n", run.err());
  }

  @Test
  void aLineThatIsNoRequestIsNamed() throws IOException {
    Path requests = file("odd", "/kbs/v1/tickets", "tickets, please");
    CommandLineRun run = compare(original, original, users, "--requests", requests.toString());
    assertEquals(1, run.exitCode());
    assertTrue(run.err().endsWith("odd, line 2: not a path such as /kbs/v1/tickets\n"), run.err());
  }

  @Test
  void aServerThatIsNotThereIsSaidInOneLine() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String address = "http://127.0.0.1:" + free;
    CommandLineRun run = compare(original.address(), address, users);
    assertEquals(1, run.exitCode());
    assertEquals(
        "kbs-server: The replacement, " + address + ", cannot be reached: no connection\n",
        run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "ftp://example.com",
        "https://",
        "http://me:hunter2@example.com",
        "http://example.com/?hunter2"
      })
  void anAddressThatIsNoneIsNotUnderstood(String address) {
    CommandLineRun run = compare(address, original.address(), users);
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("--original is not an address"), run.err());
    assertFalse(run.err().contains("hunter2"), run.err());
  }

  @Test
  void credentialsDoNotFollowARedirect() throws IOException {
    try (Stub elsewhere = new Stub(200, "[]");
        Stub moved = new Stub(301, "", "Location", elsewhere.address() + "/?a=b")) {
      CommandLineRun run = compare(moved.address(), original.address(), users);
      assertEquals(1, run.exitCode());
      assertTrue(run.err().contains("redirects to " + elsewhere.address() + "/, "), run.err());
      assertEquals(List.of(), elsewhere.requests());
    }
  }

  @Test
  void whatIsTooLargeFailsAndAfterFiveFailuresItStops() throws IOException {
    String[] paths = new String[9];
    Arrays.fill(paths, "{\"request\":{\"method\":\"GET\",\"path\":\"/a\"},\"as\":\"anon\"}");
    Path requests = file("large", paths);
    try (Stub site = new Stub(200, "x".repeat(10_000_001))) {
      CommandLineRun run =
          compare(site.address(), site.address(), users, "--requests", requests.toString());
      assertEquals(1, run.exitCode());
      assertTrue(run.out().contains("the answer is larger than 10 MB"), run.out());
      assertTrue(run.out().contains("stopped after 5 of 9 requests"), run.out());
    }
  }

  @Test
  void whatAServerSendsHarmsNeitherTerminalNorPage() throws IOException {
    Path requests =
        file("harm", "{\"request\":{\"method\":\"GET\",\"path\":\"/a\"},\"as\":\"anon\"}");
    Path page = folder.resolve("harm.html");
    try (Stub evil = new Stub(200, "{\"\u009b31m\":\"<script>alert(1)</script>\"}");
        Stub good = new Stub(200, "{}")) {
      CommandLineRun run =
          compare(
              evil.address(),
              good.address(),
              users,
              "--requests",
              requests.toString(),
              "--report",
              page.toString());
      assertEquals(1, run.exitCode());
      assertFalse(run.out().contains("\u009b"), run.out());
      assertFalse(Files.readString(page).contains("<script"), run.out());
    }
  }

  private static CommandLineRun compare(
      TestServer from, TestServer to, Path userFile, String... more) {
    return compare(from.address(), to.address(), userFile, more);
  }

  private static CommandLineRun compare(String from, String to, Path userFile, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "compare",
                "--original",
                from,
                "--replacement",
                to,
                "--user-file",
                userFile.toString()));
    args.addAll(List.of(more));
    return CommandLineRun.of(NO_DATABASE, args.toArray(String[]::new));
  }

  private static void assertSecret(CommandLineRun run, String page) {
    for (String secret :
        List.of(manager.password(), HttpApi.basic("mia", manager.password()).substring(6))) {
      assertFalse((run.out() + run.err() + page).contains(secret));
    }
  }

  private static Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  /** A server that answers everything alike, and remembers what it was asked. */
  private static final class Stub implements AutoCloseable {
    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    Stub(int status, String body, String... header) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            requests.add(
                exchange.getRequestMethod()
                    + " "
                    + exchange.getRequestURI()
                    + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            if (header.length > 0) {
              exchange.getResponseHeaders().add(header[0], header[1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      server.start();
    }

    String address() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> requests() {
      return requests;
    }

    /** Addresses only. */
    List<String> paths() {
      return requests.stream().map(request -> request.split(" ")[1]).toList();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
