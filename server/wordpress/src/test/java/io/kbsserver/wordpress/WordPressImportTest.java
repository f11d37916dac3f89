package io.kbsserver.wordpress;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.testing.WordPressFixture;
import io.kbsserver.wordpress.report.ImportException;
import io.kbsserver.wordpress.report.ImportProgress;
import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.source.ImportSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The site of the fixture, brought into an empty KBS Server. */
class WordPressImportTest {

  private static final String USES_OF_NONE =
      "SELECT COUNT(*) FROM application_password_use u LEFT JOIN application_password p"
          + " ON p.uuid = u.uuid WHERE p.uuid IS NULL";

  private static final List<String> STAGES = new ArrayList<>();
  private static final ImportProgress QUIET =
      new ImportProgress() {
        @Override
        public void stage(String kind, long done, long total) {
          STAGES.add(kind + " " + done + "/" + total);
        }

        @Override
        public void problem(ImportReport.Problem problem) {}
      };

  private static WordPressFixture site;
  private static WordPressFixture here;
  private static ImportReport report;

  @BeforeAll
  static void importTheFixture() {
    site = WordPressFixture.site("import_site");
    here = WordPressFixture.empty("import_here");
    report = run(site, here);
  }

  private static ImportReport run(WordPressFixture from, WordPressFixture into) {
    return new WordPressImport(into.dataSource(), Clock.systemUTC())
        .run(from.source(ImportSource::new), QUIET);
  }

  private static List<String> problems(ImportReport report, String kind, long id) {
    return report.problems().stream()
        .filter(problem -> problem.kind().equals(kind) && problem.id() == id)
        .map(ImportReport.Problem::what)
        .toList();
  }

  private static void assertCounts(ImportReport report, String kind, long written, long unchanged) {
    ImportReport.Count count = report.counts().get(kind);
    assertEquals(List.of(written, unchanged), List.of(count.written(), count.unchanged()), kind);
  }

  @Test
  void nothingIsLost() {
    Map<String, String> queries =
        Map.ofEntries(
            entry("forms", "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'kbs_form'"),
            entry(
                "form fields", "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'kbs_form_field'"),
            entry("articles", "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'article'"),
            entry("users", "SELECT COUNT(*) FROM wp_users"),
            entry("companies", "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'kbs_company'"),
            entry("customers", "SELECT COUNT(*) FROM wp_kbs_customers"),
            entry("tickets", "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'kbs_ticket'"),
            entry("replies", "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'kbs_ticket_reply'"),
            entry("attachments", "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'attachment'"),
            entry(
                "notes", "SELECT COUNT(*) FROM wp_comments WHERE comment_type = 'kbs_ticket_note'"),
            entry(
                "terms",
                "SELECT COUNT(*) FROM wp_term_taxonomy WHERE taxonomy IN"
                    + " ('ticket_category', 'ticket_tag', 'ticket_source', 'department')"));
    Map<String, String> tables =
        Map.ofEntries(
            entry("forms", "form"),
            entry("form fields", "form_field"),
            entry("articles", "article"),
            entry("users", "app_user WHERE missing = FALSE"),
            entry("companies", "company WHERE missing = FALSE"),
            entry("customers", "customer WHERE missing = FALSE"),
            entry("tickets", "ticket"),
            entry("replies", "reply"),
            entry("attachments", "attachment"),
            entry("notes", "ticket_note"),
            entry("terms", "term"));
    queries.forEach(
        (kind, query) -> {
          String expected = site.value(query);
          assertNotEquals("0", expected);
          assertEquals(expected, here.value("SELECT COUNT(*) FROM " + tables.get(kind)), kind);
          assertEquals(
              new ImportReport.Count(Long.parseLong(expected), Long.parseLong(expected), 0, 0),
              report.counts().get(kind),
              kind);
        });
    assertEquals("68", here.value("SELECT COUNT(*) FROM ticket"));
    assertEquals(
        site.value(
            "SELECT COUNT(*) FROM wp_term_relationships r JOIN wp_posts p ON p.ID = r.object_id"
                + " WHERE p.post_type = 'kbs_ticket'"),
        here.value("SELECT COUNT(*) FROM ticket_term"));
    assertEquals(
        site.value("SELECT COUNT(*) FROM wp_usermeta WHERE meta_key = '_application_passwords'"),
        here.value("SELECT COUNT(*) FROM application_password"));
    assertTrue(STAGES.contains("tickets 68/68"));
  }

  @Test
  void notesAreAsTheyWere() {
    assertEquals(
        site.values(
            "SELECT CONCAT_WS('|', comment_ID, comment_post_ID, NULLIF(user_id, 0), comment_author,"
                + " comment_date, comment_date_gmt, comment_content) FROM wp_comments"
                + " WHERE comment_type = 'kbs_ticket_note' ORDER BY comment_ID"),
        here.values(
            "SELECT CONCAT_WS('|', id, ticket_id, author_id, author_name, date_local, date_gmt,"
                + " content_raw) FROM ticket_note ORDER BY id"));
    assertEquals(
        "<p>Internal note on ticket three</p>\n",
        here.value("SELECT content_rendered FROM ticket_note WHERE id = 2"));
  }

  @Test
  void usersAreShownAsTheyWere() {
    assertEquals(
        site.values(
            "SELECT CONCAT_WS('|', ID, user_nicename, user_url, user_registered, nickname.meta_value)"
                + " FROM wp_users JOIN wp_usermeta nickname ON nickname.user_id = ID"
                + " AND nickname.meta_key = 'nickname' ORDER BY ID"),
        here.values(
            "SELECT CONCAT_WS('|', id, slug, url, registered_at, nickname) FROM app_user"
                + " WHERE missing = FALSE ORDER BY id"));
    assertEquals("en_US", here.value("SELECT GROUP_CONCAT(DISTINCT locale) FROM app_user"));
    // Everybody but sam and erin has published something.
    assertEquals(
        "1,2,3,4,5,6,7",
        here.value("SELECT GROUP_CONCAT(id ORDER BY id) FROM app_user WHERE published = TRUE"));
    assertEquals(
        "4|127.0.0.1",
        here.value(
            "SELECT CONCAT_WS('|', COUNT(*), MIN(address)) FROM application_password_use u"
                + " JOIN application_password p ON p.uuid = u.uuid"));
    assertEquals("0", here.value(USES_OF_NONE));
  }

