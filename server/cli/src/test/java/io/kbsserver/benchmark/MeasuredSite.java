package io.kbsserver.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.benchmark.Load.Received;
import io.kbsserver.http.TicketRequests;
import io.kbsserver.http.TicketRequests.View;
import io.kbsserver.storage.Database;
import io.kbsserver.storage.Database.Purpose;
import io.kbsserver.storage.DatabaseSettings;
import io.kbsserver.testing.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A made site of some size, served by the packaged program as users serve it, and a floor on the
 * same database. It is a copy, so that what is written does not make the next run another one.
 */
final class MeasuredSite implements AutoCloseable {

  private static final String TICKETS = "/wp-json/kbs/v1/tickets";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One of the two that are compared: how it is asked, and what runs for it. */
  record Side(Load load, Processes jvm) {}

  /** How something is asked for, one time after the other. */
  enum Asking {
    /** Each time with something else that is preferred, so that no answer is that of another. */
    ANEW,
    /** As many programs do: the same, whether it was answered a moment ago or not. */
    AGAIN,
    /** With the tag of what the client has. */
    WITH_TAG
  }

  /** Who is logged in, and what their list says for the places in requests. */
  private record Caller(String authorization, Map<String, String> places) {}

  /**
   * The same request to either side.
   *
   * @param status what the server answered before
   */
  record Pair(int status, Load.Requests server, Load.Requests floor) {}

  private final int tickets;
  private final Path folder;
  private final ChildProcess process;
  private final ChildProcess floorProcess;
  private final Side server;
  private final Side floor;
  private final Processes database;
  private final Map<View, Caller> callers = new EnumMap<>(View.class);

  /**
   * Makes the site, if it was not made before, and starts all that belongs to it.
   *
   * @param home where the program was unpacked
   * @param kept where sites are kept
   * @param work where its copy is put
   */
  MeasuredSite(Path home, Path kept, Path work, int tickets, int seed, int clients)
      throws Exception {
    this.tickets = tickets;
    Path program = home.resolve("bin").resolve("kbs-server");
    folder = work.resolve(String.valueOf(tickets));
    delete(folder);
    copy(made(program, kept, tickets, seed), folder);
    process = ChildProcess.run(command(program, "serve", "--demo", "--port", "0"), in(folder));
    process.awaitLine("Stop it with Ctrl-C");
    int port = URI.create(printed(process.output(), "Tickets +(\\S+)")).getPort();
    server = new Side(new Load(port, clients), new Processes(List.of(process.id())));
    database =
        new Processes(
            ProcessHandle.of(process.id()).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .toList());
    run(program, "settings", "set", "restrict_agent_view", "on");
    try (Database joined =
        Database.open(DatabaseSettings.embedded(folder), Purpose.COMMAND_ON_EXISTING)) {
      floorProcess = floor(joined);
      floor =
          new Side(
              new Load(Floor.port(floorProcess), clients),
              new Processes(List.of(floorProcess.id())));
      logIn(program, joined);
    }
  }

