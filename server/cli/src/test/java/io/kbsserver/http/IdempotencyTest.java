package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.contract.Operation;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.rest.body.Sha256;
import io.kbsserver.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that come again: one is carried out, whatever became of its answer, on two servers. */
class IdempotencyTest {

  private static final String KEY = "Idempotency-Key";
  private static final String REPLAYED = "Idempotency-Replayed";
  private static final String PASSWORDS = "/wp-json/wp/v2/users/me/application-passwords";

  private static String url;
  private static TestServer one;
  private static TestServer other;
  private static User manager;

  @BeforeAll
  static void start() {
    url = TestDatabase.get().createMigratedSchema("http_idempotency");
    one = TestServer.on(url, Map.of(LostAnswers.ON, true));
    other = TestServer.on(url, Map.of());
    manager = one.user("administrator");
  }

  @AfterAll
  static void stop() {
    other.close();
    one.close();
  }

  private static HttpApi here(User user, String key) {
    return user.api().with(KEY, key);
  }

  private static HttpApi there(User user, String key) {
    return other.login(user.login(), user.password()).with(KEY, key);
  }

  private static String key() {
    return TestServer.unique("key ");
  }

  private static long tickets() {
    return one.number("SELECT COUNT(*) FROM ticket");
  }

  private static long open() {
    return manager.api().post("", ticket("idempotent@example.org")).assertOk().id();
  }

  private static void assertSame(Answer first, Answer again) {
    assertEquals(first.status(), again.status(), again::toString);
    assertEquals("true", again.header(REPLAYED), again::toString);
    assertEquals(first.header("Location"), again.header("Location"));
    assertEquals(first.header("Kbs-Changed-Parameters"), again.header("Kbs-Changed-Parameters"));
    assertEquals(first.header("Kbs-Ignored-Parameters"), again.header("Kbs-Ignored-Parameters"));
    assertEquals(first.header("ETag"), again.header("ETag"));
    assertEquals(first.body(), again.body());
  }

  @ParameterizedTest
  @MethodSource("io.kbsserver.http.WritingRequest#operations")
  void whateverWritesIsCarriedOutOnce(Operation operation) throws SQLException {
    User user = one.user("administrator");
    String id = thing(user, operation);
    String key = key();
    WritingRequest request = WritingRequest.of(operation, id, TestServer.unique("Words-"));
    Answer first = request.send(here(user, key));
    assertTrue(first.status() < 300, first::toString);
    assertEquals("", first.header(REPLAYED));
    // One of the operations has revoked the one that it was sent with.
    String password = one.bean(UserAccounts.class).addPassword(user.login(), "again").password();
    HttpApi retry = other.login(user.login(), password);
    long changes = one.number("SELECT COUNT(*) FROM change_log");
    Answer again = request.send(retry.with(KEY, key));
    if (operation.isSecret()) {
      again.assertError(409, "idempotency_answer_not_kept");
    } else {
      assertSame(first, again);
    }
    WritingRequest another = WritingRequest.of(operation, id, TestServer.unique("Other-words-"));
    another.send(retry.with(KEY, key)).assertError(422, "idempotency_key_reused");
    String inUse = key();
    try (Connection slow = claimed(user, inUse)) {
      another.send(retry.with(KEY, inUse)).assertError(409, "idempotency_in_progress");
      slow.rollback();
    }
    assertEquals(changes, one.number("SELECT COUNT(*) FROM change_log"));
  }

  @Test
  void aBatchWaitsWhileItsPartIsCarriedOut() throws SQLException {
    User user = one.user("administrator");
    String key = key();
    String path = "/wp/v2/ticket_tag";
    List<String> names = List.of(TestServer.unique("Tag"), TestServer.unique("Tag"));
    String batch =
        json(
            fields(
                "requests",
                names.stream()
                    .map(name -> fields("path", path, "body", fields("name", name)))
                    .toList()));
    long tags = one.number("SELECT COUNT(*) FROM term");
    try (Connection slow = claimed(user, "part-" + Sha256.hex("0:" + key))) {
      here(user, key)
          .send("POST", "/wp-json/batch/v1", JSON, batch)
          .assertError(409, "idempotency_in_progress");
      slow.rollback();
    }
    assertEquals(tags, one.number("SELECT COUNT(*) FROM term"));
    HttpApi elsewhere = other.login(user.login(), user.password()).with(KEY, key);
    assertEquals(207, elsewhere.send("POST", "/wp-json/batch/v1", JSON, batch).status());
    assertEquals(tags + 2, one.number("SELECT COUNT(*) FROM term"));
  }