  @Test
  void ticketsAreAsTheyWere() {
    assertEquals(
        site.values(
            "SELECT CONCAT_WS('|', ID, post_status, post_date, post_modified, post_author,"
                + " MD5(post_title), MD5(post_content)) FROM wp_posts"
                + " WHERE post_type = 'kbs_ticket' ORDER BY ID"),
        here.values(
            "SELECT CONCAT_WS('|', id, status, date_local, modified_local,"
                + " COALESCE(created_by, 0), MD5(title_raw), MD5(content_raw)) FROM ticket"
                + " ORDER BY id"));
    for (String[] pair :
        new String[][] {
          {"_kbs_ticket_number", "number"},
          {"_kbs_ticket_key", "ticket_key"},
          {"_kbs_ticket_agent_id", "agent_id"},
          {"_kbs_ticket_customer_id", "customer_id"},
          {"_kbs_ticket_company_id", "company_id"},
          {"_kbs_ticket_user_id", "user_id"},
          {"_kbs_ticket_user_email", "email"},
          {"_kbs_ticket_closed_date", "resolved_local"},
          {"_kbs_ticket_last_reply_by", "last_reply_by"},
          {"_kbs_ticket_form_id", "form_id"},
          {"_kbs_ticket_user_ip", "user_ip"}
        }) {
      assertEquals(
          site.values(
              "SELECT CONCAT(post_id, '=', meta_value) FROM wp_postmeta WHERE meta_key = ?"
                  + " ORDER BY post_id",
              pair[0]),
          here.values(
              "SELECT CONCAT(id, '=', %s) FROM ticket WHERE %s IS NOT NULL ORDER BY id"
                  .formatted(pair[1], pair[1])),
          pair[1]);
    }
  }

  @Test
  void repliesAndAttachmentsAreAsTheyWere() {
    assertEquals(
        site.values(
            "SELECT CONCAT_WS('|', ID, post_parent, post_author, post_date, post_date_gmt,"
                + " MD5(post_content)) FROM wp_posts WHERE post_type = 'kbs_ticket_reply'"
                + " ORDER BY ID"),
        here.values(
            "SELECT CONCAT_WS('|', id, ticket_id, COALESCE(author_id, 0), date_local, date_gmt,"
                + " MD5(content_raw)) FROM reply ORDER BY id"));
    assertEquals("22", here.value("SELECT COUNT(*) FROM reply WHERE agent_id IS NOT NULL"));
    assertEquals("312", here.value("SELECT GROUP_CONCAT(id) FROM reply WHERE resolution = TRUE"));
    assertEquals(
        "watcher50@example.com", here.value("SELECT participant_email FROM reply WHERE id = 319"));
    assertEquals("12", here.value("SELECT reply_count FROM ticket WHERE id = 48"));
    assertEquals(
        site.values(
            "SELECT CONCAT_WS('|', ID, guid, post_title, post_mime_type, post_date_gmt)"
                + " FROM wp_posts WHERE post_type = 'attachment' ORDER BY ID"),
        here.values(
            "SELECT CONCAT_WS('|', id, url, title, mime_type, date_gmt) FROM attachment"
                + " ORDER BY id"));
    assertEquals(
        "kbs/2026/11/report-1.txt", here.value("SELECT file FROM attachment WHERE id = 234"));
  }

  @Test
  void emptyUtcDatesAreWorkedOutWithTheSummerTimeOfTheirDay() {
    assertEquals("2023-07-16 14:08:32", here.value("SELECT date_gmt FROM ticket WHERE id = 74"));
    assertEquals(
        "2023-07-29 22:02:06", here.value("SELECT modified_gmt FROM ticket WHERE id = 76"));
    assertEquals(1, problems(report, "ticket", 74).size());
    assertEquals(1, problems(report, "ticket", 76).size());
  }

  @Test
  void listsCloseTheirGapsAndKeepTheirOrder() {
    assertEquals(
        List.of("0 carl@example.org", "1 watcher30@example.com", "2 dora@example.org"),
        here.values(
            "SELECT CONCAT(position, ' ', email) FROM ticket_participant WHERE ticket_id = 123"
                + " ORDER BY position"));
    assertEquals(
        "5", here.value("SELECT GROUP_CONCAT(user_id) FROM ticket_agent WHERE ticket_id = 123"));
  }

  @Test
  void oddTicketsAreKeptAsTheyAre() {
    assertEquals("trash", here.value("SELECT status FROM ticket WHERE id = 330"));
    assertEquals("Odd ticket 63", here.value("SELECT title_rendered FROM ticket WHERE id = 336"));
    assertEquals(
        "Escalated",
        here.value(
            "SELECT label FROM ticket_status WHERE slug = 'escalated' AND registered = FALSE"
                + " AND assignable = FALSE"));
    assertNull(here.value("SELECT customer_id FROM ticket WHERE id = 342"));
    assertEquals(
        "gus@example.com", here.value("SELECT user_info_email FROM ticket WHERE id = 342"));
    assertEquals("9999", here.value("SELECT customer_id FROM ticket WHERE id = 348"));
    assertEquals("1", here.value("SELECT missing FROM customer WHERE id = 9999"));
    assertEquals(
        List.of("its customer is 9999, which is not there; a placeholder keeps the reference"),
        problems(report, "ticket", 348));
  }

  @Test
  void whatASenderToldIsKeptAndWhatHeDidNotIsNull() {
    assertEquals(
        "Carl|Customer|+49 170 30||https://t30.example",
        here.value(
            "SELECT CONCAT_WS('|', first_name, last_name, primary_phone, additional_phone, website)"
                + " FROM ticket WHERE id = 123"));
    assertEquals(
        "Gus||",
        here.value(
            "SELECT CONCAT(first_name, '|', last_name, '|', COALESCE(website, ''))"
                + " FROM ticket WHERE id = 22"));
    assertNull(here.value("SELECT primary_phone FROM ticket WHERE id = 22"));
    assertEquals(
        "{\"first_name\":\"Gus\",\"subject\":\"Form subject 52\"}",
        here.value("SELECT form_data FROM ticket WHERE id = 204"));
  }

