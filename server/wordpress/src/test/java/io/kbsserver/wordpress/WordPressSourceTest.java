package io.kbsserver.wordpress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.WordPressFixture;
import io.kbsserver.wordpress.report.ImportException;
import io.kbsserver.wordpress.report.ImportProgress;
import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.source.ImportSource;
import io.kbsserver.wordpress.source.PluginVersion;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sites whose databases are not as WordPress makes them. */
class WordPressSourceTest {

  private static final ImportProgress QUIET =
      new ImportProgress() {
        @Override
        public void stage(String kind, long done, long total) {}

        @Override
        public void problem(ImportReport.Problem problem) {}
      };

  private static final List<String> HERE =
      List.of(
          "SELECT * FROM app_user ORDER BY id",
          "SELECT user_id, role FROM user_role ORDER BY user_id, number",
          "SELECT uuid, user_id, name, hash FROM application_password ORDER BY uuid",
          "SELECT * FROM term ORDER BY id",
          "SELECT * FROM department_agent ORDER BY department_id, user_id",
          "SELECT * FROM company ORDER BY id",
          "SELECT * FROM customer ORDER BY id",
          "SELECT * FROM ticket ORDER BY id",
          "SELECT * FROM ticket_participant ORDER BY ticket_id, position",
          "SELECT * FROM reply ORDER BY id",
          "SELECT * FROM attachment ORDER BY id",
          "SELECT * FROM site_setting WHERE name <> 'imported_at' ORDER BY name");

  private static WordPressFixture expected;

  @BeforeAll
  static void importTheFixture() {
    expected = WordPressFixture.empty("source_expected");
    run(WordPressFixture.site("source_expected_site").source(ImportSource::new), expected);
  }

  private static ImportReport run(ImportSource source, WordPressFixture into) {
    return new WordPressImport(into.dataSource(), Clock.systemUTC()).run(source, QUIET);
  }

  private static ImportSource source(
      WordPressFixture site, String prefix, String usersPrefix, String charset) {
    ImportSource source = site.source(ImportSource::new);
    return new ImportSource(
        source.url(), source.user(), source.password(), prefix, usersPrefix, charset);
  }

  private static void assertImported(WordPressFixture into) {
    for (String query : HERE) {
      assertEquals(
          String.join("\n", expected.rows(query)), String.join("\n", into.rows(query)), query);
    }
  }

  /** It is refused in a sentence, and what was here before stays as it was. */
  private static String refusal(ImportSource source, WordPressFixture into) {
    List<List<String>> before = HERE.stream().map(into::rows).toList();
    ImportException e = assertThrows(ImportException.class, () -> run(source, into));
    assertEquals(before, HERE.stream().map(into::rows).toList());
    assertTrue(e.getMessage().matches("[^\n]{10,500}[.?]"), e.getMessage());
    return e.getMessage();
  }

  private static void assertSays(ImportReport report, String kind, String words) {
    assertTrue(
        report.problems().stream().anyMatch(p -> p.kind().equals(kind) && p.what().contains(words)),
        () -> words + " is not among " + report.problems());
  }

  private static String setting(WordPressFixture here, String name) {
    return here.value("SELECT value FROM site_setting WHERE name = ?", name);
  }

  // Settings

  @Test
  void settingsWhoseLengthsAreWrongAreRepairedAndReported() {
    WordPressFixture site = WordPressFixture.site("source_lengths_site");
    WordPressFixture here = WordPressFixture.empty("source_lengths");
    site.change(
        "UPDATE wp_options SET option_value = REPLACE(option_value, 's:12:\"admin_agents\"',"
            + " 's:19:\"restrict_agent_view\";s:1:\"1\";s:12:\"admin_agents\"')"
            + " WHERE option_name = 'kbs_settings'",
        "UPDATE wp_options SET option_value = REGEXP_REPLACE(option_value, '^a:[0-9]+', CONCAT('a:',"
            + " REGEXP_SUBSTR(SUBSTR(option_value, 3), '^[0-9]+') + 1))"
            + " WHERE option_name = 'kbs_settings'");
    run(site.source(ImportSource::new), here);
    assertEquals("1", setting(here, "restrict_agent_view"));

    site.change(
        "UPDATE wp_options SET option_value = REPLACE(REPLACE(REPLACE(option_value,"
            + " 'spamdomain.test', 'x\"; é \";}'), '\"KBS\"', '\"Help-\"'), '\"DE\"', '\"\"')"
            + " WHERE option_name = 'kbs_settings'");
    ImportReport report = run(site.source(ImportSource::new), here);
    assertSays(report, "setting", "counted anew");
    assertEquals("1", setting(here, "restrict_agent_view"));
    assertEquals("1", setting(here, "enable_departments"));
    assertEquals("Help-", setting(here, "ticket_prefix"));
    assertEquals("", setting(here, "ticket_suffix"));
    assertEquals("[\"banned@blocked.test\",\"x\\\"; é \\\";}\"]", setting(here, "banned_emails"));
  }