  private static ChildProcess floor(Database database) {
    return ChildProcess.run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            ChildProcess.classPath(),
            Floor.class.getName()),
        Map.of(
            "FLOOR_URL", database.url(),
            "FLOOR_USER", database.user(),
            "FLOOR_PASSWORD", database.password()));
  }

  private void logIn(Path program, Database joined) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(joined.url(), joined.user(), joined.password());
        Statement statement = connection.createStatement()) {
      Map<String, String> ids = TicketRequests.ids(sql -> text(statement, sql));
      for (View view : View.values()) {
        String login = text(statement, "SELECT login FROM app_user WHERE id = " + view.userId(ids));
        String password =
            printed(run(program, "user", "password", login), "shown only now:\\s+(\\S.*\\S)");
        String authorization =
            "Authorization: Basic "
                + Base64.getEncoder()
                    .encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8))
                + "\r\n";
        Received list = server.load().ask(Load.request("GET", TICKETS, authorization, ""));
        JsonNode first = JSON.readTree(list.body()).get(0);
        Map<String, String> places = new HashMap<>(ids);
        places.putAll(
            TicketRequests.places(
                Long.parseLong(list.headers().get("x-wp-totalpages")),
                first.get("id").asText(),
                first.get("ticket_data").get("number").asText()));
        callers.put(view, new Caller(authorization, places));
      }
    }
  }

  int tickets() {
    return tickets;
  }

  Side server() {
    return server;
  }

  Side floor() {
    return floor;
  }

  Processes database() {
    return database;
  }

  /** A request that reads tickets. */
  Pair reading(View view, String request, Asking asking) throws IOException {
    Caller caller = callers.get(view);
    String path = TICKETS + TicketRequests.in(request, caller.places());
    Received answer = server.load().ask(Load.request("GET", path, caller.authorization(), ""));
    String tag = "If-None-Match: " + answer.headers().get("etag") + "\r\n";
    byte[] same = asked(caller, path, asking == Asking.WITH_TAG ? tag : "");
    Load.Requests asked =
        asking == Asking.ANEW
            ? (client, number) ->
                asked(caller, path, "Prefer: no=%d.%d\r\n".formatted(client, number))
            : (client, number) -> same;
    byte[] least =
        Load.request("GET", "/tickets/" + ids(answer) + "/" + answer.body().length, "", "");
    return new Pair(answer.status(), asked, (client, number) -> least);
  }

  private static byte[] asked(Caller caller, String path, String header) {
    return Load.request("GET", path, caller.authorization() + header, "");
  }

  private static String ids(Received answer) throws IOException {
    JsonNode body = JSON.readTree(answer.body());
    List<String> ids = new ArrayList<>();
    (body.isArray() ? body : List.of(body))
        .forEach(ticket -> ids.add(ticket.path("id").asText("0")));
    return ids.isEmpty() ? "0" : String.join(",", ids);
  }

  /** A ticket is made of this. */
  Pair creating() throws IOException {
    Caller caller = callers.get(View.MANAGER);
    String body =
        "{\"customer_first\":\"Nina\",\"customer_last\":\"Newman\",\"customer_email\":"
            + "\"nina@example.org\",\"ticket_title\":\"The printer\","
            + "\"ticket_content\":\"It was fine yesterday.\"}";
    byte[] asked = Load.request("POST", TICKETS, caller.authorization(), body);
    Received answer = server.load().ask(asked);
    byte[] least =
        Load.request("POST", "/tickets/" + ids(answer) + "/" + answer.body().length, "", body);
    return new Pair(answer.status(), (client, number) -> asked, (client, number) -> least);
  }

  /** One ticket after the other, of each client its own, gets another status. */
  Pair updating() throws IOException {
    Caller caller = callers.get(View.MANAGER);
    String list = TICKETS + "?per_page=20&orderby=id";
    Received page = server.load().ask(Load.request("GET", list, caller.authorization(), ""));
    String[] ids = ids(page).split(",");
    Received one =
        server.load().ask(Load.request("GET", TICKETS + "/" + ids[0], caller.authorization(), ""));
    return new Pair(
        one.status(),
        (client, number) ->
            Load.request(
                "POST",
                TICKETS + "/" + ids[place(client, number)],
                caller.authorization(),
                "{\"status\":\"" + status(number) + "\"}"),
        (client, number) ->
            Load.request(
                "POST",
                "/tickets/%s/%s/%d"
                    .formatted(ids[place(client, number)], status(number), one.body().length),
                "",
                "{\"status\":\"" + status(number) + "\"}"));
  }

  private static int place(int client, int number) {
    return client * 4 % 20 + number % 4;
  }

  private static String status(int number) {
    return number / 4 % 2 == 0 ? "hold" : "open";
  }

  /** Nine lists, and an update. */
  Pair mixed() throws IOException {
    Pair list = reading(View.MANAGER, "", Asking.AGAIN);
    Pair update = updating();
    return new Pair(
        list.status(),
        (client, number) ->
            (number % 10 == 9 ? update.server() : list.server()).of(client, number / 10),
        (client, number) ->
            (number % 10 == 9 ? update.floor() : list.floor()).of(client, number / 10));
  }

  @Override
  public void close() throws IOException {
    server.load().close();
    floor.load().close();
    floorProcess.close();
    process.close();
    delete(folder);
  }

  private String run(Path program, String... arguments) throws InterruptedException {
    ChildProcess command = ChildProcess.run(command(program, arguments), in(folder));
    if (command.exitCode() != 0) {
      throw new IllegalStateException(command.output() + command.errors());
    }
    return command.output();
  }

  private static List<String> command(Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Map<String, String> in(Path folder) {
    return Map.of("KBS_DATA_DIR", folder.toString(), "JAVA_HOME", System.getProperty("java.home"));
  }

  private static Path made(Path program, Path kept, int tickets, int seed)
      throws IOException, InterruptedException {
    Path made = kept.resolve(tickets + "-" + seed);
    if (!Files.exists(made)) {
      Path making = kept.resolve(tickets + "-" + seed + ".making");
      delete(making);
      Files.createDirectories(making);
      ProcessBuilder command =
          new ProcessBuilder(
              command(program, "demo", "--tickets", "" + tickets, "--seed", "" + seed));
      command.environment().keySet().removeIf(name -> name.startsWith("KBS_"));
      command.environment().putAll(in(making));
      if (command.inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException("The site was not made");
      }
      Files.move(making, made);
    }
    return made;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static String text(Statement statement, String sql) {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new UncheckedIOException(new IOException(sql, e));
    }
  }

  private static String printed(String said, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(said);
    if (!matcher.find()) {
      throw new IllegalStateException(said);
    }
    return matcher.group(1);
  }
}
