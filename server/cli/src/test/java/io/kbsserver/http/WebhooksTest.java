package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import io.kbsserver.access.AccountException;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.http.WebhookReceiver.Message;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.tickets.StatusRegister;
import io.kbsserver.webhooks.WantedTickets;
import io.kbsserver.webhooks.WebhookAdministration;
import io.kbsserver.webhooks.WebhookDraft;
import io.micronaut.cache.CacheManager;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes are sent to receivers that listen on this machine, by two servers on one database. */
class WebhooksTest {

  private static final String HOOKS = "/wp-json/kbs/v1/webhooks";
  private static final String ED25519_PREFIX = "302a300506032b6570032100";

  private static final Map<String, Object> QUICK =
      Map.of(
          "kbs.webhooks.networks", "127.0.0.0/8",
          "kbs.webhooks.polling", "50ms",
          "kbs.webhooks.first-pause", "1s",
          "kbs.lock-timeout", "10",
          "kbs.query-timeout", "20");

  private static String schema;
  private static TestServer server;
  private static TestServer second;

  /** Nothing hangs on how long it is: a machine that has much else to do takes its time. */
  private static final long PATIENCE_SECONDS = 60;

  private User manager;
  private WebhookReceiver receiver;

  @BeforeAll
  static void start() {
    schema = TestDatabase.get().createMigratedSchema("http_webhooks");
    server = TestServer.on(schema, QUICK);
    second = TestServer.on(schema, QUICK);
  }

  @AfterAll
  static void stop() {
    second.close();
    server.close();
  }

  @BeforeEach
  void somebody() {
    manager = server.user("support_manager");
    receiver = new WebhookReceiver();
  }

  @AfterEach
  void nobodyListens() {
    server.sql("DELETE FROM webhook");
    server.resetSettings();
    second.resetSettings();
    receiver.close();
  }

  /** Of both servers: one keeps what it has read for a while, and either may send. */
  private static void set(String name, String value) {
    server.set(name, value);
    second.set(name, value);
  }

  private Answer create(Object... fields) {
    return create(manager, fields);
  }

  private Answer create(User user, Object... fields) {
    Map<String, Object> body = new LinkedHashMap<>(Map.of("url", receiver.url()));
    body.putAll(fields(fields));
    Answer made = user.api().send("POST", HOOKS, JSON, json(body));
    assertEquals(201, made.status(), made::toString);
    return made;
  }

  private Answer get(Object path) {
    return manager.api().send("GET", HOOKS + path, null, null);
  }

  private Answer change(long id, Object... fields) {
    return manager.api().send("PATCH", HOOKS + "/" + id, JSON, json(fields(fields))).assertOk();
  }

  private Answer sendAgain(long id, Object... fields) {
    String path = HOOKS + "/" + id + "/deliveries";
    Answer answer = manager.api().send("POST", path, JSON, json(fields(fields)));
    assertEquals(202, answer.status(), answer::toString);
    return answer;
  }

  private long open() {
    return manager.api().post("", ticket("hooks@example.org")).assertOk().id();
  }

  private void update(long ticket, String status) {
    manager.api().post("/" + ticket, fields("status", status)).assertOk();
  }

  private JsonNode deliveries(long id) {
    return get("/" + id + "/deliveries").assertOk().json();
  }

