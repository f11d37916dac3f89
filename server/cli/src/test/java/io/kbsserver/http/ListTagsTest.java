package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.tickets.StatusRegister;
import io.micronaut.cache.CacheManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A list that has not changed is not read again, and one that has is. */
class ListTagsTest {

  private static TestServer server;

  /** On the same database; nobody tells it of settings and statuses. */
  private static TestServer late;

  private static User manager;
  private static HttpApi managerOfLate;
  private static long id;

  @BeforeAll
  static void start() {
    String url = TestDatabase.get().createMigratedSchema("list_tags");
    Map<String, Object> properties =
        Map.of(
            // So that nothing tells them apart but what they know.
            "kbs.public-url",
            "https://help.example.org",
            // What is kept for a second would be read again between a tag and its use.
            "micronaut.caches.site.expire-after-write",
            "1h",
            "micronaut.caches.ticket-statuses.expire-after-write",
            "1h");
    server = TestServer.on(url, properties);
    late = TestServer.on(url, properties);
    manager = server.user("support_manager");
    managerOfLate = late.login(manager.login(), manager.password());
    for (int i = 0; i < 3; i++) {
      id = manager.api().post("", ticket("list" + i + "@example.org")).assertOk().id();
    }
    managerOfLate.get("").assertOk();
  }

  @AfterAll
  static void stop() {
    late.close();
    server.close();
  }

  private static String tag(HttpApi api, String query) {
    return api.get(query).assertOk().header("ETag");
  }

  /** Of which {@link #server} knows at once. */
  private static void register(String status) {
    server.bean(StatusRegister.class).register(status, "Of a test");
    server.bean(CacheManager.class).getCache("ticket-statuses").invalidateAll();
  }

  private static int status(HttpApi api, String tags, String query) {
    return api.with("If-None-Match", tags).get(query).status();
  }

  @Test
  void whatTheClientHasIsNotSentAgain() {
    Answer whole = manager.api().get("").assertOk();
    String tag = whole.header("ETag");
    assertTrue(tag.matches("W/\"[A-Za-z0-9_-]{22}\""), tag);
    Answer same = manager.api().with("If-None-Match", "\"x\", " + tag).get("");
    assertEquals(304, same.status());
    // A cache would take it for the links of the page.
    assertEquals("", same.header("Link"));
    assertEquals("", same.body());
    assertEquals(tag, same.header("ETag"));
    assertEquals(304, status(manager.api(), tag.substring(2), ""));
    assertEquals(304, status(manager.api(), "*", ""));
    HttpApi knows = manager.api().with("If-None-Match", tag);
    assertEquals(304, knows.send("HEAD", TICKETS, null, null).status());
    assertEquals(tag, manager.api().send("HEAD", TICKETS, null, null).header("ETag"));
    assertEquals(200, status(manager.api(), "\"x\"", ""));
    assertEquals(200, status(manager.api(), "nonsense", ""));
  }

  @Test
  void whateverIsAskedForOtherwiseHasAnotherTag() {
    Map<String, String> seen = new LinkedHashMap<>();
    for (String query :
        List.of(
            "",
            "?per_page=2",
            "?per_page=2&page=2",
            "?orderby=title",
            "?status=new",
            "?_fields=id",
            "?context=edit")) {
      String tag = tag(manager.api(), query);
      assertEquals(null, seen.put(tag, query), query);
      assertEquals(304, status(manager.api(), tag, query), query);
    }
    seen.forEach(
        (tag, query) -> assertEquals(200, status(manager.api(), tag, "?per_page=1"), query));
    User other = server.user("support_manager");
    assertEquals(200, status(other.api(), tag(manager.api(), ""), ""));
    HttpApi lenient = manager.api().preferring("lenient");
    assertEquals(200, status(lenient, tag(manager.api(), ""), ""));
  }

  @Test
  void whatIsEmbeddedAndWhatIsEmptyHasNone() {
    assertEquals("", tag(manager.api(), "?_embed"));
    assertEquals("", tag(manager.api(), "?status=closed&search=nowhere"));
  }

  @Test
  void whatIsRefusedIsRefusedStill() {
    manager
        .api()
        .with("If-None-Match", "*")
        .get("?page=4000")
        .assertError(400, "rest_post_invalid_page_number");
    User gone = server.user("support_manager");
    String tag = tag(gone.api(), "");
    assertEquals(304, status(gone.api(), tag, ""));
    server.bean(UserAccounts.class).revoke(gone.login(), null);
    assertEquals(401, status(gone.api(), tag, ""));
  }

  /** Each changes what is answered; so it does on the other server. */
  @Test
  void whateverAListDependsOnChangesItsTag() {
    User customer = server.user("support_customer");
    customer.api().post("", ticket(customer.email())).assertOk();
    List<Runnable> changes =
        List.of(
            () -> manager.api().post("/" + id, fields("status", "hold")).assertOk(),
            () -> OperationRequest.reply(manager.api(), id).assertOk(),
            () -> manager.api().post("", ticket("one.more@example.org")).assertOk(),
            () -> register("tagged"),
            () -> server.set("enable_departments", ""),
            () -> server.resetSettings());
    for (Runnable change : changes) {
      for (HttpApi api : List.of(manager.api(), managerOfLate, customer.api())) {
        String before = tag(api, "");
        assertEquals(304, status(api, before, ""));
      }
      String before = tag(managerOfLate, "");
      change.run();
      assertEquals(200, status(managerOfLate, before, ""));
      assertEquals(200, status(manager.api(), before, ""));
    }
  }

  /** What one server answers out of an older memory is nothing that another has sent. */
  @Test
  void whoeverKnowsLessGivesAnotherTag() {
    server.set("enable_departments", "1");
    assertNotEquals(tag(managerOfLate, ""), tag(manager.api(), ""));
    server.resetSettings();
    managerOfLate.get("").assertOk();
    register("known");
    assertNotEquals(tag(managerOfLate, ""), tag(manager.api(), ""));
  }
}
