package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What guessing passwords costs, and whom it does not stop. */
@Timeout(180)
class LoginLimitsTest {

  private static final int OF_PAIR = 20;
  private static final int OF_ADDRESS = 200;

  /** A slow hash, and what it was made of. */
  private static final String SLOW_HASH = "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0";

  private static final String SLOW_PASSWORD = "test12345";

  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_logins"),
            // However many come at once, and however slow this machine is.
            Map.of(
                "kbs.bulkhead.waiting", 200,
                "kbs.bulkhead.waiting-in-burst", 200,
                "kbs.bulkhead.longest-wait", "60s"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** An address that no other test has; loopback is a proxy that is trusted. */
  private static String address() {
    int number = ADDRESSES.incrementAndGet();
    return "203.0." + number / 256 + "." + number % 256;
  }

  private static HttpApi from(String address, HttpApi api) {
    return api.with("X-Forwarded-For", address);
  }

  private static void fail(int times, String login, String address) {
    Map<Integer, Long> answers =
        atOnce(times, i -> from(address, server.login(login, "wrong" + i)));
    assertEquals(Map.of(401, (long) times), answers);
  }

  private static void assertOut(HttpApi api) {
    api.get("?per_page=1").assertError(401, "rest_forbidden_context");
  }

  private static void assertShutOut(HttpApi api) {
    Answer answer = api.get("?per_page=1");
    answer.assertError(429, "rest_too_many_failed_logins");
    int seconds = Integer.parseInt(answer.header("Retry-After"));
    assertTrue(seconds > 0 && seconds <= 300, "Retry-After: " + seconds);
    assertTrue(answer.header("Access-Control-Expose-Headers").endsWith(", Retry-After"));
  }

  /** How many answers there were of each status, to requests that are sent at the same time. */
  private static Map<Integer, Long> atOnce(int number, IntFunction<HttpApi> clients) {
    ExecutorService threads = Executors.newFixedThreadPool(number);
    try {
      List<CompletableFuture<Answer>> answers =
          IntStream.range(0, number)
              .mapToObj(i -> supplyAsync(() -> clients.apply(i).get("?per_page=1"), threads))
              .toList();
      return answers.stream()
          .map(CompletableFuture::join)
          .collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.counting()));
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aPairOfLoginAndAddressIsShutOutAndNobodyElse() {
    User user = server.user("support_agent");
    User neighbour = server.user("support_agent");
    String address = address();
    fail(OF_PAIR, user.login(), address);
    assertShutOut(from(address, server.login(user.login(), "wrong")));
    // The right password is not looked at either, or it could be guessed all the same.
    assertShutOut(from(address, user.api()));
    from(address(), user.api()).get("?per_page=1").assertOk();
    from(address, neighbour.api()).get("?per_page=1").assertOk();
  }

  @Test
  void whatIsRememberedWorksThroughout() {
    User user = server.user("support_agent");
    String address = address();
    from(address, user.api()).get("?per_page=1").assertOk();
    fail(OF_PAIR, user.login(), address);
    assertShutOut(from(address, server.login(user.login(), "wrong")));
    from(address, user.api()).get("?per_page=1").assertOk();
    from(address, server.login(user.email(), user.password())).get("?per_page=1").assertOk();
  }

  @Test
  void howALoginIsWrittenDoesNotMatter() {
    User user = server.user("support_agent");
    String kaethe = TestServer.unique("Käthe");
    server.sql("UPDATE app_user SET login = ? WHERE id = ?", kaethe, user.id());
    for (String name : List.of(kaethe, TestServer.unique("nöbody"))) {
      String address = address();
      fail(5, name, address);
      fail(5, name.toUpperCase(Locale.ROOT), address);
      fail(5, " <b>" + name.toLowerCase(Locale.ROOT) + "</b>", address);
      fail(5, name.replace('ä', 'a').replace('ö', 'o'), address);
      assertShutOut(from(address, server.login(name, "wrong")));
    }
    String address = address();
    fail(10, user.email(), address);
    fail(5, user.email().toUpperCase(Locale.ROOT), address);
    fail(5, kaethe, address);
    assertShutOut(from(address, server.login(user.email(), "wrong")));
  }

  @Test
  void whoVariesTheLoginIsCountedByAddress() {
    User user = server.user("support_agent");
    String address = address();
    int atATime = 20;
    for (int i = 0; i < OF_ADDRESS; i += atATime) {
      String guess = "guess" + i + "_";
      Map<Integer, Long> answers =
          atOnce(atATime, of -> from(address, server.login(guess + of, "wrong")));
      assertEquals(Map.of(401, (long) atATime), answers);
    }
    assertShutOut(from(address, server.login("guess", "wrong")));
    assertShutOut(from(address, user.api()));
    from(address(), user.api()).get("?per_page=1").assertOk();
    from(address, user.api()).get("?per_page=1").assertOk();
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:1::1, 2001:db8:1:1:ffff::2, 2001:db8:1:2::1",
    "::ffff:198.51.100.7, 198.51.100.7, 198.51.100.8"
  })
  void anAddressIsOneHoweverItIsWritten(String one, String same, String other) {
    User user = server.user("support_agent");
    fail(OF_PAIR, user.login(), one);
    assertShutOut(from(same, user.api()));
    from(other, user.api()).get("?per_page=1").assertOk();
  }