  /** What is told of a webhook, or of its newest delivery, as soon as it is so. */
  private JsonNode await(String path, Predicate<JsonNode> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      JsonNode now = get(path).assertOk().json();
      JsonNode first = now.isArray() ? now.path(0) : now;
      if (wanted.test(first)) {
        return first;
      }
      assertTrue(System.nanoTime() < end, now::toString);
      pause();
    }
  }

  /** Nothing hangs on how long: it is looked again. */
  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
  }

  /** Waits until a query gives so much. */
  private static void awaitNumber(long wanted, String sql, Object... args) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (server.number(sql, args) != wanted) {
      assertTrue(System.nanoTime() < end, sql);
      pause();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode awaitDelivery(long id, String status) {
    // One that waits may not have been sent yet, or not be written down.
    return await(
        "/" + id + "/deliveries",
        one -> one.path("status").asText().equals(status) && one.path("attempts").asInt() > 0);
  }

  private JsonNode awaitStatus(long id, String status) {
    return await("/" + id, one -> one.path("status").asText().equals(status));
  }

  private static void verify(Message message, String secret) {
    try {
      new Webhook(secret).verify(message.body(), message.headers());
    } catch (Exception e) {
      throw new AssertionError(message.toString(), e);
    }
  }

  @Test
  void aChangeArrivesAndCanBeVerified() {
    Answer made = create("types", List.of("ticket.created"), "description", "CRM");
    assertEquals(server.address() + HOOKS + "/" + made.id(), made.header("Location"));
    assertEquals(made.header("Location"), made.text("_links.self.0.href"));
    long ticket = open();
    Message message = receiver.next("ticket.created", ticket);
    verify(message, made.text("secret"));
    assertEquals("POST", message.method());
    assertEquals("application/json", message.header("content-type"));
    JsonNode data = message.json().get("data");
    assertEquals(made.id(), data.get("webhook").asLong());
    assertEquals("ticket", data.get("kind").asText());
    assertEquals(ticket, data.get("id").asLong());
    assertFalse(data.has("ticket"));
    assertTrue(
        message
            .json()
            .get("timestamp")
            .asText()
            .matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}Z"));
    JsonNode delivery = awaitDelivery(made.id(), "delivered");
    assertEquals(message.id(), delivery.get("message_id").asText());
    assertEquals(204, delivery.get("answer").asInt());
    assertEquals(1, delivery.get("attempts").asInt());
    assertTrue(delivery.get("duration").asInt() >= 0);
    assertTrue(delivery.get("error").isNull());
    Answer kept = get("/" + made.id()).assertOk();
    assertFalse(kept.json().has("secret"), kept::toString);
    assertFalse(kept.json().get("last_delivered").isNull(), kept::toString);
    assertEquals("CRM", kept.text("description"));
    assertFalse(get("").assertOk().body().contains("whsec_"));
  }

  @Test
  void aFullMessageBringsTheTicketAsItsUserGetsIt() {
    create("types", List.of("ticket.created", "reply.created"), "payload", "full");
    long ticket = open();
    JsonNode sent = receiver.next("ticket.created", ticket).json().at("/data/ticket");
    JsonNode read = manager.api().get("/" + ticket).assertOk().json();
    // Both as they are sent: without the order of fields.
    assertEquals(read, sent);
    OperationRequest.reply(manager.api(), ticket).assertOk();
    Message reply = receiver.next("reply.created", ticket);
    assertEquals(1, reply.json().at("/data/ticket/replies").asInt(), reply.body());
    assertNotEquals(ticket, reply.json().at("/data/id").asLong());
  }

  @Test
  void whoHasThePublicKeyVerifiesEd25519() throws Exception {
    Answer made = create("signature", "ed25519");
    assertFalse(made.json().has("secret"), made::toString);
    String publicKey = made.text("public_key");
    assertTrue(publicKey.startsWith("whpk_"), publicKey);
    sendAgain(made.id(), "test", true);
    Message message = receiver.next("webhook.test", 0);
    byte[] key = Base64.getDecoder().decode(publicKey.substring("whpk_".length()));
    Signature verifying = Signature.getInstance("Ed25519");
    verifying.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new X509EncodedKeySpec(
                    HexFormat.of().parseHex(ED25519_PREFIX + HexFormat.of().formatHex(key)))));
    verifying.update(
        (message.id() + "." + message.header("webhook-timestamp") + "." + message.body())
            .getBytes(StandardCharsets.UTF_8));
    String signature = message.header("webhook-signature");
    assertTrue(signature.startsWith("v1a,"), signature);
    assertTrue(verifying.verify(Base64.getDecoder().decode(signature.substring("v1a,".length()))));
  }

  @Test
  void severalSecretsAreValidAtATime() {
    Answer made = create();
    String path = HOOKS + "/" + made.id() + "/secrets";
    Answer second = manager.api().send("POST", path, FORM, "keep_hours=2");
    assertEquals(201, second.status(), second::toString);
    sendAgain(made.id(), "test", true);
    Message both = receiver.next();
    verify(both, made.text("secret"));
    verify(both, second.text("secret"));
    JsonNode kept = get("/" + made.id() + "/secrets").assertOk().json();
    assertEquals(2, kept.size());
    assertTrue(kept.get(0).get("valid_until").isNull());
    assertFalse(kept.get(1).get("valid_until").isNull());
    assertFalse(kept.toString().contains("whsec_"));

    // A third leaves the first what it was promised.
    Answer third = manager.api().send("POST", path, FORM, "keep_hours=1");
    JsonNode three = get("/" + made.id() + "/secrets").assertOk().json();
    assertEquals(3, three.size());
    assertEquals(kept.get(1), three.get(2));
    sendAgain(made.id(), "test", true);
    Message all = receiver.next();
    List.of(made, second, third).forEach(each -> verify(all, each.text("secret")));

    // No more than five are valid, the newest.
    for (int i = 0; i < 3; i++) {
      manager.api().send("POST", path, FORM, "keep_hours=1");
    }
    JsonNode five = get("/" + made.id() + "/secrets").assertOk().json();
    assertEquals(5, five.size());
    assertEquals(second.id(), five.get(4).get("id").asLong());

    // One with no time for others takes the place of all.
    Answer only = manager.api().send("POST", path, JSON, "{\"keep_hours\":0}");
    sendAgain(made.id(), "test", true);
    Message one = receiver.next();
    verify(one, only.text("secret"));
    assertFalse(one.header("webhook-signature").contains(" "), one::toString);
    assertEquals(1, get("/" + made.id() + "/secrets").json().size());
  }

  @Test
  void messagesOfATicketWaitForTheOneBeforeAndOthersDoNot() {
    long held = open();
    long free = open();
    AtomicBoolean refusing = new AtomicBoolean(true);
    List<Message> taken = new CopyOnWriteArrayList<>();
    receiver.behave(
        (message, exchange) -> {
          if (message.ticket() == held && refusing.get()) {
            return 500;
          }
          taken.add(message);
          return 204;
        });
    Answer made = create("types", List.of("ticket.updated"));
    update(held, "open");
    Message failed = receiver.next("ticket.updated", held);
    JsonNode waiting = awaitDelivery(made.id(), "waiting");
    assertEquals(500, waiting.get("answer").asInt());
    assertEquals("The receiver answered 500.", waiting.get("error").asText());
    assertFalse(waiting.get("next_attempt").isNull());
    update(held, "hold");
    update(free, "open");
    while (taken.isEmpty()) {
      receiver.next();
    }
    assertEquals(free, taken.get(0).ticket());
    refusing.set(false);
    while (taken.size() < 3) {
      receiver.next();
    }
    assertEquals(failed.id(), taken.get(1).id());
    assertEquals(held, taken.get(2).ticket());
    assertTrue(taken.get(2).position() > failed.position());
    awaitDelivery(made.id(), "delivered");
    assertEquals(0, get("/" + made.id()).json().get("waiting").asInt());
  }

  @Test
  void aReceiverThatAsksForTimeGetsIt() {
    Answer made = create("types", List.of("ticket.created"));
    receiver.behave(
        (message, exchange) -> {
          exchange.getResponseHeaders().add("Retry-After", "3600");
          return 503;
        });
    long first = open();
    receiver.next("ticket.created", first);
    JsonNode waiting = awaitDelivery(made.id(), "waiting");
    String next = waiting.get("next_attempt").asText();
    assertEquals(
        1,
        server.number(
            "SELECT TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(), ?) BETWEEN 55 AND 61",
            next.replace("Z", "").replace('T', ' ')));
    open();
    // A test is sent all the same, and is all that comes.
    receiver.behave((message, exchange) -> 204);
    sendAgain(made.id(), "test", true);
    receiver.next("webhook.test", 0);
    assertEquals(2, receiver.all().size());
  }

  @Test
  void aShortTimeIsNotALongOneForOtherTickets() {
    Answer made = create("types", List.of("ticket.created"));
    AtomicLong refused = new AtomicLong();
    receiver.behave(
        (message, exchange) -> {
          refused.compareAndSet(0, message.ticket());
          exchange.getResponseHeaders().add("Retry-After", "1");
          return message.ticket() == refused.get() ? 503 : 204;
        });
    open();
    awaitDelivery(made.id(), "waiting");
    // As if it had been refused for long: its own pause is one of hours by now. Who seemed to be
    // away for a while would be sent it at once.
    server.sql("UPDATE webhook SET failures = 0");
    server.sql("UPDATE webhook_delivery SET attempts = 9, next_attempt = UTC_TIMESTAMP()");
    await("/" + made.id() + "/deliveries", one -> one.path("attempts").asInt() == 10);
    long other = open();
    while (receiver.next().ticket() != other) {
      assertEquals("active", get("/" + made.id()).text("status"));
    }
    assertEquals(
        1,
        server.number(
            "SELECT COUNT(*) FROM webhook_delivery WHERE ticket_id = ?"
                + " AND next_attempt > UTC_TIMESTAMP() + INTERVAL 4 HOUR",
            refused.get()));
  }

  @Test
  void aLongTimeThatAReceiverAsksForIsKept() {
    Answer made = create("types", List.of("ticket.created"));
    receiver.behave((message, exchange) -> 500);
    for (int i = 0; i < 10; i++) {
      open();
    }
    awaitNumber(10, "SELECT COUNT(*) FROM webhook_delivery WHERE attempts > 0");
    // Of what is new only one is tried at a time, and that after the time as well.
    receiver.behave(
        (message, exchange) -> {
          exchange.getResponseHeaders().add("Retry-After", "3600");
          return 503;
        });
    awaitNumber(1, "SELECT COUNT(*) FROM webhook_delivery WHERE answer = 503");
    awaitNumber(
        1, "SELECT COUNT(*) FROM job WHERE task_instance = ? AND picked = FALSE", made.id());
    assertEquals(
        1,
        server.number(
            "SELECT COUNT(*) FROM webhook WHERE id = ?"
                + " AND rests_until > UTC_TIMESTAMP() + INTERVAL 55 MINUTE",
            made.id()));
  }

  @Test
  void ticketsThatAreNeverTakenDoNotStopAReceiver() {
    Answer made = create("types", List.of("ticket.created"));
    receiver.behave((message, exchange) -> 500);
    Set<Long> refused = IntStream.range(0, 10).mapToObj(i -> open()).collect(Collectors.toSet());
    while (receiver.all().stream().map(Message::ticket).distinct().count() < refused.size()) {
      receiver.next();
    }
    receiver.behave((message, exchange) -> refused.contains(message.ticket()) ? 500 : 204);
    for (int i = 0; i < 2; i++) {
      long taken = open();
      while (receiver.next().ticket() != taken) {
        assertEquals("active", get("/" + made.id()).text("status"));
      }
    }
  }

  @Test
  void whatIsNeverTakenKeepsItsPausesWhileOthersArrive() {
    create("types", List.of("ticket.created"));
    receiver.behave((message, exchange) -> 500);
    Set<Long> refused = IntStream.range(0, 6).mapToObj(i -> open()).collect(Collectors.toSet());
    while (receiver.all().stream().map(Message::ticket).distinct().count() < refused.size()) {
      receiver.next();
    }
    receiver.behave((message, exchange) -> refused.contains(message.ticket()) ? 500 : 204);
    String taken =
        "SELECT COUNT(*) FROM webhook_delivery WHERE status = 'delivered' AND ticket_id = ?";
    awaitNumber(1, taken, open());
    String later =
        "UPDATE webhook_delivery SET attempts = 1, first_attempt = first_attempt - INTERVAL 1 HOUR,"
            + " next_attempt = UTC_TIMESTAMP() + INTERVAL 1 HOUR WHERE status = 'waiting'";
    String waiting =
        "SELECT COUNT(*) FROM webhook_delivery WHERE status = 'waiting' AND next_attempt >"
            + " UTC_TIMESTAMP() + INTERVAL 30 MINUTE";
    for (int calm = 0; calm < 5; calm++) {
      if (server.number(waiting) < refused.size()) {
        // One was on its way.
        server.sql(later);
        calm = 0;
      }
      pause();
    }
    server.sql("UPDATE webhook SET failures = 50");
    awaitNumber(1, taken, open());
    assertEquals(refused.size(), server.number(waiting));
  }

  @Test
  void whoIsAwayIsNotLookedAtAllTheTimeWhereThereIsNothingNew() {
    create("types", List.of("ticket.created"));
    receiver.behave((message, exchange) -> 500);
    for (int i = 0; i < 10; i++) {
      open();
    }
    while (receiver.all().stream().map(Message::ticket).distinct().count() < 10) {
      receiver.next();
    }
    server.sql(
        "UPDATE webhook_delivery SET first_attempt = first_attempt - INTERVAL 1 HOUR,"
            + " next_attempt = UTC_TIMESTAMP() + INTERVAL 1 HOUR WHERE status = 'waiting'");
    awaitNumber(
        1,
        "SELECT COUNT(*) FROM job JOIN webhook w ON w.id = task_instance WHERE task_name = 'webhook'"
            + " AND execution_time > UTC_TIMESTAMP() + INTERVAL 10 SECOND");
  }

  @Test
  void whatWasSentBeforeAChangeDoesNotSwitchOffWhatIsSentAfter() {
    Answer made = create("types", List.of("ticket.created"));
    server.sql("UPDATE webhook SET status_changed = status_changed - INTERVAL 1 DAY");
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    receiver.behave(
        (message, exchange) -> {
          if (sent.getCount() == 0) {
            return 204;
          }
          sent.countDown();
          await(late);
          return 410;
        });
    open();
    await(sent);
    change(made.id(), "status", "paused");
    change(made.id(), "status", "active");
    late.countDown();
    assertEquals(2, awaitDelivery(made.id(), "delivered").get("attempts").asInt());
    assertEquals("active", get("/" + made.id()).text("status"));
  }

  @Test
  void goneSwitchesOffAndWhatWasMissedComesWhenItIsOnAgain() {
    Answer made = create("types", List.of("ticket.created"));
    receiver.behave((message, exchange) -> 410);
    long first = open();
    receiver.next("ticket.created", first);
    JsonNode off = awaitStatus(made.id(), "disabled");
    assertEquals("gone", off.get("reason").asText());
    long second = open();
    receiver.behave((message, exchange) -> 204);
    Answer on = change(made.id(), "status", "active");
    assertTrue(on.json().get("reason").isNull());
    receiver.next("ticket.created", first);
    receiver.next("ticket.created", second);
  }

  @Test
  void whoTakesNothingForDaysIsSwitchedOff() {
    Answer made = create("types", List.of("ticket.created"));
    receiver.behave((message, exchange) -> 500);
    long first = open();
    receiver.next("ticket.created", first);
    awaitDelivery(made.id(), "waiting");
    server.sql("UPDATE webhook_delivery SET first_attempt = first_attempt - INTERVAL 4 DAY");
    assertEquals("failing", awaitStatus(made.id(), "disabled").get("reason").asText());
    awaitDelivery(made.id(), "waiting");
  }

  @Test
  void nothingMoreIsTriedWhenItIsSwitchedOff() {
    Answer made = create("types", List.of("ticket.created"));
    receiver.behave((message, exchange) -> 500);
    open();
    open();
    awaitNumber(2, "SELECT COUNT(*) FROM webhook_delivery WHERE attempts > 0");
    server.sql(
        "UPDATE webhook_delivery SET attempts = 10, next_attempt = UTC_TIMESTAMP(),"
            + " first_attempt = first_attempt - INTERVAL 4 DAY");
    awaitStatus(made.id(), "disabled");
    receiver.behave((message, exchange) -> 204);
    sendAgain(made.id(), "test", true);
    awaitDelivery(made.id(), "delivered");
    assertEquals(
        21, server.number("SELECT SUM(attempts) FROM webhook_delivery WHERE position > 0"));
  }

  @Test
  void aRequestWithAKeyWakesNobodyBeforeItIsCommitted() throws SQLException {
    long id = create().id();
    sendAgain(id, "test", true);
    receiver.next("webhook.test", 0);
    awaitNumber(1, "SELECT COUNT(*) FROM job WHERE task_instance = ? AND picked = FALSE", id);
    try (Connection held = connect();
        Statement statement = held.createStatement()) {
      held.setAutoCommit(false);
      statement.execute(
          "SELECT * FROM job WHERE task_name = 'webhook' AND task_instance = '%d' FOR UPDATE"
              .formatted(id));
      CompletableFuture<Answer> asking =
          CompletableFuture.supplyAsync(
              () ->
                  manager
                      .api()
                      .with("Idempotency-Key", TestServer.unique("key"))
                      .send("POST", HOOKS + "/" + id + "/deliveries", JSON, "{\"test\":true}"));
      awaitRunning(1, "update job set%");
      assertEquals(
          2, server.number("SELECT COUNT(*) FROM webhook_delivery WHERE webhook_id = ?", id));
      held.rollback();
      assertEquals(202, asking.join().status(), asking.join()::toString);
    }
    receiver.next("webhook.test", 0);
  }

  /** Waits until so many statements that begin so are going on. */
  private static void awaitRunning(long wanted, String beginning) {
    awaitNumber(
        wanted,
        "SELECT COUNT(*) FROM information_schema.processlist"
            + " WHERE info LIKE ? AND db = DATABASE()",
        beginning);
  }

  private static Connection connect() throws SQLException {
    TestDatabase database = TestDatabase.get();
    return DriverManager.getConnection(schema, database.user(), database.password());
  }

  @Test
  void whileOneIsMadeOthersReadWhatIsChanged() throws SQLException {
    User other = server.user("support_manager");
    try (Connection held = connect();
        Statement statement = held.createStatement()) {
      held.setAutoCommit(false);
      statement.execute("SELECT id FROM app_user WHERE id = " + manager.id() + " FOR UPDATE");
      other.api().post("", ticket("hooks@example.org")).assertOk();
      CompletableFuture<Answer> making =
          CompletableFuture.supplyAsync(
              () ->
                  manager
                      .api()
                      .with("Idempotency-Key", TestServer.unique("key"))
                      .send("POST", HOOKS, JSON, json(Map.of("url", receiver.url()))));
      awaitRunning(1, "SELECT id FROM app_user%FOR UPDATE%");
      long last = server.number("SELECT last_position FROM change_sequence");
      long opened = other.api().post("", ticket("hooks@example.org")).assertOk().id();
      Answer changes =
          other.api().send("GET", "/wp-json/kbs/v1/changes?after=" + last, null, null).assertOk();
      assertTrue(
          changes.json().get("changes").findValues("ticket").stream()
              .anyMatch(each -> each.asLong() == opened),
          changes::toString);
      held.rollback();
      assertEquals(201, making.join().status(), making.join()::toString);
    }
  }

  @Test
  void whatWaitsInLineKeepsItsPlace() {
    CountDownLatch served = new CountDownLatch(1);
    receiver.behave(
        (message, exchange) -> {
          await(served);
          return 204;
        });
    // Two more than both servers have places.
    for (int i = 0; i < 18; i++) {
      sendAgain(create().id(), "test", true);
    }
    String jobs = "FROM job JOIN webhook w ON w.id = task_instance WHERE picked = ";
    awaitNumber(16, "SELECT COUNT(*) " + jobs + "TRUE");
    String line =
        "SELECT CONCAT(task_instance, ' ', execution_time) " + jobs + "FALSE ORDER BY w.id";
    List<String> inLine = server.values(line);
    assertEquals(2, inLine.size(), inLine::toString);
    for (String each : inLine) {
      sendAgain(Long.parseLong(each.split(" ")[0]), "test", true);
    }
    assertEquals(inLine, server.values(line));
    served.countDown();
    receiver.next(20);
  }

  @Test
  void whatIsRefusedForDaysIsGivenUpWhereOthersArrive() {
    Answer made = create("types", List.of("ticket.created"));
    receiver.behave((message, exchange) -> 400);
    long first = open();
    receiver.next("ticket.created", first);
    awaitDelivery(made.id(), "waiting");
    server.sql("UPDATE webhook SET last_delivered = UTC_TIMESTAMP()");
    server.sql("UPDATE webhook_delivery SET first_attempt = first_attempt - INTERVAL 4 DAY");
    assertEquals(400, awaitDelivery(made.id(), "failed").get("answer").asInt());
    assertEquals("active", get("/" + made.id()).text("status"));
  }

  @Test
  void aPausedOneIsSentNothingUntilItGoesOn() {
    Answer made = create("types", List.of("ticket.created"));
    Answer paused = change(made.id(), "status", "paused");
    assertEquals("paused", paused.text("status"));
    long ticket;
    try (WebhookReceiver other = new WebhookReceiver()) {
      create("url", other.url(), "types", List.of("ticket.created"));
      ticket = open();
      other.next("ticket.created", ticket);
    }
    // A test is sent all the same, behind whatever else is.
    sendAgain(made.id(), "test", true);
    receiver.next("webhook.test", 0);
    assertEquals(
        paused.json().get("position"), get("/" + made.id()).assertOk().json().get("position"));
    change(made.id(), "status", "active", "types", List.of("ticket.created"));
    receiver.next("ticket.created", ticket);
    assertEquals(2, receiver.all().size());
  }

  @Test
  void oneIsSentAgainAndAllFromAPositionOn() {
    Answer made = create("types", List.of("ticket.created"));
    long first = open();
    long second = open();
    Message one = receiver.next("ticket.created", first);
    Message two = receiver.next("ticket.created", second);
    await(
        "/" + made.id() + "/deliveries",
        newest -> newest.path("status").asText().equals("delivered"));
    long delivery = deliveries(made.id()).get(1).get("id").asLong();
    assertEquals(
        delivery, sendAgain(made.id(), "delivery", delivery).json().get("delivery").asLong());
    Message again = receiver.next("ticket.created", first);
    assertEquals(one.id(), again.id());
    assertEquals(one.body(), again.body());

    sendAgain(made.id(), "position", one.position());
    assertEquals(one.id(), receiver.next("ticket.created", first).id());
    assertEquals(two.id(), receiver.next("ticket.created", second).id());
    await(
        "/" + made.id(),
        webhook ->
            webhook.get("position").asLong() >= two.position()
                && webhook.get("waiting").asLong() == 0);
    assertEquals(2, deliveries(made.id()).size());
  }

  @Test
  void exactlyOneOfWhatCanBeSentAgainIsAskedFor() {
    long id = create().id();
    String path = HOOKS + "/" + id + "/deliveries";
    for (Map<String, Object> body :
        List.of(
            fields(), fields("test", true, "position", 1), fields("delivery", 1, "position", 1))) {
      manager
          .api()
          .send("POST", path, JSON, json(body))
          .assertNames("test", "delivery", "position");
    }
    manager
        .api()
        .send("POST", path, JSON, json(fields("delivery", 99_999_999)))
        .assertNames("delivery");
    manager
        .api()
        .send("POST", path, JSON, json(fields("position", 99_999_999)))
        .assertNames("position");
  }

  @Test
  void whoHangsUpGetsItAgain() {
    Answer made = create("types", List.of("ticket.created"));
    AtomicBoolean listening = new AtomicBoolean();
    receiver.behave((message, exchange) -> listening.get() ? 204 : -1);
    open();
    JsonNode waiting = awaitDelivery(made.id(), "waiting");
    assertEquals("The connection ended without an answer.", waiting.get("error").asText());
    listening.set(true);
    assertTrue(awaitDelivery(made.id(), "delivered").get("attempts").asInt() > 1);
  }

  @Test
  void whoAnswersWithoutEndHasAnsweredAllTheSame() throws IOException {
    try (ServerSocket listening =
        new ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
      Thread endless =
          new Thread(
              () -> {
                try (Socket caller = listening.accept()) {
                  caller.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes());
                  while (true) {
                    caller.getOutputStream().write('x');
                  }
                } catch (IOException e) {
                  // The server has hung up.
                }
              });
      endless.start();
      Answer made = create("url", "http://127.0.0.1:" + listening.getLocalPort() + "/");
      sendAgain(made.id(), "test", true);
      assertEquals(200, awaitDelivery(made.id(), "delivered").get("answer").asInt());
      endless.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      assertFalse(endless.isAlive());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (WebhookReceiver inside = new WebhookReceiver()) {
      receiver.behave(
          (message, exchange) -> {
            exchange.getResponseHeaders().add("Location", inside.url());
            return 307;
          });
      Answer made = create();
      sendAgain(made.id(), "test", true);
      JsonNode failed = awaitDelivery(made.id(), "failed");
      assertEquals(
          "The receiver answered 307; redirects are not followed.", failed.get("error").asText());
      assertEquals(List.of(), inside.all());
    }
  }

  @Test
  void twoServersSendEachMessageOnceAndInOrder() {
    create("types", List.of("ticket.created", "ticket.updated"));
    HttpApi other = new HttpApi(second.address(), manager.login(), manager.password());
    List<Long> tickets = IntStream.range(0, 4).mapToObj(i -> open()).toList();
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < tickets.size(); i++) {
      long ticket = tickets.get(i);
      HttpApi api = i % 2 == 0 ? other : manager.api();
      Thread writer =
          new Thread(
              () ->
                  List.of("open", "hold", "open", "hold", "closed")
                      .forEach(
                          status -> api.post("/" + ticket, fields("status", status)).assertOk()));
      writer.start();
      writers.add(writer);
    }
    List<Message> messages = receiver.next(tickets.size() * 6);
    assertInOrder(messages);
    assertEquals(messages.size(), messages.stream().map(Message::id).distinct().count());
    writers.forEach(
        writer -> {
          try {
            writer.join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void assertInOrder(List<Message> messages) {
    Map<Long, Long> last = new HashMap<>();
    for (Message message : messages) {
      Long before = last.put(message.ticket(), message.position());
      assertTrue(before == null || before < message.position(), messages::toString);
    }
  }

  @Test
  void anotherServerGoesOnWhereOneHasStopped() {
    TestServer third = TestServer.on(schema, QUICK);
    List<TestServer> servers = List.of(third);
    CountDownLatch begun = new CountDownLatch(1);
    receiver.behave(
        (message, exchange) -> {
          begun.countDown();
          return 204;
        });
    create("types", List.of("ticket.created"));
    Set<Long> opened = new java.util.LinkedHashSet<>();
    HttpApi through = new HttpApi(third.address(), manager.login(), manager.password());
    for (int i = 0; i < 5; i++) {
      opened.add(through.post("", ticket("hooks@example.org")).assertOk().id());
    }
    receiver.next();
    servers.forEach(TestServer::close);
    for (int i = 0; i < 3; i++) {
      opened.add(open());
    }
    while (receiver.all().stream().map(Message::ticket).collect(Collectors.toSet()).size()
        < opened.size()) {
      receiver.next();
    }
    assertEquals(opened, receiver.all().stream().map(Message::ticket).collect(Collectors.toSet()));
  }

  @Test
  void nothingIsSentForWhoMayLogInNoMore() {
    Answer made = create("types", List.of("ticket.created"));
    server.bean(UserAccounts.class).setDisabled(manager.login(), true);
    User other = server.user("support_manager");
    other.api().post("", ticket("hooks@example.org")).assertOk();
    awaitNumber(1, "SELECT COUNT(*) FROM webhook WHERE reason = 'owner'");
    assertEquals(List.of(), receiver.all());
    server.bean(UserAccounts.class).delete(manager.login());
    assertEquals(0, server.number("SELECT COUNT(*) FROM webhook WHERE id = ?", made.id()));
  }

  @Test
  void anAgentHearsOfWhatTheySeeAlone() {
    set("restrict_agent_view", "1");
    set("enable_departments", "1");
    User agent = server.user("support_agent");
    create(agent);
    long hidden = open();
    // Whoever is restricted sees what is new.
    receiver.next("ticket.created", hidden);
    manager
        .api()
        .post("/" + hidden, fields("status", "open", "agent", server.user("support_agent").email()))
        .assertOk();
    Message gone = receiver.next("ticket.deleted", hidden);
    assertFalse(gone.json().get("data").has("ticket"), gone.body());
    update(hidden, "hold");
    long seen = open();
    receiver.next("ticket.created", seen);
  }

  @Test
  void onlyTicketsOfTheseDepartmentsAndStatusesAreToldOf() {
    set("enable_departments", "1");
    long sales = server.term("ticket_departments", TestServer.unique("Sales"));
    Answer made =
        create(
            "types", List.of("ticket.created", "ticket.updated"),
            "departments", List.of(sales, server.term("ticket_departments", "Support")),
            "statuses", List.of("new", "open"));
    assertEquals(sales, made.json().at("/departments/0").asLong(), made::toString);
    assertEquals("[\"new\",\"open\"]", made.json().get("statuses").toString());
    open();
    long ticket = openIn(sales);
    receiver.next("ticket.created", ticket);
    update(ticket, "closed");
    // What comes behind is not looked at before it.
    receiver.next("ticket.created", openIn(sales));
    update(ticket, "open");
    receiver.next("ticket.updated", ticket);
    change(made.id(), "departments", List.of());
    receiver.next("ticket.created", open());
    set("enable_departments", "0");
    String path = HOOKS + "/" + made.id();
    String body = json(fields("departments", List.of(sales)));
    manager.api().send("PATCH", path, JSON, body).assertNames("departments");
  }

  @Test
  void statusesAreThoseOfTheSiteAndEachIsKeptOnce() {
    String own = TestServer.unique("own").toLowerCase(Locale.ROOT);
    WebhookAdministration commands = server.bean(WebhookAdministration.class);
    AccountException refused =
        assertThrows(
            AccountException.class,
            () -> commands.add(manager.login(), draft(List.of("new", own))));
    assertTrue(refused.getMessage().contains("statuses"), refused::getMessage);
    server.bean(StatusRegister.class).register(own, "Own");
    server.bean(CacheManager.class).getCache("ticket-statuses").invalidateAll();
    long id = commands.add(manager.login(), draft(List.of(own, "new", own))).id();
    String told = json(List.of(own, "new"));
    assertEquals(told, get("/" + id).json().get("statuses").toString());
    Answer made = create("statuses", List.of(own, "new", own));
    assertEquals(told, made.json().get("statuses").toString());
    Answer changed = change(made.id(), "statuses", List.of("new", "new"));
    assertEquals("[\"new\"]", changed.json().get("statuses").toString());
  }

  private WebhookDraft draft(List<String> statuses) {
    return new WebhookDraft(
        receiver.url(),
        "",
        List.of(),
        new WantedTickets(List.of(), statuses),
        io.kbsserver.webhooks.Webhook.Payload.THIN,
        io.kbsserver.webhooks.Webhook.Signature.HMAC,
        server.address());
  }

  private long openIn(long department) {
    Map<String, Object> wanted = ticket("hooks@example.org", "department", department);
    return manager.api().post("", wanted).assertOk().id();
  }

  @Test
  void whatIsGoneIsToldWhateverItWasLike() {
    set("restrict_agent_view", "1");
    User agent = server.user("support_agent");
    create(agent, "statuses", List.of("new"));
    long ticket = open();
    receiver.next("ticket.created", ticket);
    update(ticket, "open");
    String another = server.user("support_agent").email();
    manager.api().post("/" + ticket, fields("agent", another)).assertOk();
    receiver.next("ticket.deleted", ticket);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://example.org/",
    "https:///hook",
    "https://user:word@example.org/",
    "https://example.org/#x",
    "https://example.org:99999/",
    "https://10.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[fd00::1]/",
    "https://169.254.169.254/latest",
    "https://0.0.0.0/",
    "https://100.64.0.1/",
    "https://224.0.0.1/",
    "https://192.0.2.1/",
    "https://[64:ff9b::a00:1]/",
    "https://exa mple.org/",
    "nothing",
    "''"
  })
  void anAddressThatLeadsNowhereIsRefused(String url) {
    String body = json(Map.of("url", url));
    manager.api().send("POST", HOOKS, JSON, body).assertNames("url");
    if (!url.isEmpty()) {
      long id = create().id();
      manager.api().send("PATCH", HOOKS + "/" + id, JSON, body).assertNames("url");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"types", "payload", "signature", "description", "departments", "statuses"})
  void whatIsNoValueIsNamed(String name) {
    Object value =
        switch (name) {
          case "types" -> List.of("ticket.eaten");
          case "departments" -> List.of(99_999_999);
          case "statuses" -> List.of("eaten");
          case "description" -> "x".repeat(251);
          default -> "none";
        };
    Map<String, Object> body = Map.of("url", receiver.url(), name, value);
    manager.api().send("POST", HOOKS, JSON, json(body)).assertNames(name);
  }

  @Test
  void aSecretIsNotKeptForMoreThanAWeek() {
    String path = HOOKS + "/" + create().id() + "/secrets";
    manager.api().send("POST", path, JSON, "{\"keep_hours\":169}").assertNames("keep_hours");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/ID", "/ID/secrets", "/ID/deliveries"})
  void routesTakeWhatEveryRouteTakes(String route) {
    long id = create().id();
    String path = HOOKS + route.replace("ID", Long.toString(id));
    HttpApi api = manager.api();
    Answer trimmed = api.send("GET", path + "?context=view&_fields=id", null, null).assertOk();
    assertFalse(trimmed.body().contains("\"url\""), trimmed::toString);
    api.send("GET", path + "?context[]=x", null, null).assertNames("context");
    api.send("OPTIONS", path, JSON, "{").assertError(400, "rest_invalid_json");
    for (String method : List.of("GET", "OPTIONS")) {
      Answer lenient = api.preferring("lenient").send(method, path + "?colour=red", null, null);
      assertEquals("colour", lenient.assertOk().header("Kbs-Ignored-Parameters"));
    }
    for (String method : route.equals("/ID") ? List.of("POST", "PUT", "PATCH") : List.of("POST")) {
      String query = path + "?context=edit&_fields=id,description,delivery";
      String body =
          switch (route) {
            case "" -> json(Map.of("url", receiver.url()));
            case "/ID/deliveries" -> "{\"test\":true}";
            default -> "{}";
          };
      String odd = body.replace("{", body.equals("{}") ? "{\"colour\":1" : "{\"colour\":1,");
      Answer lenient = api.preferring("lenient").send(method, query, JSON, odd);
      assertTrue(lenient.status() < 300, lenient::toString);
      assertEquals("colour", lenient.header("Kbs-Ignored-Parameters"));
      assertEquals("handling=lenient", lenient.header("Preference-Applied"));
      assertFalse(lenient.json().has("url") || lenient.json().has("position"), lenient::toString);
      api.send(method, path, JSON, odd).assertNames("colour");
      api.send(method, path, JSON, "x".repeat(10 * 1024 * 1024 + 1))
          .assertError(413, "rest_content_too_large");
      api.send(method, path, "text/plain", "x").assertError(415, "rest_unsupported_media_type");
      String form = body.replaceAll("[{}\"]", "").replaceFirst(":", "=");
      assertTrue(api.send(method, path, FORM, form).status() < 300);
      String part =
          "--B\r\nContent-Disposition: form-data; name=\"NAME\"\r\n\r\nVALUE\r\n--B--\r\n"
              .replace("NAME", form.isEmpty() ? "id" : form.split("=")[0])
              .replace("VALUE", form.isEmpty() ? "" : form.split("=")[1]);
      Answer multipart = api.send(method, path, "multipart/form-data; boundary=B", part);
      assertTrue(multipart.status() < 300, multipart::toString);
    }
    server
        .anonymous()
        .with("X-WP-Nonce", "x")
        .send("OPTIONS", path, null, null)
        .assertError(403, "rest_cookie_invalid_nonce");
    String one = HOOKS + "/" + id + "?_fields=deleted&colour=red";
    api.send("DELETE", one, null, null).assertNames("colour");
    Answer lenient = api.preferring("lenient").send("DELETE", one, null, null);
    assertEquals("colour", lenient.assertOk().header("Kbs-Ignored-Parameters"));
    assertEquals("{\"deleted\":true}", lenient.body());
  }

  @Test
  void deliveriesAreListedInPages() {
    long id = create().id();
    for (int i = 0; i < 3; i++) {
      sendAgain(id, "test", true);
    }
    receiver.next(3);
    Answer page = get("/" + id + "/deliveries?per_page=2&page=2").assertOk();
    assertEquals(3, page.total());
    assertEquals("2", page.header("X-WP-TotalPages"));
    assertEquals(1, page.json().size());
    assertTrue(page.header("Link").contains("rel=\"prev\""), page::toString);
    get("/" + id + "/deliveries?page=3").assertError(400, "rest_post_invalid_page_number");
  }

  @Test
  void anothersIsNotThere() {
    long id = create().id();
    User other = server.user("administrator");
    for (Answer answer :
        List.of(
            other.api().send("GET", HOOKS + "/" + id, null, null),
            other.api().send("DELETE", HOOKS + "/" + id, null, null),
            other.api().send("PATCH", HOOKS + "/" + id, JSON, "{\"status\":\"paused\"}"),
            other.api().send("POST", HOOKS + "/" + id + "/secrets", JSON, "{}"),
            other.api().send("POST", HOOKS + "/" + id + "/deliveries", JSON, "{\"test\":true}"))) {
      answer.assertError(404, "rest_webhook_invalid_id");
    }
    assertEquals("active", get("/" + id).text("status"));
  }

  @Test
  void whereThereAreNoTicketsThereAreNoWebhooks() {
    long id = create().id();
    set("disable_tickets", "1");
    for (String path : List.of("", "/" + id, "/" + id + "/secrets", "/" + id + "/deliveries")) {
      get(path).assertError(404, "rest_no_route");
      manager
          .api()
          .send("POST", HOOKS + path, JSON, json(Map.of("url", receiver.url())))
          .assertError(404, "rest_no_route");
    }
  }

  @Test
  void theServerAloneDisables() {
    long id = create().id();
    manager
        .api()
        .send("PUT", HOOKS + "/" + id, JSON, "{\"status\":\"disabled\"}")
        .assertNames("status");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void whatIsGivenIsChangedAndNothingElse(String method) {
    Answer made = create("types", List.of("ticket.created"), "description", "CRM");
    Answer changed =
        manager.api().send(method, HOOKS + "/" + made.id(), FORM, "payload=full").assertOk();
    ObjectNode expected = (ObjectNode) made.json();
    expected.remove("secret");
    expected.put("payload", "full");
    assertEquals(expected, changed.json());
    String all = "{\"types\":[],\"departments\":[],\"statuses\":[\"hold\"],\"status\":\"paused\"}";
    Answer paused = manager.api().send(method, HOOKS + "/" + made.id(), JSON, all).assertOk();
    assertEquals("[]", paused.json().get("types").toString());
    assertEquals("[\"hold\"]", paused.json().get("statuses").toString());
    assertEquals("paused", paused.json().get("status").asText());
  }

  @Test
  void whatIsDeletedIsGone() {
    Answer made = create();
    Answer deleted = manager.api().send("DELETE", HOOKS + "/" + made.id(), null, null).assertOk();
    assertTrue(deleted.json().get("deleted").asBoolean());
    assertEquals(made.id(), deleted.json().at("/previous/id").asLong());
    get("/" + made.id()).assertError(404, "rest_webhook_invalid_id");
    get("/" + made.id() + "/deliveries").assertError(404, "rest_webhook_invalid_id");
    assertEquals("[]", get("").assertOk().body());
  }

  @Test
  void nobodyHasMoreThanTwenty() {
    for (int i = 0; i < 20; i++) {
      create();
    }
    manager
        .api()
        .send("POST", HOOKS, JSON, json(Map.of("url", receiver.url())))
        .assertError(409, "webhook_too_many");
  }

  @Test
  void anAddressThatTurnsOutToBeInsideIsNotCalled() {
    TestServer strict = TestServer.fresh();
    User user = strict.user("support_manager");
    Answer made =
        user.api()
            .send(
                "POST",
                HOOKS,
                JSON,
                json(Map.of("url", "https://inside.example:" + receiver.port() + "/")));
    assertEquals(201, made.status(), made::toString);
    // A name of which it is known from the start is not taken.
    String inside = "https://localhost:" + receiver.port() + "/";
    user.api().send("POST", HOOKS, JSON, json(Map.of("url", inside))).assertNames("url");
    strict.sql("UPDATE webhook SET url = ? WHERE id = ?", inside, made.id());
    String path = HOOKS + "/" + made.id() + "/deliveries";
    // Where none is at work tests are sent all the same.
    strict.sql("UPDATE webhook SET status = 'paused' WHERE id = ?", made.id());
    user.api().send("POST", path, JSON, "{\"test\":true}");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    JsonNode delivery;
    do {
      delivery = user.api().send("GET", path, null, null).assertOk().json().get(0);
      assertTrue(System.nanoTime() < end, delivery::toString);
      pause();
    } while (!delivery.get("status").asText().equals("failed"));
    assertEquals(
        "The address leads to where this server sends nothing.", delivery.get("error").asText());
    assertEquals(List.of(), receiver.all());
    user.api().send("POST", HOOKS, JSON, json(Map.of("url", receiver.url()))).assertNames("url");
    user.api().send("DELETE", HOOKS + "/" + made.id(), null, null).assertOk();
  }
}