  @Test
  void settingsThatAreAbsentThereAreOffHere() {
    Map<String, String> expected =
        Map.ofEntries(
            Map.entry("enable_sequential", "1"),
            Map.entry("ticket_prefix", "KBS"),
            Map.entry("sequential_start", "1001"),
            Map.entry("restrict_agent_view", ""),
            Map.entry("assign_on_submit", ""),
            Map.entry("sla_response_time", "14400"),
            Map.entry("banned_emails", "[\"banned@blocked.test\",\"spamdomain.test\"]"),
            Map.entry("time_zone", "Europe/Berlin"),
            Map.entry("value_handling", "lenient"),
            Map.entry("site_name", "KBS Oracle"),
            Map.entry("site_url", "http://127.0.0.1:8890"));
    expected.forEach(
        (name, value) ->
            assertEquals(
                value, here.value("SELECT value FROM site_setting WHERE name = ?", name), name));
    assertNull(here.value("SELECT value FROM site_setting WHERE name = 'hide_closed'"));
  }

  @Test
  void peopleComeWithTheirRolesAndPasswords() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/wordpress/users.json")) {
      for (JsonNode user : new ObjectMapper().readTree(file)) {
        long id = user.get("wp_user_id").asLong();
        assertEquals(
            user.get("login").asText() + " " + user.get("email").asText(),
            here.value("SELECT CONCAT(login, ' ', email) FROM app_user WHERE id = ?", id));
        assertEquals(
            user.get("role").asText(),
            here.value("SELECT GROUP_CONCAT(role) FROM user_role WHERE user_id = ?", id));
        String hash =
            here.value(
                "SELECT hash FROM application_password WHERE user_id = ? AND uuid = ?",
                id,
                user.get("application_password_uuid").asText());
        assertTrue(hash.matches("\\$P\\$B[./0-9A-Za-z]{30}"));
      }
    }
    assertEquals(
        List.of("7 3", "8 4", "8 5", "9 5"),
        here.values("SELECT CONCAT(department_id, ' ', user_id) FROM department_agent ORDER BY 1"));
    assertEquals("10", here.value("SELECT parent_id FROM term WHERE id = 11"));
    assertEquals(
        "carl.second@example.org",
        here.value("SELECT GROUP_CONCAT(email) FROM customer_email WHERE customer_id = 1"));
    assertEquals("Berlin", here.value("SELECT address_city FROM customer WHERE id = 1"));
    assertEquals("Rolf Söhne", here.value("SELECT contact FROM company WHERE id = 12"));
    assertEquals("acme-sohne-gmbh", here.value("SELECT slug FROM company WHERE id = 12"));
  }

  @Test
  void newIdsAndNumbersGoOnWhereWordPressStopped() {
    WordPressFixture into = WordPressFixture.empty("import_next");
    run(site, into);
    into.change(
        "INSERT INTO post (type) VALUES ('kbs_ticket')",
        "INSERT INTO customer_id () VALUES ()",
        "INSERT INTO app_user (login, email) VALUES ('new', 'new@example.org')",
        "INSERT INTO term (taxonomy, name, slug, description) VALUES ('ticket_tag', 'a', 'a', '')");
    assertEquals("354", into.value("SELECT MAX(id) FROM post"));
    assertEquals("11", into.value("SELECT MAX(id) FROM customer_id"));
    assertEquals("10", into.value("SELECT MAX(id) FROM app_user"));
    assertEquals("21", into.value("SELECT MAX(id) FROM term"));
    assertEquals("1048", into.value("SELECT last_number FROM ticket_sequence"));
  }

  @Test
  void aNumberIsNotGivenOutTwice() {
    WordPressFixture from = WordPressFixture.site("import_numbers_site");
    WordPressFixture into = WordPressFixture.empty("import_numbers");
    from.change("DELETE FROM wp_options WHERE option_name = 'kbs_last_ticket_number'");
    ImportReport first = run(from, into);
    assertEquals("1048", into.value("SELECT last_number FROM ticket_sequence"));
    assertEquals(1, problems(first, "ticket", 0).size());
    assertEquals(1, problems(first, "setting", 0).size());
  }

  @Test
  void asecondRunWritesNothing() {
    WordPressFixture into = WordPressFixture.empty("import_twice");
    run(site, into);
    List<String> sums = checksums(into);
    ImportReport second = run(site, into);
    assertFalse(second.counts().isEmpty());
    second
        .counts()
        .forEach(
            (kind, count) -> {
              assertEquals(0, count.written(), kind);
              // Those that do not name a ticket.
              int leftOut = kind.equals("log entries") ? 15 : 0;
              assertEquals(leftOut, count.skipped(), kind);
              assertEquals(count.read() - leftOut, count.unchanged(), kind);
            });
    assertEquals(sums, checksums(into));
  }

  private static List<String> checksums(WordPressFixture database) {
    List<String> sums = new ArrayList<>();
    for (String table : database.values("SHOW TABLES")) {
      // Says when the last import was, and nothing else.
      database.change("DELETE FROM site_setting WHERE name = 'imported_at'");
      sums.add(table + " " + database.value("SELECT COUNT(*) FROM `" + table + "`"));
    }
    for (String table : List.of("ticket", "reply", "app_user", "imported", "site_setting")) {
      sums.add(String.join("|", tableText(database, table)));
    }
    return sums;
  }

  private static List<String> tableText(WordPressFixture database, String table) {
    return database.rows("SELECT * FROM " + table).stream().sorted().toList();
  }

  @Test
  void whatChangesThereIsBrought() {
    WordPressFixture from = WordPressFixture.site("import_change_site");
    WordPressFixture into = WordPressFixture.empty("import_change");
    run(from, into);
    from.change(
        "UPDATE wp_posts SET post_title = 'Another title', post_status = 'closed' WHERE ID = 26",
        "UPDATE wp_postmeta SET meta_value = 'a:1:{i:0;s:9:\"a@b.ccccc\";}'"
            + " WHERE post_id = 26 AND meta_key = '_kbs_ticket_participants'",
        "UPDATE wp_users SET display_name = 'Anna B' WHERE ID = 3",
        "UPDATE wp_options SET option_value = 'Other' WHERE option_name = 'blogname'",
        "INSERT INTO wp_posts (ID, post_author, post_date, post_date_gmt, post_modified,"
            + " post_modified_gmt, post_title, post_content, post_status, post_type, post_excerpt,"
            + " to_ping, pinged, post_content_filtered) VALUES (400, 0, '2026-01-01 12:00:00',"
            + " '2026-01-01 11:00:00', '2026-01-01 12:00:00', '2026-01-01 11:00:00', 'Fresh', 'C',"
            + " 'new', 'kbs_ticket', '', '', '', '')",
        "DELETE FROM wp_posts WHERE ID = 22");
    ImportReport second = run(from, into);
    assertCounts(second, "tickets", 2, 66);
    assertCounts(second, "users", 1, 8);
    assertEquals(
        "Another title|Another title|Another title|closed",
        into.value(
            "SELECT CONCAT_WS('|', title_raw, title_rendered, title_key, status) FROM ticket"
                + " WHERE id = 26"));
    assertEquals(
        List.of("a@b.ccccc"),
        into.values("SELECT email FROM ticket_participant WHERE ticket_id = 26"));
    assertEquals("Anna B", into.value("SELECT display_name FROM app_user WHERE id = 3"));
    assertEquals("Other", into.value("SELECT value FROM site_setting WHERE name = 'site_name'"));
    assertEquals("Fresh", into.value("SELECT title_raw FROM ticket WHERE id = 400"));
    // Gone there, no longer served here, and said so.
    assertEquals(".deleted", into.value("SELECT status FROM ticket WHERE id = 22"));
    assertEquals(
        List.of(
            "it is no longer in WordPress; it is no longer served here, but still in the database"),
        problems(second, "ticket", 22));
  }

  @Test
  void whatWasChangedOrMadeHereIsKept() {
    WordPressFixture from = WordPressFixture.site("import_conflict_site");
    WordPressFixture into = WordPressFixture.empty("import_conflict");
    run(from, into);
    into.change(
        "UPDATE ticket SET status = 'closed', modified_gmt = '2027-01-01 00:00:00' WHERE id = 26",
        "UPDATE ticket SET agent_id = 4 WHERE id = 31",
        "INSERT IGNORE INTO application_password_use (uuid, used_at, address)"
            + " SELECT uuid, NOW(), '' FROM application_password WHERE user_id = 6",
        "DELETE FROM application_password WHERE user_id = 6",
        "UPDATE site_setting SET value = 'Ours' WHERE name = 'site_name'",
        "INSERT INTO post (id, type) VALUES (354, 'kbs_ticket')",
        "INSERT INTO ticket (id, ticket_key, status, date_local, date_gmt, modified_local,"
            + " modified_gmt, title_key, title_raw, title_rendered, content_raw, content_rendered)"
            + " SELECT 354, 'k', 'new', date_local, date_gmt, modified_local, modified_gmt, 'Mine',"
            + " 'Mine', 'Mine', '', '' FROM ticket WHERE id = 26");
    from.change(
        "UPDATE wp_posts SET post_title = 'Changed there' WHERE ID IN (26, 31, 33)",
        "UPDATE wp_users SET display_name = 'Changed there' WHERE ID = 6",
        "UPDATE wp_options SET option_value = 'Theirs' WHERE option_name = 'blogname'",
        "UPDATE wp_posts SET ID = 354 WHERE ID = 351",
        "UPDATE wp_postmeta SET post_id = 354 WHERE post_id = 351");
    ImportReport second = run(from, into);
    assertEquals(new ImportReport.Count(68, 2, 64, 2), second.counts().get("tickets"));
    assertEquals("closed", into.value("SELECT status FROM ticket WHERE id = 26"));
    assertEquals("4", into.value("SELECT agent_id FROM ticket WHERE id = 31"));
    assertEquals("Changed there", into.value("SELECT title_raw FROM ticket WHERE id = 33"));
    assertEquals("Mine", into.value("SELECT title_raw FROM ticket WHERE id = 354"));
    // What WordPress has under that id comes under another one.
    assertEquals("355", into.value("SELECT MAX(id) FROM ticket"));
    assertEquals("Ours", into.value("SELECT value FROM site_setting WHERE name = 'site_name'"));
    // A password that was revoked here does not come back.
    assertEquals("0", into.value("SELECT COUNT(*) FROM application_password WHERE user_id = 6"));
    assertEquals("0", into.value(USES_OF_NONE));
    for (long id : List.of(26L, 31L, 354L)) {
      assertEquals(1, problems(second, "ticket", id).size(), "ticket " + id);
    }
    assertEquals(1, problems(second, "user", 6).size());
  }

  @Test
  void settingsThatWereSetHereStay() {
    WordPressFixture from = WordPressFixture.site("import_settings_site");
    WordPressFixture into = WordPressFixture.empty("import_settings");
    // Before the first import, and one that WordPress agrees with.
    set(into, "value_handling", "strict");
    set(into, "ticket_suffix", "DE");
    ImportReport first = run(from, into);
    assertEquals("strict", setting(into, "value_handling"));
    assertEquals(
        List.of("the setting value_handling was set here before; kept as it is here"),
        problems(first, "setting", 0));

    // Afterwards: one that only we have changed, one that both have, one that only they have.
    set(into, "time_zone", "Europe/Paris");
    set(into, "site_name", "Ours");
    set(into, "banned_emails", "[]");
    set(into, "value_handling", "lenient");
    from.change(
        "UPDATE wp_options SET option_value = 'Theirs' WHERE option_name = 'blogname'",
        "UPDATE wp_options SET option_value = 'New' WHERE option_name = 'blogdescription'",
        "UPDATE wp_options SET option_value = REPLACE(option_value, 's:2:\"DE\"', 's:2:\"EN\"')"
            + " WHERE option_name = 'kbs_settings'");
    ImportReport second = run(from, into);
    assertEquals("Europe/Paris", setting(into, "time_zone"));
    assertEquals("Ours", setting(into, "site_name"));
    assertEquals("[]", setting(into, "banned_emails"));
    assertEquals("EN", setting(into, "ticket_suffix"));
    assertEquals("New", setting(into, "site_description"));
    assertEquals(
        List.of("the setting site_name has changed in WordPress and here; kept as it is here"),
        problems(second, "setting", 0));
  }

  private static void set(WordPressFixture database, String name, String value) {
    database.change(
        "REPLACE INTO site_setting (name, value) VALUES ('" + name + "', '" + value + "')");
  }

  private static String setting(WordPressFixture database, String name) {
    return database.value("SELECT value FROM site_setting WHERE name = ?", name);
  }

  @Test
  void rightsThatStandBesideTheUsualRolesCount() {
    WordPressFixture from = WordPressFixture.site("import_rights_site");
    WordPressFixture into = WordPressFixture.empty("import_rights");
    from.change(
        "UPDATE wp_options SET option_value = 'a:2:{s:4:\"shop\";a:2:{s:4:\"name\";s:4:\"Shop\";"
            + "s:12:\"capabilities\";a:2:{s:15:\"unfiltered_html\";b:1;s:4:\"read\";b:1;}}"
            + "s:5:\"empty\";N;}' WHERE option_name = 'wp_user_roles'",
        "UPDATE wp_usermeta SET meta_value = 'a:2:{s:4:\"shop\";b:1;s:16:\"support_customer\";b:1;}'"
            + " WHERE user_id = 6 AND meta_key = 'wp_capabilities'",
        "UPDATE wp_usermeta SET meta_value = 'a:2:{s:4:\"shop\";b:1;s:15:\"unfiltered_html\";b:0;}'"
            + " WHERE user_id = 7 AND meta_key = 'wp_capabilities'",
        "UPDATE wp_usermeta SET meta_value = 'a:2:{s:5:\"empty\";b:1;s:12:\"edit_tickets\";b:1;}'"
            + " WHERE user_id = 8 AND meta_key = 'wp_capabilities'");
    run(from, into);
    assertEquals(
        List.of("6 shop,unfiltered_html,support_customer", "7 shop", "8 empty,edit_tickets"),
        into.values(
            "SELECT CONCAT(user_id, ' ', GROUP_CONCAT(role ORDER BY number)) FROM user_role"
                + " WHERE user_id BETWEEN 6 AND 8 GROUP BY user_id ORDER BY user_id"));
  }

  @Test
  void aRightThatWasTakenFromARoleOrAUserIsNotGiven() {
    WordPressFixture from = WordPressFixture.site("import_taken_site");
    WordPressFixture into = WordPressFixture.empty("import_taken");
    String capabilities =
        "UPDATE wp_usermeta SET meta_value = '%s' WHERE user_id = %d AND meta_key = 'wp_capabilities'";
    from.change(
        "UPDATE wp_options SET option_value = 'a:2:{s:6:\"editor\";a:1:{s:12:\"capabilities\";"
            + "a:1:{s:4:\"read\";b:1;}}s:4:\"shop\";a:1:{s:12:\"capabilities\";"
            + "a:1:{s:15:\"unfiltered_html\";b:1;}}}' WHERE option_name = 'wp_user_roles'",
        capabilities.formatted("a:1:{s:6:\"editor\";b:1;}", 5),
        capabilities.formatted("a:2:{s:6:\"editor\";b:1;s:15:\"unfiltered_html\";b:1;}", 6),
        capabilities.formatted("a:2:{s:6:\"editor\";b:1;s:4:\"shop\";b:1;}", 7),
        capabilities.formatted(
            "a:2:{s:15:\"support_manager\";b:1;s:15:\"unfiltered_html\";b:0;}", 8));
    run(from, into);
    assertEquals(
        List.of(
            "5 editor,no_unfiltered_html",
            "6 editor,unfiltered_html",
            "7 editor,shop,unfiltered_html",
            "8 no_unfiltered_html,support_manager"),
        into.values(
            "SELECT CONCAT(user_id, ' ', GROUP_CONCAT(role ORDER BY role)) FROM user_role"
                + " WHERE user_id BETWEEN 5 AND 8 GROUP BY user_id ORDER BY user_id"));
  }

  private static void meta(WordPressFixture from, long post, String key, @Nullable String value) {
    from.change(
        "DELETE FROM wp_postmeta WHERE post_id = " + post + " AND meta_key = '" + key + "'");
    if (value != null) {
      from.change(
          "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES (%d, '%s', '%s')"
              .formatted(post, key, value));
    }
  }

  @Test
  void aTicketWithoutParticipantsHasWhoWroteIt() {
    WordPressFixture from = WordPressFixture.site("import_participants_site");
    WordPressFixture into = WordPressFixture.empty("import_participants");
    String key = "_kbs_ticket_participants";
    for (long ticket : List.of(18L, 22L)) {
      meta(from, ticket, key, null);
    }
    meta(from, 26, key, "a:0:{}");
    meta(from, 31, key, "friend@example.org");
    meta(from, 33, key, "s:18:\"friend@example.org\";");
    meta(from, 18, "_kbs_ticket_user_email", "wrote@example.org");
    meta(from, 22, "_kbs_ticket_user_email", null);
    meta(from, 26, "_kbs_ticket_user_email", "wrote@example.org");
    String ofCustomer =
        from.value(
            "SELECT c.email FROM wp_postmeta m JOIN wp_kbs_customers c ON c.id = m.meta_value"
                + " WHERE m.post_id = 22 AND m.meta_key = '_kbs_ticket_customer_id'");
    run(from, into);
    assertEquals(
        List.of(
            "18 wrote@example.org",
            "22 " + ofCustomer,
            "26 wrote@example.org",
            "31 friend@example.org",
            "33 friend@example.org"),
        into.values(
            "SELECT CONCAT(ticket_id, ' ', GROUP_CONCAT(email)) FROM ticket_participant"
                + " WHERE ticket_id IN (18, 22, 26, 31, 33) GROUP BY ticket_id ORDER BY ticket_id"));
  }

  @Test
  void anAgentWhoStandsAloneIsAListOfOne() {
    WordPressFixture from = WordPressFixture.site("import_alone_site");
    WordPressFixture into = WordPressFixture.empty("import_alone");
    meta(from, 18, "_kbs_ticket_agents", "4");
    meta(from, 22, "_kbs_ticket_agents", "i:5;");
    meta(from, 26, "_kbs_ticket_agents", "s:4:\"anna\";");
    ImportReport report = run(from, into);
    assertEquals(
        List.of("18 4", "22 5"),
        into.values(
            "SELECT CONCAT(ticket_id, ' ', GROUP_CONCAT(user_id)) FROM ticket_agent"
                + " WHERE ticket_id IN (18, 22, 26) GROUP BY ticket_id ORDER BY ticket_id"));
    assertTrue(problems(report, "ticket", 26).toString().contains("is no list; left out"));
  }

  @Test
  void aSenderWithoutAnAddressHasThatOfTheTicket() {
    WordPressFixture from = WordPressFixture.site("import_sender_site");
    WordPressFixture into = WordPressFixture.empty("import_sender");
    meta(
        from,
        18,
        "_ticket_data",
        "a:1:{s:9:\"user_info\";a:2:{s:10:\"first_name\";s:3:\"Ann\";s:5:\"email\";s:0:\"\";}}");
    String info = "a:1:{s:10:\"first_name\";s:3:\"Ben\";}";
    meta(
        from,
        22,
        "_ticket_data",
        "a:1:{s:9:\"user_info\";s:%d:\"%s\";}".formatted(info.length(), info));
    meta(from, 26, "_ticket_data", "a:1:{s:9:\"user_info\";s:4:\"junk\";}");
    for (long ticket : List.of(18L, 22L)) {
      meta(from, ticket, "_kbs_ticket_user_email", "wrote@example.org");
    }
    ImportReport report = run(from, into);
    assertEquals(
        List.of("18 Ann wrote@example.org", "22 Ben wrote@example.org"),
        into.values(
            "SELECT CONCAT_WS(' ', id, first_name, user_info_email) FROM ticket"
                + " WHERE id IN (18, 22) ORDER BY id"));
    assertTrue(
        problems(report, "ticket", 26).toString().contains("its sender is not readable"),
        () -> problems(report, "ticket", 26).toString());
  }

  @Test
  void aFileThatWordPressDoesNotShowIsLeftOut() {
    WordPressFixture from = WordPressFixture.site("import_private_site");
    WordPressFixture into = WordPressFixture.empty("import_private");
    run(from, into);
    long file = Long.parseLong(into.value("SELECT MIN(id) FROM attachment"));
    from.change("UPDATE wp_posts SET post_status = 'private' WHERE ID = " + file);
    ImportReport report = run(from, into);
    assertEquals("0", into.value("SELECT COUNT(*) FROM attachment WHERE id = ?", file));
    assertTrue(
        problems(report, "attachment", file).toString().contains("it is private"),
        () -> problems(report, "attachment", file).toString());
  }

  @Test
  void whatWasEnteredInAFormIsAnObjectWhateverItsKeys() {
    WordPressFixture from = WordPressFixture.site("import_forms_site");
    WordPressFixture into = WordPressFixture.empty("import_forms");
    String insert = "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES ";
    from.change(
        "DELETE FROM wp_postmeta WHERE meta_key = '_kbs_ticket_form_data'",
        insert + "(18, '_kbs_ticket_form_data', 'a:2:{i:0;s:1:\"x\";i:1;a:1:{i:0;d:1.5;}}')",
        insert + "(22, '_kbs_ticket_form_data', 'a:0:{}')",
        insert + "(26, '_kbs_ticket_form_data', 's:1:\"x\";')");
    ImportReport report = run(from, into);
    assertEquals(
        List.of("18 {\"0\":\"x\",\"1\":[1.5]}", "22 {}"),
        into.values(
            "SELECT CONCAT(id, ' ', form_data) FROM ticket WHERE form_data IS NOT NULL"
                + " ORDER BY id"));
    assertFalse(problems(report, "ticket", 26).isEmpty());
  }

  @Test
  void theSenderStaysWhoeverElseIsInTheData() {
    WordPressFixture from = WordPressFixture.livedSite("import_lived_site");
    WordPressFixture into = WordPressFixture.empty("import_lived");
    String objects = " FROM wp_postmeta WHERE meta_key = '_ticket_data' AND meta_value LIKE '%O:%'";
    assertEquals("21", from.value("SELECT COUNT(*)" + objects));
    // One is damaged beyond repair within its files, one had its address changed in the dump.
    from.change(
        "UPDATE wp_postmeta SET meta_value = REPLACE(meta_value, 's:8:\"resolved\";s', 's:8:\"resolved\";q')"
            + " WHERE meta_key = '_ticket_data' AND post_id = 22",
        "UPDATE wp_postmeta SET meta_value = REPLACE(meta_value, 'http://127.0.0.1:8890',"
            + " 'https://desk.example.com') WHERE meta_key = '_ticket_data'",
        "UPDATE wp_postmeta SET meta_value = CONCAT('a:2:{i:1;O:8:\"stdClass\":2:{s:1:\"a\";d:NAN;',"
            + " 's:4:\"\\0*\\0b\";i:1;}i:2;r:2;}') WHERE meta_key = '_kbs_ticket_form_data'");
    ImportReport lived = run(from, into);

    for (String id : from.values("SELECT post_id" + objects)) {
      String email =
          from.value(
              "SELECT REGEXP_SUBSTR(meta_value, '(?<=\"email\";s:[0-9]{2}:\")[^\"]+') FROM"
                  + " wp_postmeta WHERE meta_key = '_ticket_data' AND post_id = ?",
              id);
      assertEquals(email, into.value("SELECT user_info_email FROM ticket WHERE id = ?", id), id);
    }
    assertEquals(
        "田中 Ünal +49 30 500",
        into.value(
            "SELECT CONCAT_WS(' ', first_name, last_name, primary_phone) FROM ticket"
                + " WHERE id = 1114"));
    assertEquals("Gus", into.value("SELECT first_name FROM ticket WHERE id = 22"));
    assertTrue(
        problems(lived, "ticket", 22).toString().contains("resolved"),
        () -> problems(lived, "ticket", 22).toString());
    assertEquals(
        19,
        lived.problems().stream().filter(p -> p.what().contains("counted anew")).count(),
        () -> lived.problems().toString());
    assertEquals(
        List.of("{\"1\":{\"a\":\"NaN\"},\"2\":{\"a\":\"NaN\"}}"),
        into.values("SELECT DISTINCT form_data FROM ticket WHERE form_data IS NOT NULL"));
  }

  @Test
  void brokenRowsAreReportedAndCostNothingButThemselves() {
    WordPressFixture from = WordPressFixture.site("import_broken_site");
    WordPressFixture into = WordPressFixture.empty("import_broken");
    from.change(
        "UPDATE wp_postmeta SET meta_value = 'a:7:{s:9:\"user_info' WHERE post_id = 18"
            + " AND meta_key = '_ticket_data'",
        "UPDATE wp_postmeta SET meta_value = 'i:7;' WHERE post_id = 22"
            + " AND meta_key = '_kbs_ticket_participants'",
        "UPDATE wp_posts SET post_date = '0000-00-00 00:00:00' WHERE ID = 26",
        "UPDATE wp_posts SET post_date = '0000-00-00 00:00:00',"
            + " post_date_gmt = '0000-00-00 00:00:00', post_modified = '0000-00-00 00:00:00',"
            + " post_modified_gmt = '0000-00-00 00:00:00' WHERE ID = 31",
        "UPDATE wp_postmeta SET meta_value = '777' WHERE post_id = 33"
            + " AND meta_key = '_kbs_ticket_customer_id'",
        "UPDATE wp_postmeta SET meta_value = '888' WHERE post_id = 37"
            + " AND meta_key = '_kbs_ticket_agent_id'",
        "UPDATE wp_postmeta SET meta_value = '26' WHERE post_id = 48"
            + " AND meta_key = '_kbs_ticket_company_id'",
        "UPDATE wp_postmeta SET meta_value = '"
            + "9".repeat(300)
            + "' WHERE post_id = 123"
            + " AND meta_key = '_kbs_ticket_number'",
        "UPDATE wp_postmeta SET meta_value = 'nobody' WHERE post_id = 88"
            + " AND meta_key = '_kbs_ticket_user_email'",
        "UPDATE wp_posts SET post_parent = 5555 WHERE ID = 238",
        "UPDATE wp_users SET user_login = 'ANNA', user_email = 'anna@oracle.test' WHERE ID = 4",
        "UPDATE wp_usermeta SET meta_value = 'a:1:{' WHERE user_id = 5"
            + " AND meta_key = 'wp_capabilities'",
        "UPDATE wp_kbs_customers SET email = 'gus', date_created = '0000-00-00 00:00:00',"
            + " company_id = 4444 WHERE id = 5",
        "UPDATE wp_termmeta SET meta_value = 'a:2:{i:0;i:3;i:1;i:99;}' WHERE term_id = 7",
        "UPDATE wp_term_taxonomy SET parent = 13 WHERE term_id = 12");
    ImportReport broken = run(from, into);

    assertEquals(new ImportReport.Count(68, 68, 0, 0), broken.counts().get("tickets"));
    assertEquals(new ImportReport.Count(45, 44, 0, 1), broken.counts().get("replies"));
    assertEquals(new ImportReport.Count(9, 9, 0, 0), broken.counts().get("users"));
    for (long id : List.of(18L, 22L, 26L, 31L, 33L, 37L, 48L, 123L, 88L)) {
      assertFalse(problems(broken, "ticket", id).isEmpty(), "ticket " + id);
    }
    assertFalse(problems(broken, "reply", 238).isEmpty());
    assertEquals(2, problems(broken, "user", 4).size());
    assertFalse(problems(broken, "user", 5).isEmpty());
    assertEquals(3, problems(broken, "customer", 5).size());
    assertFalse(problems(broken, "term", 7).isEmpty());
    // The circle is cut at one of its two ends.
    assertFalse(problems(broken, "term", 13).isEmpty());

    assertNull(into.value("SELECT first_name FROM ticket WHERE id = 18"));
    assertEquals("2023-02-10 15:39:51", into.value("SELECT date_local FROM ticket WHERE id = 26"));
    // The nearest date is that of the ticket before.
    assertEquals(
        into.value("SELECT date_gmt FROM ticket WHERE id = 26"),
        into.value("SELECT date_gmt FROM ticket WHERE id = 31"));
    assertEquals("1", into.value("SELECT missing FROM customer WHERE id = 777"));
    assertEquals("1", into.value("SELECT missing FROM app_user WHERE id = 888"));
    assertEquals("1", into.value("SELECT missing FROM company WHERE id = 26"));
    assertEquals("191", into.value("SELECT CHAR_LENGTH(number) FROM ticket WHERE id = 123"));
    assertEquals("nobody", into.value("SELECT email FROM ticket WHERE id = 88"));
    assertEquals("ANNA-4", into.value("SELECT login FROM app_user WHERE id = 4"));
    assertEquals("356", into.value("SELECT MAX(id) + 3 FROM post"), "an odd reference took no id");

    ImportReport again = run(from, into);
    assertCounts(again, "tickets", 0, 68);
    assertCounts(again, "users", 1, 8);
    assertEquals(
        problems(broken, "user", 4), problems(again, "user", 4), "its own login is tried again");
    assertEquals(
        problems(broken, "ticket", 18), problems(again, "ticket", 18), "it is said every time");
  }

  @Test
  void aPlaceholderBecomesRealWhenItsRowAppears() {
    WordPressFixture from = WordPressFixture.site("import_late_site");
    WordPressFixture into = WordPressFixture.empty("import_late");
    run(from, into);
    from.change(
        "INSERT INTO wp_kbs_customers (id, user_id, email, name, company_id, ticket_count,"
            + " ticket_ids, notes, date_created) VALUES (9999, 0, 'late@example.org', 'Late', 0, 0,"
            + " '', '', '2026-01-01 00:00:00')");
    ImportReport second = run(from, into);
    assertCounts(second, "customers", 1, 10);
    assertEquals(List.of(), problems(second, "ticket", 348));
    assertEquals("0", into.value("SELECT missing FROM customer WHERE id = 9999"));
  }

  @Test
  void anInterruptedImportIsCompletedByTheNextOne() {
    WordPressFixture from = WordPressFixture.site("import_cut_site");
    WordPressFixture into = WordPressFixture.empty("import_cut");
    multiply(from, 20);
    ImportProgress killer =
        new ImportProgress() {
          @Override
          public void stage(String kind, long done, long total) {
            if (kind.equals("tickets") && done > 600) {
              throw new IllegalStateException("cut");
            }
          }

          @Override
          public void problem(ImportReport.Problem problem) {}
        };
    assertThrows(
        IllegalStateException.class,
        () ->
            new WordPressImport(into.dataSource(), Clock.systemUTC())
                .run(from.source(ImportSource::new), killer));
    long brought = Long.parseLong(into.value("SELECT COUNT(*) FROM ticket"));
    assertTrue(brought > 600 && brought < 1428, "brought " + brought);
    ImportReport second = run(from, into);
    assertCounts(second, "tickets", 1428 - brought, brought);
    assertEquals(
        from.values("SELECT ID FROM wp_posts WHERE post_type = 'kbs_ticket' ORDER BY ID"),
        into.values("SELECT id FROM ticket ORDER BY id"));
    assertEquals("1428", into.value("SELECT COUNT(*) FROM ticket"));
    assertEquals(new ImportReport.Count(1428, 0, 1428, 0), run(from, into).counts().get("tickets"));
  }

  /** Each ticket so many times more, with all its attributes, under ids of its own. */
  private static void multiply(WordPressFixture site, int times) {
    for (int i = 1; i <= times; i++) {
      String id = " + " + i * 1000;
      site.change(
          "CREATE TEMPORARY TABLE more SELECT * FROM wp_posts WHERE post_type = 'kbs_ticket'"
              + " AND ID < 1000",
          "UPDATE more SET ID = ID" + id,
          "INSERT INTO wp_posts SELECT * FROM more",
          "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) SELECT m.post_id"
              + id
              + ", m.meta_key, m.meta_value FROM wp_postmeta m JOIN wp_posts p ON p.ID = m.post_id"
              + " WHERE p.post_type = 'kbs_ticket' AND p.ID < 1000");
    }
  }

  @Test
  void offsetsServeAsZones() {
    WordPressFixture from = WordPressFixture.site("import_zone_site");
    WordPressFixture into = WordPressFixture.empty("import_zone");
    from.change(
        "UPDATE wp_options SET option_value = '' WHERE option_name = 'timezone_string'",
        "UPDATE wp_options SET option_value = '0' WHERE option_name = 'gmt_offset'");
    run(from, into);
    assertEquals("+00:00", setting(into, "time_zone"));
    from.change("UPDATE wp_options SET option_value = '-3.5' WHERE option_name = 'gmt_offset'");
    run(from, into);
    assertEquals("-03:30", setting(into, "time_zone"));
    assertEquals("2023-07-16 19:38:32", into.value("SELECT date_gmt FROM ticket WHERE id = 74"));
  }

  @Test
  void oldTablesOfOtherEnginesAndCharacterSetsAreRead() {
    WordPressFixture from = WordPressFixture.site("import_old_site");
    WordPressFixture into = WordPressFixture.empty("import_old");
    from.change(
        "ALTER TABLE wp_posts ENGINE = MyISAM",
        "ALTER TABLE wp_users ENGINE = MyISAM, CONVERT TO CHARACTER SET latin1",
        "ALTER TABLE wp_kbs_customermeta CONVERT TO CHARACTER SET utf8mb3");
    run(from, into);
    assertEquals("68", into.value("SELECT COUNT(*) FROM ticket"));
    assertEquals("Chloé Conseil", into.value("SELECT display_name FROM app_user WHERE id = 5"));
  }

  @Test
  void theSourceIsNotTouched() {
    WordPressFixture untouched = WordPressFixture.site("import_untouched");
    for (String table : untouched.values("SHOW TABLES")) {
      assertEquals(hash(tableText(untouched, table)), hash(tableText(site, table)), table);
    }
  }

  private static int hash(List<String> rows) {
    return rows.hashCode();
  }

  @Test
  void whatCannotStartSaysWhyInOneSentence() {
    ImportSource good = site.source(ImportSource::new);
    String secret = "s3cr3t-pass";
    List<ImportSource> bad =
        List.of(
            new ImportSource(good.url(), good.user(), good.password(), "other_"),
            new ImportSource(good.url(), good.user(), good.password(), "wp_`; DROP"),
            new ImportSource("jdbc:mysql://127.0.0.1:1/wp?password=" + secret, "u", secret, "wp_"),
            new ImportSource("http://u:" + secret + "@example.org/", "u", secret, "wp_"),
            new ImportSource("jdbc:mysql://u:" + secret + "@127.0.0.1:1/wp", "u", secret, "wp_"));
    for (ImportSource source : bad) {
      ImportException e =
          assertThrows(
              ImportException.class,
              () -> new WordPressImport(here.dataSource(), Clock.systemUTC()).run(source, QUIET));
      assertTrue(e.getMessage().matches("[^\n]{10,300}\\."), e.getMessage());
      assertFalse(e.getMessage().contains(secret), e.getMessage());
    }
    assertFalse(new ImportSource("jdbc:mysql://h/d", "u", secret, "").toString().contains(secret));
  }
}