  @Test
  void settingsThatCannotBeReadStopItBeforeAnythingIsWritten() {
    WordPressFixture site = WordPressFixture.site("source_unread_site");
    WordPressFixture here = WordPressFixture.empty("source_unread");
    run(site.source(ImportSource::new), here);
    site.change(
        "UPDATE wp_users SET display_name = 'Changed'",
        "CREATE TABLE kept AS SELECT * FROM wp_options WHERE option_name = 'kbs_settings'");
    for (String change :
        List.of(
            "LEFT(kept.option_value, LENGTH(kept.option_value) - 20)",
            "REPLACE(kept.option_value, 's:12:\"admin_agents\";s', 's:12:\"admin_agents\";q')",
            "CONCAT('a:9', SUBSTR(kept.option_value, 3))",
            "REPLACE(kept.option_value, '\"', '')",
            "''",
            "'b:0;'",
            "'s:3:\"off\";'",
            "'Array'")) {
      site.change(
          "UPDATE wp_options JOIN kept USING (option_name) SET wp_options.option_value = "
              + change);
      assertTrue(refusal(site.source(ImportSource::new), here).contains("kbs_settings"), change);
    }
  }

  @Test
  void settingsThatAreAbsentAreOff() {
    WordPressFixture site = WordPressFixture.site("source_nosettings_site");
    WordPressFixture here = WordPressFixture.empty("source_nosettings");
    site.change("DELETE FROM wp_options WHERE option_name = 'kbs_settings'");
    assertSays(run(site.source(ImportSource::new), here), "setting", "all its switches are off");
    assertEquals("", setting(here, "enable_departments"));
  }

  // Roles

  @Test
  void keysAreFoundAsTheDatabaseComparesThem() {
    WordPressFixture site = WordPressFixture.site("source_case_site");
    WordPressFixture here = WordPressFixture.empty("source_case");
    site.change(
        "UPDATE wp_usermeta SET meta_key = CONCAT('WP_', SUBSTR(meta_key, 4))"
            + " WHERE meta_key LIKE 'wp\\_%'",
        "UPDATE wp_options SET option_name = 'WP_user_roles' WHERE option_name = 'wp_user_roles'");
    run(site.source(ImportSource::new), here);
    assertImported(here);
  }

  @ParameterizedTest
  @CsvSource({"Wp_,wp_", "Wp_,Wp_", "WP_,Wp_"})
  void tablesAreFoundHoweverTheyAreSpelt(String tables, String given) {
    String schema = "source_spelt_" + Integer.toHexString((tables + given).hashCode());
    WordPressFixture site = WordPressFixture.site(schema + "_site");
    WordPressFixture here = WordPressFixture.empty(schema);
    rename(site, "wp_", tables, name -> true);
    run(source(site, given, null, null), here);
    assertImported(here);
  }

  @ParameterizedTest
  @ValueSource(strings = {"new_", "Desk_", ""})
  void rolesUnderAnotherPrefixAreThoseOfAnotherSite(String tables) {
    String schema = "source_moved_" + Integer.toHexString(tables.hashCode());
    WordPressFixture site = WordPressFixture.site(schema + "_site");
    WordPressFixture here = WordPressFixture.empty(schema);
    rename(site, "wp_", tables, name -> true);
    String refusal = refusal(source(site, tables, null, null), here);
    assertTrue(refusal.startsWith("No user has a role"), refusal);
    assertTrue(refusal.contains("There are roles under wp_capabilities"), refusal);
  }

  private static void rename(
      WordPressFixture site, String from, String to, java.util.function.Predicate<String> which) {
    site.values("SHOW TABLES").stream()
        .map(name -> name.substring(from.length()))
        .filter(which)
        .forEach(name -> site.change("RENAME TABLE `" + from + name + "` TO `" + to + name + "`"));
  }