  @Test
  void manyGuessesAtATimeGetNoFurtherThanOneAfterTheOther() {
    User user = server.user("support_agent");
    for (boolean same : List.of(true, false)) {
      String address = address();
      Map<Integer, Long> answers =
          atOnce(60, i -> from(address, server.login(user.login(), "wrong" + (same ? 0 : i))));
      assertEquals(Map.of(401, 20L, 429, 40L), answers);
      assertShutOut(from(address, user.api()));
    }
  }

  @Test
  void aClientThatBeginsWithManyConnectionsIsLetIn() {
    User user = server.user("support_agent");
    store(user, SLOW_HASH);
    for (String password : List.of(user.password(), SLOW_PASSWORD)) {
      HttpApi client = from(address(), server.login(user.login(), password));
      assertEquals(Map.of(200, 60L), atOnce(60, i -> client));
    }
  }

  @Test
  void rightPasswordsAreNotCounted() {
    User user = server.user("support_agent");
    String address = address();
    fail(OF_PAIR - 1, user.login(), address);
    for (int i = 0; i < 3; i++) {
      from(address, user.api()).get("?per_page=1").assertOk();
    }
    assertOut(from(address, server.login(user.login(), "wrong")));
    assertShutOut(from(address, server.login(user.login(), "wrong")));
  }

  @Test
  void whatCanBeNoPasswordIsRefusedWithoutBeingLookedAt() {
    User user = server.user("support_agent");
    String address = address();
    for (String password : List.of("x".repeat(129), "x".repeat(9000), "-" + "x-".repeat(3000))) {
      for (int i = 0; i <= OF_PAIR; i++) {
        assertOut(from(address, server.login(user.login(), password)));
      }
    }
    // Only letters and digits count.
    String spaced = String.join("     ", user.password().split(""));
    assertTrue(spaced.length() > 128);
    from(address, server.login(user.login(), spaced)).get("?per_page=1").assertOk();
    assertOut(from(address, server.login(user.login(), "x".repeat(128))));
  }

  @Test
  void whatNeedsNoLoginTakesOneThatIsShutOutForNobody() {
    User user = server.user("support_agent");
    String address = address();
    fail(OF_PAIR, user.login(), address);
    HttpApi shutOut = from(address, user.api());
    for (String path :
        List.of(
            "/wp-json/",
            "/wp-json/kbs/v1",
            "/openapi.json",
            "/wp-json/kbs/v1/forms",
            "/wp-json/wp/v2/articles",
            "/wp-json/wp/v2/ticket_categories")) {
      shutOut.send("GET", path, null, null).assertOk();
    }
    for (String path : List.of("/wp-json/", TICKETS, TICKETS + "/1", "/wp-json/kbs/v1/customers")) {
      Answer answer = shutOut.send("OPTIONS", path, null, null).assertOk();
      Answer ofNobody = server.anonymous().send("OPTIONS", path, null, null);
      assertEquals(ofNobody.header("Allow"), answer.header("Allow"));
    }
    for (String path :
        List.of(
            TICKETS + "/1",
            // This one needs a login in order to edit.
            "/wp-json/wp/v2/articles?context=edit",
            "/wp-json/kbs/v1/customers",
            "/wp-json/kbs/v1/customers/1",
            "/wp-json/kbs/v1/companies",
            "/wp-json/kbs/v1/companies/1")) {
      shutOut.send("GET", path, null, null).assertError(429, "rest_too_many_failed_logins");
    }
    shutOut
        .post("", HttpApi.ticket("a@example.org"))
        .assertError(429, "rest_too_many_failed_logins");
    shutOut.post("/1", Map.of("status", "open")).assertError(429, "rest_too_many_failed_logins");
    shutOut
        .send(
            "POST", "/wp-json/batch/v1", "application/json", "{\"requests\":[{\"path\":\"/kbs\"}]}")
        .assertError(429, "rest_too_many_failed_logins");
    // What is wrong with the request is said first, as ever.
    shutOut.get("?per_page=x").assertError(400, "rest_invalid_param");
    shutOut.get("/no/route").assertError(404, "rest_no_route");
  }

  @Test
  void whatIsNoRouteIsAskedForByNobody() {
    User user = server.user("support_agent");
    String address = address();
    HttpApi wrong = from(address, server.login(user.login(), "wrong"));
    for (int i = 0; i <= OF_PAIR; i++) {
      for (String path : List.of("/health/live", "/openapi.json", "/docs", "/")) {
        wrong.send("GET", path, null, null);
      }
    }
    from(address, user.api()).get("?per_page=1").assertOk();
  }

