package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The database ends what takes longer than a statement of a request may. */
@Timeout(120)
class DearStatementsTest {

  /** None of it is there, but at each place of a text each word begins. */
  private static final String DEAR =
      "?search="
          + IntStream.range(30, 38)
              .mapToObj(length -> "-" + "a".repeat(length) + "q")
              .collect(Collectors.joining("%20"));

  private static String url;
  private static TestServer server;
  private static User manager;
  private static long id;

  @BeforeAll
  static void start() {
    url = TestDatabase.get().createMigratedSchema("http_dear");
    server = TestServer.on(url, Map.of("kbs.query-timeout", "2", "kbs.lock-timeout", "10"));
    manager = server.user("support_manager");
    id = manager.api().post("", ticket("dear@example.org")).assertOk().id();
    for (int i = 0; i < 30; i++) {
      long other = manager.api().post("", ticket("dear@example.org")).assertOk().id();
      server.sql("UPDATE ticket SET content_raw = REPEAT('a', 1000000) WHERE id = ?", other);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aSearchOverTheLimitIsRefusedAndDoesNotRunOn() {
    Answer refused = manager.api().get(DEAR).assertError(400, "rest_search_too_dear");
    refused.assertNames("search");
    assertEquals("rest_search_too_dear", refused.json().at("/data/details/search/code").asText());
    assertEquals(
        List.of(),
        server.values(
            "SELECT info FROM information_schema.processlist WHERE db = DATABASE()"
                + " AND info LIKE '%content_raw LIKE%' AND id <> CONNECTION_ID()"));
    manager.api().get("").assertOk();
    manager.api().get("?search=ticket&include=" + id).assertOk();
  }

  @Test
  void anotherStatementOverItIsAnsweredLater() throws SQLException {
    TestDatabase database = TestDatabase.get();
    try (Connection other = DriverManager.getConnection(url, database.user(), database.password());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT id FROM ticket WHERE id = " + id + " FOR UPDATE");
      Answer later =
          manager
              .api()
              .post("/" + id, fields("status", "hold"))
              .assertError(503, "service_unavailable");
      assertTrue(Integer.parseInt(later.header("Retry-After")) > 0, later::toString);
      other.rollback();
    }
    manager.api().post("/" + id, fields("status", "hold")).assertOk();
  }

  @Test
  void migrationsTakeTheirTime() {
    // No statement at all can be done within the limit of this server.
    String slow = TestDatabase.get().createSchema("http_dear_migrations");
    try (TestServer migrated = TestServer.on(slow, Map.of("kbs.query-timeout", "0.000001"))) {
      assertTrue(migrated.number("SELECT COUNT(*) FROM flyway_schema_history") > 1);
    }
  }
}