  @Test
  void whereNobodyHasARoleItStops() {
    WordPressFixture site = WordPressFixture.site("source_noroles_site");
    WordPressFixture here = WordPressFixture.empty("source_noroles");
    run(site.source(ImportSource::new), here);
    for (String change :
        List.of(
            "UPDATE wp_usermeta SET meta_value = 'a:0:{}' WHERE meta_key = 'wp_capabilities'",
            "UPDATE wp_usermeta SET meta_value = 'a:1:{s:13:\"administrator\";b:0;}'"
                + " WHERE meta_key = 'wp_capabilities'",
            "UPDATE wp_usermeta SET meta_value = 'a:1:{' WHERE meta_key = 'wp_capabilities'",
            "UPDATE wp_usermeta SET meta_key = CONCAT('x', user_id, '_capabilities'), meta_value ="
                + " 'a:1:{s:13:\"administrator\";b:1;}' WHERE meta_key = 'wp_capabilities'",
            "DELETE FROM wp_usermeta WHERE meta_key LIKE '%capabilities'",
            "DELETE FROM wp_users")) {
      site.change(change);
      assertTrue(
          refusal(site.source(ImportSource::new), here).startsWith("No user has a role"), change);
    }
  }

  @Test
  void aListOfRolesThatIsDamagedGivesNone() {
    WordPressFixture site = WordPressFixture.site("source_halfroles_site");
    WordPressFixture here = WordPressFixture.empty("source_halfroles");
    site.change(
        "UPDATE wp_usermeta SET meta_value = 'a:2:{s:13:\"administrator\";b:1;s:3:\"x' WHERE"
            + " user_id = 5 AND meta_key = 'wp_capabilities'");
    ImportReport report = run(site.source(ImportSource::new), here);
    assertEquals(List.of(), here.values("SELECT role FROM user_role WHERE user_id = 5"));
    assertSays(report, "user", "the list of its roles is not readable");
  }

  // Character sets