  @Test
  void aRequestCountsOnce() {
    User user = server.user("support_agent");
    String address = address();
    HttpApi wrong = from(address, server.login(user.login(), "wrong"));
    String form =
        "--B\r\nContent-Disposition: form-data; name=\"ticket_title\"\r\n\r\nA\r\n--B--\r\n";
    for (int i = 0; i < OF_PAIR; i++) {
      wrong
          .post("", "multipart/form-data; boundary=B", form)
          .assertError(401, "rest_forbidden_context");
    }
    assertShutOut(wrong);
  }

  @Test
  void whatNobodyHashesAtATimeIsTriedAgainLater() {
    try (TestServer small =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_logins_busy"),
            Map.of(
                "kbs.logins.waiting-hashes", 1,
                "kbs.bulkhead.waiting", 200,
                "kbs.bulkhead.waiting-in-burst", 200,
                "kbs.bulkhead.longest-wait", "60s"))) {
      User known = small.user("support_agent");
      User fast = small.user("support_agent");
      known.api().get("?per_page=1").assertOk();
      List<Answer> busy = new ArrayList<>();
      ExecutorService threads = Executors.newFixedThreadPool(40);
      try {
        List<CompletableFuture<Answer>> wrong =
            IntStream.range(0, 40)
                .mapToObj(
                    i ->
                        supplyAsync(
                            () -> small.login("nobody" + i, "wrong").get("?per_page=1"), threads))
                .toList();
        wrong.stream()
            .map(CompletableFuture::join)
            .filter(answer -> answer.status() != 401)
            .forEach(busy::add);
      } finally {
        threads.shutdown();
      }
      assertTrue(!busy.isEmpty());
      for (Answer answer : busy) {
        answer.assertError(503, "service_unavailable");
        assertEquals("1", answer.header("Retry-After"));
        assertTrue(!answer.body().contains("database"), answer::body);
      }
      known.api().get("?per_page=1").assertOk();
      fast.api().get("?per_page=1").assertOk();
    }
  }

  /** As many places as there are for strangers would be taken by three. */
  @Test
  void noThreadAndNoPlaceWaitsForAHash() {
    User slow = server.user("support_agent");
    // The slowest that there are, all of which are compared: some seconds for each guess.
    for (int i = 0; i < 25; i++) {
      store(slow, SLOW_HASH.replace("$P$9", "$P$G"));
    }
    User stranger = server.user("support_agent");
    List<CompletableFuture<Answer>> guesses =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    supplyAsync(
                        () -> server.login(slow.login(), "guess" + i).get("?per_page=1"),
                        task -> new Thread(task).start()))
            .toList();
    while (!isHashing()) {
      assertTrue(guesses.stream().noneMatch(CompletableFuture::isDone));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    stranger.api().get("?per_page=1").assertOk();
    assertTrue(guesses.stream().noneMatch(CompletableFuture::isDone));
    guesses.forEach(CompletableFuture::join);
  }

  private static boolean isHashing() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().equals("password-hashing"))
        .flatMap(thread -> Arrays.stream(thread.getValue()))
        .anyMatch(frame -> frame.getClassName().endsWith(".PasswordHash"));
  }

  @Test
  void afterAWhileItMayBeTriedAgain() throws InterruptedException {
    try (TestServer quick =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_logins_again"),
            Map.of("kbs.logins.window", "5s", "kbs.logins.failures-of-pair", 2))) {
      User user = quick.user("support_agent");
      HttpApi wrong = quick.login(user.login(), "wrong");
      Answer refused = wrong.get("?per_page=1");
      for (int i = 0; i < 50 && refused.status() != 429; i++) {
        refused = wrong.get("?per_page=1");
      }
      refused.assertError(429, "rest_too_many_failed_logins");
      Thread.sleep(1000L * Integer.parseInt(refused.header("Retry-After")) + 100);
      user.api().get("?per_page=1").assertOk();
    }
  }

  /** The times of wrong passwords stand on the same beat, whoever they are tried on. */
  @Test
  void howManyPasswordsAUserHasTakesNoTime() {
    User one = server.user("support_agent");
    User many = server.user("support_agent");
    store(one, "$P$BsaltsaltSecretSecretSecretSecr");
    for (int i = 0; i < 8; i++) {
      store(many, "$P$Bsaltsal" + i + "SecretSecretSecretSecr");
    }
    Set<String> logins = Set.of(one.login(), many.login(), TestServer.unique("unknown"));
    Map<String, Long> quickest = new TreeMap<>();
    String address = address();
    for (int i = 0; i < OF_PAIR - 1; i++) {
      for (String login : logins) {
        long start = System.nanoTime();
        assertOut(from(address, server.login(login, "wrong" + i)));
        quickest.merge(login, (System.nanoTime() - start) / 1_000_000, Math::min);
      }
    }
    quickest.values().forEach(millis -> assertTrue(millis >= 100, quickest::toString));
  }

  private static void store(User owner, String hash) {
    server.sql(
        "INSERT INTO application_password (uuid, user_id, name, hash, created_at)"
            + " VALUES (?, ?, 'stored', ?, '2026-01-01 00:00:00')",
        UUID.randomUUID().toString(),
        owner.id(),
        hash);
  }
}
