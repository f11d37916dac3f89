package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More work than there is room for, while somebody else holds what it needs. */
@Timeout(180)
class OverloadTest {

  /** Of ten connections, writers get four, and so do searches; two more wait for each. */
  private static final int WAITING = 8;

  private static final int ADMITTED = 4 + WAITING;

  private static final int CROWD = 40;
  private static final String TOO_MUCH = "too much to do";

  private static String url;
  private static TestServer server;
  private static User manager;
  private static long id;

  private final List<Connection> held = new ArrayList<>();

  @BeforeAll
  static void start() {
    url = TestDatabase.get().createMigratedSchema("http_overload");
    server =
        TestServer.on(
            url,
            Map.of(
                "micronaut.metrics.enabled", true,
                "kbs.management.port", 0,
                "kbs.bulkhead.waiting", 2,
                "kbs.bulkhead.waiting-in-burst", 2,
                "kbs.bulkhead.shortest", 0,
                "kbs.bulkhead.longest-wait", "60s",
                "kbs.lock-timeout", 60,
                "kbs.query-timeout", 60));
    manager = server.user("support_manager");
    id = manager.api().post("", ticket("overload@example.org")).assertOk().id();
    server.set("enable_sequential", "1");
    manager.api().post("", ticket("overload@example.org")).assertOk();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void release() throws SQLException {
    for (Connection connection : held) {
      connection.close();
    }
    held.clear();
  }

  /** Holds a lock until {@link #release()}. */
  private void hold(String sql) throws SQLException {
    Connection connection =
        DriverManager.getConnection(url, TestDatabase.get().user(), TestDatabase.get().password());
    held.add(connection);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void holdTheTicket() throws SQLException {
    hold("SELECT id FROM ticket WHERE id = " + id + " FOR UPDATE");
  }

  @Test
  void writersWhoWaitForALockLeaveTheOthersAlone() throws SQLException {
    holdTheTicket();
    List<CompletableFuture<Answer>> crowd = crowd(CROWD, i -> update(manager.api()));
    await(() -> refused(crowd).count() >= CROWD - ADMITTED);
    refused(crowd)
        .forEach(
            answer -> {
              answer.assertError(503, "service_unavailable");
              assertTrue(answer.header("Retry-After").matches("[1-9]\\d*"), answer::toString);
            });
    for (int i = 0; i < 20; i++) {
      manager.api().get("/" + id).assertOk();
      manager.api().get("").assertOk();
    }
    manager.api().get("?search=overload").assertOk();
    // Who has just been given a password is not known yet.
    server.user("support_agent").api().get("").assertOk();
    server.anonymous().get("").assertError(401, "rest_forbidden_context");

    release();
    crowd.forEach(CompletableFuture::join);
    IntStream.range(0, 20).forEach(i -> update(manager.api()).assertOk());
    assertEquals(CROWD - ADMITTED, refused(crowd).count());
  }

  /** Most refusals are given by the head of the request alone. */
  @Test
  void aRefusalLeavesTheConnectionInOrder() throws SQLException {
    holdTheTicket();
    List<CompletableFuture<Answer>> crowd = crowd(CROWD, i -> update(manager.api()));
    await(() -> refused(crowd).count() >= CROWD - ADMITTED);
    String login =
        " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
            + HttpApi.basic(manager.login(), manager.password())
            + "\r\n";
    String get = "GET " + TICKETS + "/" + id + login + "\r\n";
    String head = "POST " + TICKETS + "/" + id;
    String form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ";
    String body = form + "11\r\n\r\nstatus=open";
    String page = "Origin: https://portal.example\r\nX-Request-ID: of-the-proxy\r\n";
    RawHttp raw = new RawHttp(server.port());

    long before = refusedByTheirHeads();
    List<Answer> answers = raw.converse(head + login + page + body, get, head + login + body, get);
    assertEquals(2, refusedByTheirHeads() - before);
    assertEquals(List.of(503, 200, 503, 200), answers.stream().map(Answer::status).toList());
    Answer refused = answers.get(0);
    refused.assertError(503, "service_unavailable");
    assertTrue(isRefused(refused), refused::toString);
    assertTrue(refused.header("Retry-After").matches("[1-9]\\d*"), refused::toString);
    assertEquals("https://portal.example", refused.header("Access-Control-Allow-Origin"));
    assertTrue(refused.header("Access-Control-Expose-Headers").endsWith(", Retry-After"));
    assertEquals("of-the-proxy", refused.header("X-Request-ID"));
    assertEquals("nosniff", refused.header("X-Content-Type-Options"));

    String both = raw.readToTheEnd(get + head + login + "Connection: close\r\n" + body);
    assertTrue(both.startsWith("HTTP/1.1 200"), both);
    assertTrue(both.indexOf("HTTP/1.1 503") > 0, both);
    // What a head does not tell is refused all the same.
    String large = "x".repeat(20_000);
    for (String request :
        List.of(
            "GET " + TICKETS + "/" + id + "?_method=POST" + login + "\r\n",
            "GET " + TICKETS + "/" + id + login + "X-HTTP-Method-Override: POST\r\n\r\n",
            head + login + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            head + login + form + large.length() + "\r\n\r\n" + large)) {
      assertTrue(isRefused(raw.send(request)), request.substring(0, 80));
    }
    Answer enveloped = manager.api().post("/" + id + "?_envelope", fields("status", "open"));
    assertEquals("503", enveloped.assertOk().text("status"));

    release();
    crowd.forEach(CompletableFuture::join);
  }

  @Test
  void aBodyThatIsRefusedMayComeLaterButNotForEver() throws Exception {
    try (TestServer impatient =
        TestServer.on(
            url,
            Map.of(
                "kbs.bulkhead.waiting", 2,
                "kbs.bulkhead.waiting-in-burst", 2,
                "kbs.bulkhead.shortest", 0,
                "kbs.bulkhead.longest-wait", "60s",
                "kbs.lock-timeout", 60,
                "kbs.query-timeout", 60,
                "kbs.connections.body-time", "1s"))) {
      HttpApi api = impatient.login(manager.login(), manager.password());
      api.get("").assertOk();
      holdTheTicket();
      List<CompletableFuture<Answer>> crowd = crowd(CROWD, i -> update(api));
      await(() -> refused(crowd).count() >= CROWD - ADMITTED);
      String head = head("POST " + TICKETS + "/" + id, "application/x-www-form-urlencoded", 11);
      try (Socket late = send(impatient, head);
          Socket never = send(impatient, head + "status")) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        assertEquals(0, late.getInputStream().available());
        late.getOutputStream().write("status=open".getBytes(StandardCharsets.US_ASCII));
        assertTrue(firstLine(late).startsWith("HTTP/1.1 503"));
        assertEquals("", firstLine(never));
      }

      release();
      crowd.forEach(CompletableFuture::join);
    }
  }

  /** What comes first, or nothing where the connection ends. */
  private static String firstLine(Socket socket) throws IOException {
    String line =
        new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
            .readLine();
    return line == null ? "" : line;
  }

  private static long refusedByTheirHeads() {
    return server
        .bean(MeterRegistry.class)
        .find("http.server.requests")
        .tags("operation", "none", "status", "503")
        .timers()
        .stream()
        .mapToLong(Timer::count)
        .sum();
  }

  /** Otherwise guesses would stand in the lines of those who have work to do. */
  @Test
  void aPlaceIsAskedForWhenItIsKnownWhoAsks() throws SQLException {
    holdTheTicket();
    List<CompletableFuture<Answer>> crowd = crowd(4 + 2, i -> update(manager.api()));
    await(() -> places("waiting", "work", "write") >= 2);
    update(server.login(manager.login(), "wrong")).assertError(401, "rest_forbidden_context");
    update(server.anonymous()).assertError(401, "rest_forbidden_context");
    assertTrue(crowd.stream().noneMatch(CompletableFuture::isDone));
    assertEquals(2, places("waiting", "work", "write"));

    release();
    crowd.forEach(answer -> answer.join().assertOk());
  }

  private static double places(String what, String bulkhead, String kind) {
    return server
        .bean(MeterRegistry.class)
        .get("kbs.bulkhead." + what)
        .tags("bulkhead", bulkhead, "kind", kind)
        .gauge()
        .value();
  }

  /** They look at the database, as work does, and so they wait where work waits. */
  @Test
  void strangersWhoLookForUsersTakeNoPlaceOfThoseWhoLogIn() throws SQLException {
    User agent = server.user("support_agent");
    hold("LOCK TABLES reply WRITE");
    String users = "/wp-json/wp/v2/users";
    List<CompletableFuture<Answer>> crowd =
        crowd(CROWD, i -> server.anonymous().send("GET", users, null, null));
    await(() -> refused(crowd).count() >= CROWD - ADMITTED);
    await(() -> places("active", "logins", "anonymous") == 0);
    assertEquals(4, places("active", "work", "search"));
    for (int i = 0; i < 20; i++) {
      manager.api().get("/" + id).assertOk();
      manager.api().get("").assertOk();
      server.anonymous().get("").assertError(401, "rest_forbidden_context");
    }
    agent.api().get("").assertOk();
    server.anonymous().send("GET", "/wp-json/wp/v2", null, null).assertOk();

    release();
    crowd.forEach(CompletableFuture::join);
    server.anonymous().send("GET", users, null, null).assertOk();
  }

  @Test
  void searchesThatTakeLongLeaveTheOthersAlone() throws SQLException {
    hold("LOCK TABLES customer_email WRITE");
    String customers = "/wp-json/kbs/v1/customers?search=overload";
    List<CompletableFuture<Answer>> crowd =
        crowd(CROWD, i -> manager.api().send("GET", customers, null, null));
    await(() -> refused(crowd).count() >= CROWD - ADMITTED);
    for (int i = 0; i < 20; i++) {
      manager.api().get("/" + id).assertOk();
      update(manager.api()).assertOk();
    }
    Answer head = manager.api().send("HEAD", customers, null, null);
    assertEquals(503, head.status());
    assertEquals("", head.body());
    assertTrue(isRefused(manager.api().get("?page=2000")), "A deep page costs as much");
    assertTrue(isRefused(manager.api().get("?offset=-20000")), "However it is asked for");
    manager.api().get("?offset=1").assertOk();

    release();
    crowd.forEach(CompletableFuture::join);
    assertEquals(1, manager.api().send("GET", customers, null, null).assertOk().ids().size());
  }

  @Test
  void whoHangsUpWhileWaitingGivesThePlaceBackAndLeavesNothingBehind() throws Exception {
    long before = server.number("SELECT COUNT(*) FROM ticket");
    hold("SELECT * FROM ticket_sequence FOR UPDATE");
    List<Socket> sockets = new ArrayList<>();
    await(
        () -> {
          sockets.add(create());
          return sockets.stream().anyMatch(OverloadTest::isAnswered);
        });
    for (Socket socket : sockets) {
      socket.close();
    }
    // Four of them had begun; the places of those that waited are free.
    List<CompletableFuture<Answer>> others = new ArrayList<>();
    await(
        () -> {
          others.add(later(() -> create(manager.api())));
          return others.stream().filter(other -> !other.isDone()).count() > WAITING;
        });

    release();
    others.forEach(CompletableFuture::join);
    long answered = others.size() - refused(others).count();
    assertTrue(answered > WAITING / 2, answered + " of " + others.size());
    long made = server.number("SELECT COUNT(*) FROM ticket") - before;
    assertTrue(made <= answered + ADMITTED - WAITING, made + " tickets, " + answered + " answers");
    create(manager.api()).assertOk();
  }

  @Test
  void nobodyWaitsForEver() throws SQLException {
    // Those who hold the places do so until the end, however slowly the others come.
    Map<String, Object> limits =
        Map.of(
            "kbs.bulkhead.longest-wait", "200ms", "kbs.lock-timeout", 60, "kbs.query-timeout", 60);
    try (TestServer impatient = TestServer.on(url, limits)) {
      HttpApi api = impatient.login(manager.login(), manager.password());
      api.get("").assertOk();
      holdTheTicket();
      List<CompletableFuture<Answer>> crowd = crowd(ADMITTED, i -> update(api));
      await(() -> refused(crowd).count() >= ADMITTED - 4);
      api.get("/" + id).assertOk();
      release();
      crowd.forEach(CompletableFuture::join);
      update(api).assertOk();
    }
  }

  /** Who is not known since there is no time for the login is not known for good. */
  @Test
  void whoIsRefusedBeforeTheBodyIsReadIsNotToldThatItCounted() throws SQLException {
    try (TestServer impatient =
        TestServer.on(
            url,
            Map.of(
                "kbs.bulkhead.longest-wait", "1s",
                "kbs.query-timeout", 60,
                "kbs.lock-timeout", 60))) {
      HttpApi api = impatient.user("support_manager").api();
      hold("LOCK TABLES app_user WRITE, application_password WRITE");
      List<CompletableFuture<Answer>> crowd =
          crowd(CROWD / 4, i -> impatient.login("nobody" + i, "guess").get(""));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      String title = "x".repeat(200) + TestServer.unique("title");
      CompletableFuture<Answer> update =
          later(
              () ->
                  api.post(
                      "/" + id, fields("ticket_title", title, "unknown", "x".repeat(200_000))));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500));

      release();
      crowd.forEach(CompletableFuture::join);
      Answer answer = update.join();
      assertTrue(isRefused(answer) || answer.status() == 400, answer::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void readsGoOnWithFewConnectionsToo(int connections) throws SQLException {
    try (TestServer small =
        TestServer.on(
            url,
            Map.of(
                "datasources.default.maximum-pool-size",
                connections,
                "kbs.bulkhead.longest-wait",
                "60s"))) {
      HttpApi api = small.login(manager.login(), manager.password());
      holdTheTicket();
      List<CompletableFuture<Answer>> crowd = crowd(4, i -> update(api));
      for (int i = 0; i < 20; i++) {
        api.get("/" + id).assertOk();
      }
      release();
      crowd.forEach(answer -> answer.join());
      update(api).assertOk();
      api.get("?search=overload").assertOk();
    }
  }

  /**
   * Who waits goes on with a thread of somebody else.
   *
   * @param header what tells the two apart; nothing for the body
   */
  @ParameterizedTest
  @CsvSource({
    "GET, /:own, Allow",
    "OPTIONS, /:own, Allow",
    "GET, '', X-WP-Total",
    "GET, /:own, Link",
    "GET, /:own?_embed, ",
    "POST, /:own, Allow"
  })
  void whoeverWaitsStaysWhoTheyAre(String method, String path, @Nullable String header) {
    try (TestServer small =
        TestServer.on(
            url,
            Map.of(
                "datasources.default.maximum-pool-size",
                2,
                "kbs.bulkhead.shortest",
                100,
                "kbs.bulkhead.longest-wait",
                "60s",
                "micronaut.caches.answers.expire-after-write",
                "0s"))) {
      User customer = small.user("support_customer");
      long own = customer.api().post("", ticket(customer.email())).assertOk().id();
      List<HttpApi> callers =
          List.of(small.login(manager.login(), manager.password()), customer.api());
      String asked = TICKETS + path.replace(":own", String.valueOf(own));
      IntFunction<Answer> answer =
          i ->
              callers
                  .get(i % 2)
                  .with("X-Forwarded-Host", i % 2 + ".example")
                  .send(method, asked, null, null);
      Function<Answer, String> seen = it -> header == null ? it.body() : it.header(header);
      List<String> alone = Stream.of(0, 1).map(answer::apply).map(seen).toList();
      assertNotEquals(alone.get(0), alone.get(1));
      List<CompletableFuture<Answer>> crowd = crowd(100, answer);
      for (int i = 0; i < crowd.size(); i++) {
        assertEquals(alone.get(i % 2), seen.apply(crowd.get(i).join()), "" + i);
      }
    }
  }

  @Test
  void oneConnectionIsEnough() {
    try (TestServer smallest =
        TestServer.on(
            url,
            Map.of(
                "datasources.default.maximum-pool-size",
                1,
                "datasources.default.minimum-idle",
                1))) {
      HttpApi api = smallest.login(manager.login(), manager.password());
      crowd(8, i -> i % 2 == 0 ? api.get("") : update(api)).forEach(it -> it.join().assertOk());
    }
  }

  @Test
  void whoGuessesPasswordsKeepsNobodyOut() {
    manager.api().get("").assertOk();
    List<CompletableFuture<Answer>> guesses =
        crowd(
            CROWD,
            i -> server.login(manager.login(), "guess" + i).send("GET", TICKETS, null, null));
    for (int i = 0; i < 20; i++) {
      manager.api().get("/" + id).assertOk();
    }
    guesses.forEach(guess -> assertTrue(guess.join().status() >= 400, guess.join()::toString));
    manager.api().get("").assertOk();
  }

  private static Answer update(HttpApi api) {
    return api.post("/" + id, fields("status", "open"));
  }

  private static Answer create(HttpApi api) {
    return api.post("", ticket("overload@example.org"));
  }

  /** Asks for a new ticket, and does not wait for the answer. */
  private static Socket create() {
    try {
      return sent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Socket sent() throws IOException {
    String body = HttpApi.json(ticket("overload@example.org"));
    return send(server, head("POST " + TICKETS, "application/json", body.length()) + body);
  }

  private static String head(String request, String type, int length) {
    return request
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        + type
        + "\r\nAuthorization: "
        + HttpApi.basic(manager.login(), manager.password())
        + "\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static Socket send(TestServer to, String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static boolean isAnswered(Socket socket) {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<CompletableFuture<Answer>> crowd(int size, IntFunction<Answer> request) {
    return IntStream.range(0, size).mapToObj(i -> later(() -> request.apply(i))).toList();
  }

  private static CompletableFuture<Answer> later(Supplier<Answer> request) {
    return CompletableFuture.supplyAsync(request, task -> new Thread(task).start());
  }

  private static Stream<Answer> refused(List<CompletableFuture<Answer>> answers) {
    return answers.stream()
        .filter(CompletableFuture::isDone)
        .map(CompletableFuture::join)
        .filter(OverloadTest::isRefused);
  }

  private static boolean isRefused(Answer answer) {
    return answer.status() == 503 && answer.text("message").contains(TOO_MUCH);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "It does not come about");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }
}