  /** What a text becomes where its bytes in UTF-8 are taken for another character set. */
  private static String misread(String text) {
    StringBuilder misread = new StringBuilder();
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      char character = new String(new byte[] {value}, Charset.forName("windows-1252")).charAt(0);
      misread.append(character == '\uFFFD' ? (char) (value & 0xff) : character);
    }
    return misread.toString();
  }

  private static UnaryOperator<String> writtenOverLatin1(String tables) {
    return sql ->
        sql.startsWith("CREATE TABLE")
            ? sql.replaceAll(" COLLATE[ =]utf8mb[34]_\\w+", "").replaceAll("utf8mb[34]", tables)
            : misread(sql);
  }

  @ParameterizedTest
  @ValueSource(strings = {"latin1", "utf8mb4"})
  void textsWrittenOverAnotherCharacterSetAreReadAsTheyWereWritten(String tables) {
    WordPressFixture site =
        WordPressFixture.rewrittenSite("source_" + tables + "_site", writtenOverLatin1(tables));
    WordPressFixture here = WordPressFixture.empty("source_" + tables);
    String refusal = refusal(site.source(ImportSource::new), here);
    assertTrue(refusal.contains("--charset") && refusal.contains("latin1"), refusal);
    run(source(site, "wp_", null, "latin1"), here);
    assertImported(here);
  }

  /** Their last byte alone could begin a character of UTF-8. */
  @ParameterizedTest
  @CsvSource({"LATIN1,", "LATIN1,latin1", "UTF8MB4,", "UTF8MB4,latin1", "BINARY,"})
  void wordsThatEndInAnAccentAreWhole(String columns, String charset) {
    String schema = "source_accent_" + columns.toLowerCase(Locale.ROOT) + charset;
    WordPressFixture site = WordPressFixture.site(schema + "_site");
    WordPressFixture here = WordPressFixture.empty(schema);
    site.change(
        "UPDATE wp_usermeta SET meta_value = 'René' WHERE meta_key = 'first_name'",
        "UPDATE wp_usermeta SET meta_value = 'plain' WHERE meta_key = 'last_name'",
        "UPDATE wp_terms SET name = CONCAT(term_id, ' Priorité')");
    if (!columns.equals("UTF8MB4")) {
      site.change(
          "ALTER TABLE wp_usermeta MODIFY meta_value LONGTEXT CHARACTER SET latin1",
          "ALTER TABLE wp_terms MODIFY name VARCHAR(200) CHARACTER SET latin1 NOT NULL");
    }
    if (columns.equals("BINARY")) {
      site.change(
          "ALTER TABLE wp_usermeta MODIFY meta_value LONGBLOB",
          "ALTER TABLE wp_terms MODIFY name VARBINARY(200) NOT NULL");
    }
    ImportReport report = run(source(site, "wp_", null, charset), here);
    assertEquals(
        List.of("René"),
        here.values("SELECT DISTINCT first_name FROM app_user WHERE first_name <> ''"));
    assertEquals(List.of("Priorité"), here.values("SELECT DISTINCT RIGHT(name, 8) FROM term"));
    assertFalse(report.problems().toString().contains("UTF-8"), report.problems()::toString);
  }

  @Test
  void aTextWhoseLastCharacterWasCutLosesWhatIsLeftOfIt() {
    WordPressFixture site = WordPressFixture.site("source_cut_site");
    WordPressFixture here = WordPressFixture.empty("source_cut");
    site.change(
        "ALTER TABLE wp_users CONVERT TO CHARACTER SET latin1",
        "UPDATE wp_users SET display_name = _latin1 X'5AC3BC72696368C3' WHERE ID = 2");
    run(source(site, "wp_", null, "latin1"), here);
    assertEquals("Zürich", here.value("SELECT display_name FROM app_user WHERE id = 2"));
  }

  @Test
  void aSiteThatWasHalfConvertedIsReadAsEachTextWasWritten() {
    WordPressFixture site = WordPressFixture.site("source_half_site");
    WordPressFixture here = WordPressFixture.empty("source_half");
    site.change(
        "ALTER TABLE wp_posts MODIFY post_title LONGBLOB, MODIFY post_content LONGBLOB",
        "ALTER TABLE wp_posts MODIFY post_title TEXT CHARACTER SET cp1251 NOT NULL,"
            + " MODIFY post_content LONGTEXT CHARACTER SET cp1251 NOT NULL",
        "ALTER TABLE wp_postmeta MODIFY meta_value LONGBLOB",
        "ALTER TABLE wp_postmeta MODIFY meta_value LONGTEXT CHARACTER SET cp1251",
        "ALTER TABLE wp_terms MODIFY name VARBINARY(800)");
    String refusal = refusal(site.source(ImportSource::new), here);
    assertTrue(refusal.contains("cp1251"), refusal);
    run(source(site, "wp_", null, "CP1251"), here);
    assertImported(here);
  }

  @Test
  void somebodysQuotationIsNoReasonToStop() {
    WordPressFixture site = WordPressFixture.site("source_quoted_site");
    WordPressFixture here = WordPressFixture.empty("source_quoted");
    site.change(
        "UPDATE wp_posts SET post_title = 'Ihre Mail zeigt Ã¼ statt ü' WHERE ID = 18",
        "UPDATE wp_posts SET post_title = 'Ã¼' WHERE ID = 22",
        "UPDATE wp_terms SET name = 'ZÃ¼rich' WHERE term_id = 2",
        "ALTER TABLE wp_users CONVERT TO CHARACTER SET latin1",
        "UPDATE wp_users SET display_name = 'Ã¼' WHERE ID = 2");
    assertSays(
        run(site.source(ImportSource::new), here), "setting", "row 2 of wp_users looks like UTF-8");
    assertEquals("Ã¼", here.value("SELECT title_raw FROM ticket WHERE id = 22"));
    assertEquals("Ã¼", here.value("SELECT display_name FROM app_user WHERE id = 2"));
    assertEquals("Chloé Conseil", here.value("SELECT display_name FROM app_user WHERE id = 5"));
  }

  /** The bytes of a text in UTF-8, in SQL, as a text of latin1. */
  private static String bytes(String text) {
    return "_latin1 X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
  }

  @Test
  void aSiteThatChangedItsCharacterSetOnTheWayIsNoticed() {
    WordPressFixture site = WordPressFixture.site("source_changed_site");
    WordPressFixture here = WordPressFixture.empty("source_changed");
    site.change(
        "ALTER TABLE wp_posts MODIFY post_title TEXT CHARACTER SET utf8mb4 NOT NULL,"
            + " MODIFY post_content LONGTEXT CHARACTER SET utf8mb4 NOT NULL",
        "UPDATE wp_posts SET post_title = 'Ärger in Zürich', post_content = 'Text'",
        "ALTER TABLE wp_posts MODIFY post_title TEXT CHARACTER SET latin1 NOT NULL",
        "UPDATE wp_posts SET post_title = %s WHERE post_type = 'kbs_ticket' AND ID <= 26"
            .formatted(bytes("Ärger in Zürich")));
    String count = "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'kbs_ticket' AND ID ";
    int utf8 = Integer.parseInt(site.value(count + "<= 26"));
    assertTrue(utf8 >= 3 && utf8 < Integer.parseInt(site.value(count + "> 26")));
    String refusal = refusal(site.source(ImportSource::new), here);
    assertTrue(refusal.contains("wp_posts") && refusal.contains("latin1"), refusal);
    run(source(site, "wp_", null, "latin1"), here);
    assertEquals(List.of("Ärger in Zürich"), here.values("SELECT DISTINCT title_raw FROM ticket"));
  }

  @ParameterizedTest
  @CsvSource({
    "wp_postmeta,meta_key = '_ticket_data' AND post_id = 18",
    "wp_usermeta,meta_key = 'first_name' AND user_id = 3"
  })
  void namesInAttributesAreLookedAtAsWell(String table, String where) {
    WordPressFixture site = WordPressFixture.site("source_names_" + table + "_site");
    WordPressFixture here = WordPressFixture.empty("source_names_" + table);
    site.change(
        "UPDATE %s SET meta_value = 'plain' WHERE LENGTH(meta_value) <> CHAR_LENGTH(meta_value)"
            .formatted(table),
        "ALTER TABLE %s MODIFY meta_value LONGTEXT CHARACTER SET latin1".formatted(table),
        "UPDATE %s SET meta_value = %s WHERE %s"
            .formatted(
                table,
                bytes(
                    table.equals("wp_usermeta")
                        ? "Jürgen"
                        : "a:1:{s:9:\"user_info\";a:1:{s:10:\"first_name\";s:7:\"Jürgen\";}}"),
                where));
    String refusal = refusal(site.source(ImportSource::new), here);
    assertTrue(refusal.contains(table) && refusal.contains("latin1"), refusal);
    run(source(site, "wp_", null, "latin1"), here);
    assertEquals(
        "Jürgen",
        here.value(
            table.equals("wp_usermeta")
                ? "SELECT first_name FROM app_user WHERE id = 3"
                : "SELECT first_name FROM ticket WHERE id = 18"));
  }

  @Test
  void aCharacterSetThatIsNamedIsTakenAtItsWord() {
    WordPressFixture site =
        WordPressFixture.rewrittenSite("source_named_site", writtenOverLatin1("utf8mb4"));
    WordPressFixture here = WordPressFixture.empty("source_named");
    assertTrue(refusal(source(site, "wp_", null, "klingon"), here).contains("klingon"));
    run(source(site, "wp_", null, "utf8mb4"), here);
    assertEquals(
        misread("Chloé Conseil"), here.value("SELECT display_name FROM app_user WHERE id = 5"));
  }

  // Networks

  private static final List<String> NETWORK =
      List.of(
          "CREATE TABLE wp_blogs (blog_id BIGINT PRIMARY KEY, site_id BIGINT)",
          "INSERT INTO wp_blogs VALUES (1, 1), (2, 1), (3, 7)",
          "CREATE TABLE wp_sitemeta (meta_id BIGINT PRIMARY KEY, site_id BIGINT,"
              + " meta_key VARCHAR(255), meta_value LONGTEXT)",
          "INSERT INTO wp_sitemeta VALUES (1, 1, 'site_admins', 'a:1:{i:0;s:4:\"Root\";}'),"
              + " (2, 7, 'site_admins', 'a:1:{i:0;s:8:\"stranger\";}')",
          "INSERT INTO wp_users (ID, user_login, user_email, display_name) VALUES"
              + " (101, 'root', 'root@example.org', 'Root'),"
              + " (102, 'stranger', 'stranger@example.org', 'Stranger'),"
              + " (103, 'author', 'author@example.org', 'Author'),"
              + " (104, 'listed', 'listed@example.org', 'Listed'),"
              + " (105, 'writer', 'writer@example.org', 'Writer')",
          "INSERT INTO wp_usermeta (user_id, meta_key, meta_value) VALUES"
              + " (101, 'wp_9_capabilities', 'a:1:{s:10:\"subscriber\";b:1;}'),"
              + " (102, 'wp_3_capabilities', 'a:1:{s:13:\"administrator\";b:1;}'),"
              + " (103, 'wp_3_capabilities', 'a:1:{s:13:\"administrator\";b:1;}'),"
              + " (104, 'wp_3_capabilities', 'a:1:{s:13:\"administrator\";b:1;}')");

  private static void refer(WordPressFixture site, String prefix) {
    site.change(
        "UPDATE " + prefix + "posts SET post_author = 103 WHERE ID = 18",
        "UPDATE " + prefix + "posts SET post_author = 105 WHERE ID = 15",
        "UPDATE "
            + prefix
            + "postmeta SET meta_value = 'a:1:{i:3;i:104;}' WHERE meta_key = '_kbs_ticket_agents'"
            + " LIMIT 1");
  }

  private static void assertNetworkUsers(WordPressFixture here) {
    assertEquals(
        "root,author,listed,writer",
        String.join(",", here.values("SELECT login FROM app_user WHERE id > 100 ORDER BY id")));
    assertEquals(
        List.of("101 administrator"),
        here.values("SELECT CONCAT(user_id, ' ', role) FROM user_role WHERE user_id > 100"));
    assertEquals(
        expected.rows("SELECT user_id, role FROM user_role ORDER BY user_id, number"),
        here.rows(
            "SELECT user_id, role FROM user_role"
                + " WHERE user_id < 100 AND role <> 'no_unfiltered_html' ORDER BY user_id, number"));
    assertEquals(
        expected.values(
            "SELECT user_id FROM user_role WHERE role IN ('administrator', 'support_manager',"
                + " 'editor') ORDER BY 1"),
        here.values("SELECT user_id FROM user_role WHERE role = 'no_unfiltered_html' ORDER BY 1"),
        "on a network, HTML of its super admins alone is stored as it comes");
    assertEquals(
        expected.rows("SELECT uuid, user_id, hash FROM application_password ORDER BY uuid"),
        here.rows("SELECT uuid, user_id, hash FROM application_password ORDER BY uuid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wp_", "wp_2_"})
  void aSiteOfANetworkComesWithTheUsersThatAreItsOwn(String prefix) {
    WordPressFixture site = WordPressFixture.site("source_network_site_" + prefix);
    WordPressFixture here = WordPressFixture.empty("source_network_" + prefix);
    if (!prefix.equals("wp_")) {
      rename(site, "wp_", prefix, name -> !name.startsWith("user"));
      site.change(
          "UPDATE wp_usermeta SET meta_key = REPLACE(meta_key, 'wp_', 'wp_2_')"
              + " WHERE meta_key LIKE 'wp\\_%'",
          "UPDATE wp_2_options SET option_name = 'wp_2_user_roles'"
              + " WHERE option_name = 'wp_user_roles'");
    }
    site.change(NETWORK.toArray(String[]::new));
    refer(site, prefix);
    ImportReport report = run(source(site, prefix, null, null), here);
    assertNetworkUsers(here);
    assertSays(report, "user", "super admin");

    // Who loses the role there loses it here, though nothing refers to him.
    String lost = "DELETE FROM wp_usermeta WHERE user_id = 2 AND meta_key = '%scapabilities'";
    site.change(lost.formatted(prefix));
    run(source(site, prefix, null, null), here);
    assertEquals(List.of(), here.values("SELECT role FROM user_role WHERE user_id = 2"));
  }

  @Test
  void tablesOfUsersThatCannotBeGuessedAreNamed() {
    WordPressFixture site = WordPressFixture.site("source_shared_site");
    WordPressFixture here = WordPressFixture.empty("source_shared");
    rename(site, "wp_", "desk_", name -> !name.startsWith("user"));
    site.change(
        "UPDATE desk_options SET option_name = 'desk_user_roles' WHERE option_name = 'wp_user_roles'",
        "INSERT INTO wp_usermeta (user_id, meta_key, meta_value) SELECT user_id,"
            + " 'desk_capabilities', meta_value FROM wp_usermeta WHERE meta_key = 'wp_capabilities'"
            + " AND user_id <> 1");
    assertTrue(refusal(source(site, "desk_", null, null), here).contains("--users-prefix"));
    run(source(site, "desk_", "wp_", null), here);
    assertEquals(List.of(), here.values("SELECT role FROM user_role WHERE user_id = 1"));
    assertFalse(here.values("SELECT role FROM user_role WHERE user_id = 3").isEmpty());
  }

  @Test
  void rolesOfAnotherSiteAreNotTakenForThoseOfThisOne() {
    WordPressFixture site = WordPressFixture.site("source_other_site");
    WordPressFixture here = WordPressFixture.empty("source_other");
    rename(site, "wp_", "desk_", name -> !name.startsWith("user"));
    site.change(
        "UPDATE desk_options SET option_name = 'desk_user_roles' WHERE option_name = 'wp_user_roles'");
    String refusal = refusal(source(site, "desk_", "wp_", null), here);
    assertTrue(refusal.contains("wp_capabilities"), refusal);
  }

  // Tables

  private static List<String> tables(WordPressFixture site) {
    return site.values("SHOW TABLES");
  }

  @Test
  void tablesWithoutKeysAreRead() {
    WordPressFixture site = WordPressFixture.site("source_keys_site");
    WordPressFixture here = WordPressFixture.empty("source_keys");
    for (String table : tables(site)) {
      site.change(
          "CREATE TABLE bare AS SELECT * FROM " + table,
          "DROP TABLE " + table,
          "RENAME TABLE bare TO " + table);
    }
    run(site.source(ImportSource::new), here);
    assertImported(here);
    site.change("INSERT INTO wp_posts SELECT * FROM wp_posts WHERE ID = 18");
    assertTrue(refusal(site.source(ImportSource::new), here).contains("18"));
  }

  @Test
  void viewsInPlaceOfTablesAreRead() {
    WordPressFixture site = WordPressFixture.site("source_views_site");
    WordPressFixture here = WordPressFixture.empty("source_views");
    for (String table : tables(site)) {
      site.change(
          "RENAME TABLE " + table + " TO real_" + table,
          "CREATE VIEW " + table + " AS SELECT * FROM real_" + table);
    }
    run(site.source(ImportSource::new), here);
    assertImported(here);
    assertEquals("356", here.value("SELECT MAX(id) + 3 FROM post"));
    site.change("ALTER TABLE real_wp_postmeta DROP COLUMN meta_value");
    assertFalse(refusal(site.source(ImportSource::new), here).isEmpty());
  }

  @Test
  void columnsThatOtherVersionsDoNotHaveAreEmpty() {
    WordPressFixture site = WordPressFixture.site("source_columns_site");
    WordPressFixture here = WordPressFixture.empty("source_columns");
    site.change("ALTER TABLE wp_kbs_customers DROP COLUMN company_id, DROP COLUMN notes");
    ImportReport report = run(site.source(ImportSource::new), here);
    assertSays(report, "setting", "wp_kbs_customers.notes");
    assertEquals(
        "10", here.value("SELECT COUNT(*) FROM customer WHERE notes = '' AND missing = 0"));
    site.change("ALTER TABLE wp_kbs_customers DROP COLUMN email");
    assertTrue(refusal(site.source(ImportSource::new), here).contains("email"));
  }

  @Test
  void aTableThatIsMissingIsNamed() {
    WordPressFixture site = WordPressFixture.site("source_missing_site");
    WordPressFixture here = WordPressFixture.empty("source_missing");
    for (String table : List.of("kbs_customermeta", "termmeta", "usermeta", "postmeta")) {
      site.change("RENAME TABLE wp_" + table + " TO gone");
      assertTrue(refusal(site.source(ImportSource::new), here).contains("wp_" + table));
      site.change("RENAME TABLE gone TO wp_" + table);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.7.4,newer",
    "1.6.1.1,newer",
    "1.10,newer",
    "2,newer",
    "1.5.93,older",
    "beta,not known"
  })
  void anotherVersionOfThePluginIsWarnedOf(String version, String words) {
    assertTrue(PluginVersion.remark(version).orElse("").contains(words), version);
  }

  @Test
  void theKnownVersionIsNotTalkedAbout() {
    List<String> unknown = new ArrayList<>();
    for (String version : List.of("1.6.1", "1.6.1.0", " 1.6.1 ")) {
      PluginVersion.remark(version).ifPresent(unknown::add);
    }
    assertEquals(List.of(), unknown);
    WordPressFixture site = WordPressFixture.site("source_version_site");
    WordPressFixture here = WordPressFixture.empty("source_version");
    site.change("UPDATE wp_options SET option_value = '1.7.4' WHERE option_name = 'kbs_version'");
    assertSays(run(site.source(ImportSource::new), here), "setting", "KB Support 1.7.4");
  }
}
