package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import io.micronaut.cache.CacheManager;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What was answered a moment ago is answered again, without a look at the tables, and never where
 * something was changed. A title that is changed where nobody hears of it shows which it was.
 */
class RecentAnswersTest {

  private static TestServer server;
  private static TestServer other;
  private static String url;
  private static User manager;
  private static long id;

  @BeforeAll
  static void start() {
    url = TestDatabase.get().createMigratedSchema("recent_answers");
    Map<String, Object> forLong = Map.of("micronaut.caches.answers.expire-after-write", "1h");
    server = TestServer.on(url, forLong);
    other = TestServer.on(url, forLong);
    manager = server.user("support_manager");
    for (int i = 0; i < 3; i++) {
      id = manager.api().post("", ticket("recent" + i + "@example.org")).assertOk().id();
    }
  }

  @AfterAll
  static void stop() {
    other.close();
    server.close();
  }

  /** So that neither the log nor any server knows. */
  private static void rename(String title) throws SQLException {
    inDatabase("UPDATE ticket SET title_rendered = ? WHERE id = " + id, title);
  }

  private static void inDatabase(String sql, String value) throws SQLException {
    TestDatabase database = TestDatabase.get();
    try (Connection connection =
            DriverManager.getConnection(url, database.user(), database.password());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      assertTrue(statement.executeUpdate() > 0);
    }
  }

  private static String body(HttpApi api, String query) {
    return api.get(query).assertOk().body();
  }

  /** Whether a second answer is made of what there is by then. */
  private static boolean isReadAgain(String query, Runnable between) throws SQLException {
    rename("It was so");
    manager.api().post("/" + id, fields("status", "open")).assertOk();
    String first = body(manager.api(), query);
    assertTrue(first.contains("It was so"), first);
    rename("It is so");
    between.run();
    String then = body(manager.api(), query);
    assertNotEquals(then.contains("It was so"), then.contains("It is so"), then);
    return then.contains("It is so");
  }

  @Test
  void whatWasReadAMomentAgoIsNotReadAgain() throws SQLException {
    for (String query :
        List.of("", "?orderby=title", "?_fields=id,title", "/" + id, "/" + id + "?context=edit")) {
      assertFalse(isReadAgain(query, () -> {}), query);
    }
  }

  @Test
  void theAnswerIsTheSameToTheByteWithAllItsHeaders() {
    manager.api().post("/" + id, fields("status", "hold")).assertOk();
    for (String query : List.of("?per_page=1&page=2", "/" + id, "/" + id + "?_fields=id")) {
      Answer first = manager.api().get(query).assertOk();
      Answer then = manager.api().get(query).assertOk();
      assertEquals(first.body(), then.body());
      for (String name :
          List.of(
              "ETag",
              "Link",
              "X-WP-Total",
              "X-WP-TotalPages",
              "Allow",
              "Content-Type",
              "Content-Length",
              "Cache-Control",
              "Kbs-Ignored-Parameters",
              "Access-Control-Expose-Headers")) {
        assertEquals(first.header(name), then.header(name), name);
      }
      assertEquals(
          304, manager.api().with("If-None-Match", first.header("ETag")).get(query).status());
      Answer head = manager.api().send("HEAD", TICKETS + query, null, null);
      assertEquals(first.header("ETag"), head.header("ETag"));
      assertEquals("", head.body());
    }
  }

  @Test
  void whatIsChangedAnywhereIsReadAgain() throws SQLException {
    HttpApi there = other.login(manager.login(), manager.password());
    List<Runnable> changes =
        List.of(
            () -> manager.api().post("", ticket("one.more@example.org")).assertOk(),
            () -> there.post("", ticket("elsewhere@example.org")).assertOk(),
            () -> OperationRequest.reply(there, id).assertOk(),
            () -> there.post("/" + id, fields("status", "closed")).assertOk());
    for (Runnable change : changes) {
      assertTrue(isReadAgain("?per_page=100", change));
      assertTrue(isReadAgain("/" + id, change));
    }
  }

  /** All that is made for it is made before, since it is a change. */
  @Test
  void whatIsAskedOtherwiseIsReadAgain() throws SQLException {
    User another = server.user("support_manager");
    rename("It was so");
    assertTrue(body(manager.api(), "/" + id).contains("It was so"));
    rename("It is so");
    assertTrue(body(manager.api(), "/" + id).contains("It was so"));
    for (HttpApi api : List.of(another.api(), manager.api().preferring("lenient"))) {
      assertTrue(body(api, "/" + id).contains("It is so"));
    }
    assertTrue(body(manager.api(), "/" + id + "?_embed").contains("It is so"));
    assertTrue(body(manager.api(), "/" + id + "?_envelope").contains("It is so"));
    HttpApi elsewhere = manager.api().with("X-Forwarded-Host", "elsewhere.example");
    assertTrue(body(elsewhere, "/" + id).contains("http://elsewhere.example/wp-json/"));
    // As another server may have changed it, of which this one hears by and by.
    set("");
    server.bean(CacheManager.class).getCache("site").invalidateAll();
    assertTrue(body(manager.api(), "/" + id).contains("It is so"));
    set("1");
    server.bean(CacheManager.class).getCache("site").invalidateAll();
  }

  private static void set(String departments) throws SQLException {
    inDatabase(
        "REPLACE INTO site_setting (name, value) VALUES ('enable_departments', ?)", departments);
  }

  @Test
  void nobodyGetsWhatTheyMayNotSeeAnyMore() {
    User gone = server.user("support_manager");
    User customer = server.user("support_customer");
    gone.api().get("/" + id).assertOk();
    gone.api().get("/" + id).assertOk();
    server.bean(UserAccounts.class).revoke(gone.login(), null);
    assertEquals(401, gone.api().get("/" + id).status());
    body(manager.api(), "/" + id);
    body(manager.api(), "");
    assertEquals(403, customer.api().get("/" + id).status());
    assertEquals("[]", body(customer.api(), ""));
  }
}
