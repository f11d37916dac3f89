package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another writer holds what a request wants to write: a second connection plays that one. */
@Timeout(180)
class CompetingWriterTest {

  private static TestServer server;
  private static String url;
  private static User manager;
  private static User agent;
  private static long id;

  private Connection other;

  @BeforeAll
  static void start() {
    url = TestDatabase.get().createMigratedSchema("http_write_conflict");
    server = TestServer.on(url, Map.of());
    manager = server.user("support_manager");
    agent = server.user("support_agent");
    id = manager.api().post("", ticket("conflict@example.org")).assertOk().id();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void begin() throws SQLException {
    TestDatabase database = TestDatabase.get();
    other = DriverManager.getConnection(url, database.user(), database.password());
    other.setAutoCommit(false);
  }

  @AfterEach
  void giveBack() throws SQLException {
    other.rollback();
    other.close();
  }

  @Test
  void aDeadlockIsTriedAgain() throws SQLException {
    // The database ends the transaction that has written less.
    run("INSERT INTO post (type) SELECT 'none' FROM information_schema.columns LIMIT 500");
    run("SELECT id FROM app_user WHERE id = " + agent.id() + " FOR UPDATE");
    long waits = lockWaits();
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(
            () -> manager.api().post("/" + id, fields("agent", agent.id())));
    awaitLockWait(waits);
    run("SELECT id FROM ticket WHERE id = " + id + " FOR UPDATE");
    other.rollback();
    Answer done = answer.join().assertOk();
    assertEquals(agent.id(), done.json().at("/ticket_data/agent").asLong(), done::toString);
  }

  @Test
  void aLockTimeOutIsNot() throws SQLException {
    run("SELECT id FROM ticket WHERE id = " + id + " FOR UPDATE");
    long waits = lockWaits();
    manager.api().post("/" + id, fields("status", "hold")).assertError(503, "service_unavailable");
    assertEquals(1, lockWaits() - waits, "so often the request waited for the lock");
  }

  @Test
  void whatAnotherChangesOfATermStays() throws SQLException {
    long above = term("POST", "ticket_categories", "name", "Above").id();
    long below = term("POST", "ticket_categories", "name", "Below", "parent", above).id();
    run("UPDATE term SET description = 'Theirs', parent_id = NULL WHERE id = " + below);
    long waits = lockWaits();
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(
            () -> term("PUT", "ticket_categories/" + below, "name", "Ours"));
    awaitLockWait(waits);
    other.commit();
    Answer changed = answer.join().assertOk();
    assertEquals("Ours", changed.text("name"));
    assertEquals("Theirs", changed.text("description"));
    assertEquals("0", changed.text("parent"));
  }

  @Test
  void whatIsBelowATermGoesWhereThatIsNow() throws SQLException {
    long top = term("POST", "ticket_categories", "name", "Top").id();
    long middle = term("POST", "ticket_categories", "name", "Middle").id();
    long leaf = term("POST", "ticket_categories", "name", "Leaf", "parent", middle).id();
    run("UPDATE term SET parent_id = " + top + " WHERE id = " + middle);
    long waits = lockWaits();
    CompletableFuture<Answer> gone =
        CompletableFuture.supplyAsync(
            () -> term("DELETE", "ticket_categories/" + middle + "?force=true"));
    awaitLockWait(waits);
    other.commit();
    gone.join().assertOk();
    assertEquals(
        String.valueOf(top), term("GET", "ticket_categories/" + leaf).assertOk().text("parent"));
  }

  @Test
  void aTagIsDeletedWhateverHappensToOthers() throws SQLException {
    long one = term("POST", "ticket_tag", "name", "One").id();
    long two = term("POST", "ticket_tag", "name", "Two").id();
    run("SELECT id FROM term WHERE id = " + one + " FOR UPDATE");
    term("DELETE", "ticket_tag/" + two + "?force=true").assertOk();
  }

  /** A third writer takes, or seems to take, the slug that one of the two would be known by. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aNameThatGivesNoSlugIsThereOnceIfItComesTwiceAtOnce(boolean taken) throws SQLException {
    run("INSERT INTO term (taxonomy, name, slug, description) VALUES ('ticket_tag', 'x', 'x', '')");
    run("UPDATE term SET slug = id + 1, name = id WHERE slug = 'x'");
    String name = taken ? "?!" : "!?";
    long waits = lockWaits();
    CompletableFuture<Answer> one =
        CompletableFuture.supplyAsync(() -> term("POST", "ticket_tag", "name", name));
    awaitLockWait(waits);
    waits = lockWaits();
    CompletableFuture<Answer> two =
        CompletableFuture.supplyAsync(() -> term("POST", "ticket_tag", "name", name));
    while (lockWaits() == waits && !two.isDone()) {
      Thread.onSpinWait();
    }
    if (taken) {
      other.commit();
    } else {
      other.rollback();
    }
    Answer made = one.join().status() == 201 ? one.join() : two.join();
    Answer twin = made == one.join() ? two.join() : one.join();
    assertEquals(201, made.status(), made::toString);
    assertTrue(made.text("slug").matches(made.id() + "(-2)?"), made::toString);
    twin.assertError(400, "term_exists");
    assertEquals(made.id(), twin.json().at("/data/term_id").asLong());
  }

  private static Answer term(String method, String path, Object... fields) {
    boolean bodiless = fields.length == 0;
    return manager
        .api()
        .send(
            method,
            "/wp-json/wp/v2/" + path,
            bodiless ? null : HttpApi.JSON,
            bodiless ? null : HttpApi.json(fields(fields)));
  }

  private void awaitLockWait(long before) throws SQLException {
    while (lockWaits() == before) {
      Thread.onSpinWait();
    }
  }

  private long lockWaits() throws SQLException {
    try (Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery("SHOW STATUS LIKE 'Innodb_row_lock_waits'")) {
      rows.next();
      return rows.getLong(2);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }
}
