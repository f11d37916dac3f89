package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.WordPressFixture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A database of the first release, on which this one is started. */
class UpgradeTest {

  /** A manager who was made by hand. */
  private static final String LOGIN = "late";

  private static final String PASSWORD = "vyouAVvVDPeskPWpA5Gdo2GF";

  /** The last ticket that was made with the first release, number and all. */
  private static final String LAST = "KBS-1051DE";

  /** So that the next import brings over what these rows have no columns for yet. */
  private static final String BROUGHT_AGAIN =
      "UPDATE imported SET here_hash = '' WHERE kind IN ('customer', 'company', 'user')";

  @Test
  void allThatWasThereIsThereAndServed() {
    WordPressFixture site = WordPressFixture.firstRelease("upgrade");
    // An upgrade that was cut off behind its first statement.
    site.change(
        "CREATE TABLE migration_begun (version VARCHAR(50) PRIMARY KEY)",
        "INSERT INTO migration_begun VALUES ('2')",
        "ALTER TABLE imported ADD COLUMN identity VARBINARY(64) NULL,"
            + " ADD COLUMN gone BOOLEAN NOT NULL DEFAULT FALSE",
        "INSERT INTO site_setting (name, value) VALUES ('ticket_received_disable_email', '1')");
    Map<String, List<String>> before = rows(site);
    assertTrue(before.keySet().stream().anyMatch(select -> select.contains("ticket")));
    try (TestServer server = TestServer.on(site.url(), Map.of())) {
      site.change(BROUGHT_AGAIN);
      before.forEach(
          (select, rows) -> {
            List<String> now = site.rows(select);
            rows.forEach(row -> assertTrue(now.contains(row), select + " lacks " + row));
          });
      assertEquals(
          List.of("1"),
          site.values("SELECT value FROM site_setting WHERE name = 'customers_open_for_others'"),
          "A site that was imported goes on as it was");
      assertEquals(
          List.of(""),
          site.values("SELECT value FROM site_setting WHERE name = 'customers_may_reply'"));
      assertEquals(
          List.of(
              "agent_note_notices:",
              "agent_notices:",
              "agent_reply_notices:",
              "attach_files:1",
              "disable_admin_notices:1"),
          site.values(
              "SELECT CONCAT(name, ':', value) FROM site_setting WHERE name LIKE 'agent\\_%\\_notices'"
                  + " OR name IN ('agent_notices', 'attach_files', 'disable_admin_notices')"
                  + " ORDER BY name"),
          "Who is told what by mail is what the import would have brought");

      HttpApi manager = server.login(LOGIN, PASSWORD);
      assertEquals("66", manager.get("").assertOk().header("X-WP-Total"));
      manager.get("/" + LAST).assertOk();
      String made =
          manager
              .post("", ticket("later@example.org"))
              .assertOk()
              .json()
              .at("/ticket_data/number")
              .asText();
      assertEquals("KBS-1052DE", made);
    }
    assertFalse(
        site.rows("SHOW TABLES").stream().anyMatch(table -> table.contains("begun")),
        "Nothing is left to go on with");
  }

  /** All rows of all tables, by what selects them: the columns that there are now. */
  private static Map<String, List<String>> rows(WordPressFixture site) {
    site.change(BROUGHT_AGAIN);
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String table :
        site.values(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                + " AND table_name NOT IN ('flyway_schema_history', 'migration_begun')")) {
      List<String> columns =
          site.values(
              "SELECT CONCAT('`', column_name, '`') FROM information_schema.columns"
                  + " WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position",
              table);
      String select =
          "SELECT " + String.join(", ", columns) + " FROM `" + table + "` ORDER BY 1, 2";
      if (columns.size() == 1) {
        select = select.replace(", 2", "");
      }
      rows.put(select, site.rows(select));
    }
    return rows;
  }
}