  /** What an operation is about: a ticket, a tag or an application password. */
  private static String thing(User user, Operation operation) {
    if (operation.path().contains("{taxonomy}")) {
      return String.valueOf(one.term("ticket_tag", TestServer.unique("Tag")));
    }
    if (operation.path().contains("/webhooks/")) {
      return String.valueOf(OperationRequest.newWebhook(user.api()).id());
    }
    return operation.path().contains("application-passwords")
        ? user.api().send("POST", PASSWORDS, JSON, json(fields("name", "spare"))).text("uuid")
        : String.valueOf(open());
  }

  /** What a request does first, and goes on doing. */
  private static Connection claimed(User user, String key) throws SQLException {
    Connection connection =
        DriverManager.getConnection(url, TestDatabase.get().user(), TestDatabase.get().password());
    connection.setAutoCommit(false);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO kept_answer VALUES (SHA2(?, 256), '', NOW(), 0, '', '')")) {
      statement.setString(1, user.id() + ":" + key);
      statement.executeUpdate();
    }
    return connection;
  }

  @Test
  void ofManyEqualRequestsOnTwoServersOneMakesATicket() throws Exception {
    long before = tickets();
    String key = key();
    Map<String, Object> ticket = ticket("crowd@example.org", "ticket_title", "One of many");
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      HttpApi api = i % 2 == 0 ? here(manager, key) : there(manager, key);
      calls.add(() -> api.post("", ticket));
    }
    int made = 0;
    for (Future<Answer> answer : threads.invokeAll(calls)) {
      Answer one = answer.get();
      if (one.status() == 409) {
        one.assertError(409, "idempotency_in_progress");
      } else if (one.assertOk().header(REPLAYED).isEmpty()) {
        made++;
      }
    }
    threads.shutdownNow();
    assertEquals(1, made);
    assertEquals(before + 1, tickets());
    assertEquals("true", there(manager, key).post("", ticket).assertOk().header(REPLAYED));
  }

  @Test
  void whatWasCommittedIsAnsweredThoughTheAnswerWasLost() {
    String key = key();
    Map<String, Object> ticket = ticket("lost@example.org");
    here(manager, key)
        .with(LostAnswers.HEADER, "yes")
        .post("?_embed=customer", ticket)
        .assertError(500, "internal_server_error");
    long made = tickets();
    Answer again = there(manager, key).post("?_embed=customer", ticket).assertOk();
    assertEquals("true", again.header(REPLAYED));
    assertEquals(1, again.json().at("/_embedded/customer").size());
    assertEquals(made, tickets());
    assertEquals(again.id(), one.number("SELECT MAX(id) FROM ticket"));
  }

  @Test
  void aRefusalIsKeptAndAKeyThatFailedOtherwiseIsFree() {
    String key = key();
    Answer refused = here(manager, key).post("", fields("ticket_title", "No customer"));
    assertSame(
        refused.assertError(400, "required_fields"),
        there(manager, key).post("", fields("ticket_title", "No customer")));
    there(manager, key)
        .post("", ticket("later@example.org"))
        .assertError(422, "idempotency_key_reused");
    String missing = key();
    Answer nothing = here(manager, missing).post("/99999999", fields("status", "hold"));
    nothing.assertError(404, "rest_post_invalid_id");
    assertSame(nothing, there(manager, missing).post("/99999999", fields("status", "hold")));

    String broken = key();
    Map<String, Object> ticket = ticket("broken@example.org");
    one.sql("RENAME TABLE ticket_participant TO lost_participant");
    here(manager, broken).post("", ticket).assertError(500, "internal_server_error");
    one.sql("RENAME TABLE lost_participant TO ticket_participant");
    assertEquals("", there(manager, broken).post("", ticket).assertOk().header(REPLAYED));
    assertEquals("true", here(manager, broken).post("", ticket).assertOk().header(REPLAYED));
  }

  @Test
  void whatIsTrimmedOrIgnoredIsSoAgain() {
    String key = key();
    Map<String, Object> ticket =
        ticket("trimmed@example.org", "ticket_content", "<b onclick=x>b</b>", "agent_id", 99999);
    User customer = one.user("subscriber");
    Map<String, Object> own = fields();
    own.putAll(ticket);
    own.put("customer_email", customer.email());
    Answer first = here(customer, key).preferring("lenient").post("?_fields=id,status", own);
    assertEquals("agent_id", first.assertOk().header("Kbs-Ignored-Parameters"));
    assertEquals("ticket_content", first.header("Kbs-Changed-Parameters"));
    assertEquals(1, first.header("ETag").chars().filter(c -> c == '.').count());
    assertSame(first, there(customer, key).preferring("lenient").post("?_fields=id,status", own));
    there(customer, key).post("?_fields=id", own).assertError(422, "idempotency_key_reused");
    Answer wrapped = here(customer, key()).post("?_envelope", own(customer)).assertOk();
    assertEquals(200, wrapped.json().path("status").asInt());
  }

  private static Map<String, Object> own(User customer) {
    return ticket(customer.email());
  }

  @Test
  void keysBelongToTheirUserAndLastADay() {
    String key = key();
    Map<String, Object> ticket = ticket("mine@example.org");
    long first = here(manager, key).post("", ticket).assertOk().id();
    User agent = one.user("support_manager");
    Answer others = there(agent, key).post("", ticket).assertOk();
    assertEquals("", others.header(REPLAYED));
    assertNotEquals(first, others.id());
    one.sql("UPDATE kept_answer SET at = at - INTERVAL 23 HOUR - INTERVAL 50 MINUTE");
    assertEquals(first, there(manager, key).post("", ticket).assertOk().id());
    one.sql("UPDATE kept_answer SET at = at - INTERVAL 20 MINUTE");
    Answer later = there(manager, key).post("", ticket).assertOk();
    assertEquals("", later.header(REPLAYED));
    assertNotEquals(first, later.id());
  }

  @Test
  void aLoginThatIsNoneLearnsNothingOfAKey() {
    String key = key();
    Map<String, Object> ticket = ticket("stranger@example.org");
    here(manager, key).post("", ticket).assertOk();
    one.anonymous().with(KEY, key).post("", ticket).assertEnvelopeOf(401);
    one.anonymous().with(KEY, "").post("", ticket).assertEnvelopeOf(401);
    one.login(manager.login(), "wrong").with(KEY, key).post("", ticket).assertEnvelopeOf(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "\"open", "\"a\" b", "\"a\\b\""})
  void whatIsNoKeyIsRefused(String key) {
    long before = tickets();
    here(manager, key).post("", ticket("nokey@example.org")).assertNames(KEY);
    assertEquals(before, tickets());
  }

  @Test
  void whatParametersAKeyHasIsOfNoMatter() {
    String key = key();
    Map<String, Object> ticket = ticket("parameters.key@example.org");
    long id = here(manager, '"' + key + '"').post("", ticket).assertOk().id();
    assertEquals(id, here(manager, '"' + key + "\"; v=1").post("", ticket).assertOk().id());
  }

  @Test
  void aKeyHasAtMost255CharactersAndComesOnce() {
    Map<String, Object> ticket = ticket("long.key@example.org");
    String longest = "k".repeat(255);
    here(manager, longest).post("", ticket).assertOk();
    assertEquals(
        "true", there(manager, '"' + longest + '"').post("", ticket).assertOk().header(REPLAYED));
    here(manager, longest + "k").post("", ticket).assertNames(KEY);
    here(manager, longest).with(KEY, longest).post("", ticket).assertNames(KEY);
    here(manager, "").get("").assertOk();
    here(manager, longest).get("").assertOk();
  }

  @Test
  void aFormWithFilesIsTheSameWhateverItsBoundary() {
    String key = key();
    SentFile file = new SentFile("upload", "a.txt", "Some text");
    MultipartBody form = new MultipartBody();
    ticket("files@example.org").forEach((name, value) -> form.field(name, value.toString()));
    String body = form.files(file).toString();
    Answer first = here(manager, key).post("", MultipartBody.TYPE, body).assertOk();
    assertEquals(1, first.json().at("/ticket_data/files").size());
    String delimited = body.replace("--B", "--Another");
    String type = MultipartBody.TYPE.replace("=B", "=Another");
    assertSame(first, there(manager, key).post("", type, delimited));
    String otherBytes = body.replace("Some text", "Some texT");
    there(manager, key)
        .post("", MultipartBody.TYPE, otherBytes)
        .assertError(422, "idempotency_key_reused");
  }

  @Test
  void anAnswerThatIsVeryLongIsNotKept() {
    String key = key();
    StringBuilder text = new StringBuilder();
    java.util.Random random = new java.util.Random(7);
    while (text.length() < 900_000) {
      text.append(Long.toString(random.nextLong(), 36)).append(' ');
    }
    Map<String, Object> ticket = ticket("long@example.org", "ticket_content", text.toString());
    here(manager, key).post("", ticket).assertOk();
    long before = tickets();
    there(manager, key).post("", ticket).assertError(409, "idempotency_answer_not_kept");
    assertEquals(before, tickets());
  }

  @Test
  void pagesFromElsewhereMaySendAKeyAndReadWhatIsSaidOfIt() {
    Answer preflight =
        one.anonymous()
            .with("Origin", "https://app.example.org")
            .with("Access-Control-Request-Method", "POST")
            .with("Access-Control-Request-Headers", "idempotency-key,if-match,last-event-id")
            .send("OPTIONS", TICKETS, null, null)
            .assertOk();
    String allowed = preflight.header("Access-Control-Allow-Headers");
    assertTrue(allowed.contains(KEY) && allowed.contains("If-Match"), allowed);
    assertTrue(allowed.contains("Last-Event-ID"), allowed);
    String exposed = preflight.header("Access-Control-Expose-Headers");
    assertTrue(exposed.contains(REPLAYED) && exposed.contains("ETag"), exposed);
  }
}
