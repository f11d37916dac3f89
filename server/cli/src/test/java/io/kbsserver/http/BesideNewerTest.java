package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.WordPressFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A newer server brings the database up to date while this one runs. */
class BesideNewerTest {

  /** Statements that are prepared must not notice: a driver counts their columns once. */
  @Test
  void goesOnWhileItsTablesGetColumns() {
    WordPressFixture site = WordPressFixture.empty("beside_newer");
    try (TestServer server =
        TestServer.on(site.url(), Map.of("datasources.default.maximum-pool-size", 2))) {
      User manager = server.user("support_manager");
      useAll(manager);
      useAll(manager);
      for (String table :
          site.values(
              "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")) {
        site.change("ALTER TABLE `" + table + "` ADD COLUMN of_a_later_version INT NULL");
      }
      useAll(manager);
      useAll(manager);
    }
  }

  private static void useAll(User manager) {
    long id = manager.api().post("", ticket(TestServer.unique("new") + "@example.org")).id();
    manager.api().post("/" + id, Map.of("status", "open")).assertOk();
    manager.api().get("/" + id).assertOk();
    manager.api().get("?search=ticket&_embed").assertOk();
    for (String route : List.of("kbs/v1/customers", "kbs/v1/companies", "wp/v2/users")) {
      manager.api().send("GET", "/wp-json/" + route, null, null).assertOk();
    }
  }
}
