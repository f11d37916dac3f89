package io.kbsserver.wordpress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.testing.WordPressFixture;
import io.kbsserver.wordpress.report.ImportProgress;
import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.source.ImportSource;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Forms, their fields and articles of a site that has lived for long, and what becomes of them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KnowledgeImportTest {

  private static final ImportProgress QUIET =
      new ImportProgress() {
        @Override
        public void stage(String kind, long done, long total) {}

        @Override
        public void problem(ImportReport.Problem problem) {}
      };

  private static final String LONG_TEXT = "word ".repeat(60).strip();

  private static WordPressFixture site;
  private static WordPressFixture here;
  private static ImportReport first;

  @BeforeAll
  static void importTheSite() {
    site = WordPressFixture.site("knowledge_site");
    here = WordPressFixture.empty("knowledge_here");
    site.change(
        // A description with a script, a choice of two, and what an extension keeps there.
        "UPDATE wp_postmeta SET meta_value = '"
            + php(
                "type", "s:6:\"select\"",
                "required", "b:1",
                "description", "s:39:\"Choose <b>one</b><script>x()</script>..\"",
                "select_options", "a:2:{i:0;s:1:\"A\";i:3;s:2:\" B\";}",
                "recipients", "s:16:\"boss@example.org\"")
            + "' WHERE post_id = 7 AND meta_key = '_kbs_field_settings'",
        "UPDATE wp_postmeta SET meta_value = 'a:18:{s:4:\"ty' WHERE post_id = 8"
            + " AND meta_key = '_kbs_field_settings'",
        "UPDATE wp_posts SET post_parent = 999 WHERE ID = 9",
        "DELETE FROM wp_postmeta WHERE post_id = 10",
        "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES"
            + " (5, '_submission_count', '41'), (15, '_kbs_article_views', '7'),"
            + " (15, '_thumbnail_id', '20'), (15, '_wp_page_template', 'wide.php'),"
            + " (17, '_wp_page_template', 'default')",
        "UPDATE wp_postmeta SET meta_value = '77' WHERE meta_key = '_redirect_page'",
        "UPDATE wp_posts SET post_title = 'It\\'s <i>new</i>', post_content = 'One & \"two\"\\n\\n"
            + "<script>run()</script><iframe src=\"//x\"></iframe><a href=\"javascript:x()\">k</a>',"
            + " post_author = 4711, post_password = 'x' WHERE ID = 15",
        "UPDATE wp_posts SET post_content = '"
            + LONG_TEXT
            + "', post_excerpt = '',"
            + " post_date = '0000-00-00 00:00:00', post_date_gmt = '0000-00-00 00:00:00',"
            + " post_name = 'how-to-reset', post_status = 'draft' WHERE ID = 17",
        "UPDATE wp_posts SET post_excerpt = 'A <b>teaser</b>' WHERE ID = 16",
        "INSERT INTO wp_terms VALUES (901, 'Basics', 'basics', 0), (902, 'word', 'word', 0)",
        "INSERT INTO wp_term_taxonomy VALUES (901, 901, 'article_category', '', 0, 1),"
            + " (902, 902, 'article_tag', '', 0, 1)",
        "INSERT INTO wp_term_relationships VALUES (15, 901, 0), (15, 902, 0), (48, 902, 0)");
    first = run();
  }

  private static String php(String... pairs) {
    StringBuilder array = new StringBuilder("a:" + pairs.length / 2 + ":{");
    for (int i = 0; i < pairs.length; i += 2) {
      array.append("s:").append(pairs[i].length()).append(":\"").append(pairs[i]).append("\";");
      array.append(pairs[i + 1]).append(pairs[i + 1].startsWith("a:") ? "" : ";");
    }
    return array + "}";
  }

  private static ImportReport run() {
    return new WordPressImport(here.dataSource(), Clock.systemUTC())
        .run(site.source(ImportSource::new), QUIET);
  }

  private static String problems(ImportReport report, String kind, long id) {
    return String.join(
        "; ",
        report.problems().stream()
            .filter(problem -> problem.kind().equals(kind) && problem.id() == id)
            .map(ImportReport.Problem::what)
            .toList());
  }

  private static String row(String columns, String table, long id) {
    return here.value("SELECT CONCAT_WS('|', " + columns + ") FROM " + table + " WHERE id = " + id);
  }

  @Test
  @Order(1)
  void formsComeWithTheirFields() {
    assertEquals(
        "publish|2026-11-23 20:50:39|2026-11-23 19:50:39|Ticket Submissions|77|41",
        row("status, date_local, date_gmt, title, redirect_page_id, submission_count", "form", 5));
    assertEquals(
        "5|publish|First Name|kbs-first-name|0|first_name",
        row("form_id, status, title, slug, position, default_field", "form_field", 6));
    assertEquals(
        "{\"blank\":false,\"chosen\":false,\"hide_label\":false,\"kb_search\":false,"
            + "\"required\":true,\"selected\":false,\"select_multiple\":false,"
            + "\"show_logged_in\":true,\"chosen_search\":\"\",\"description\":\"\","
            + "\"description_pos\":\"label\",\"input_class\":\"\",\"label_class\":\"\","
            + "\"mapping\":\"customer_first\",\"placeholder\":\"\",\"type\":\"text\","
            + "\"value\":\"\",\"select_options\":[]}",
        row("settings", "form_field", 6));
    assertEquals("kbs_form", here.value("SELECT type FROM post WHERE id = 5"));
    assertEquals("kbs_form_field", here.value("SELECT type FROM post WHERE id = 6"));
  }

  @Test
  @Order(2)
  void settingsOfExtensionsAreNotShownToEverybody() {
    String settings = row("settings", "form_field", 7);
    assertFalse(settings.contains("recipients") || settings.contains("boss"), settings);
    assertTrue(problems(first, "form_field", 7).contains("left out: recipients"));
    assertTrue(settings.contains("\"select_options\":[\"A\",\"B\"]"), settings);
  }

  @Test
  @Order(2)
  void nothingOfAFieldRuns() {
    String settings = row("settings", "form_field", 7);
    assertTrue(settings.contains("Choose <b>one</b>x().."), settings);
    assertTrue(
        problems(first, "form_field", 7).contains("its setting description has what may run"));
  }

  @Test
  @Order(2)
  void whatIsBrokenIsNamedAndTheRestIsKept() {
    assertTrue(problems(first, "form_field", 8).contains("its settings is not readable"));
    assertTrue(row("settings", "form_field", 8).contains("\"required\":false"));
    assertTrue(problems(first, "form_field", 9).contains("its form, 999, is not there"));
    assertEquals("-", row("COALESCE(form_id, '-')", "form_field", 9));
    assertTrue(problems(first, "form_field", 10).contains("no settings that can be read"));
    assertTrue(problems(first, "article", 17).contains("it has no date"));
    assertTrue(problems(first, "article", 15).contains("its author is user 4711"));
  }

  @Test
  @Order(2)
  void articlesComeRendered() {
    assertEquals(
        "publish|4711|how-to-reset|http://127.0.0.1:8890/articles/how-to-reset/|0|1|7|20|wide.php"
            + "|open|open",
        row(
            "status, author_id, slug, guid, restricted, protected, views, picture_id, template,"
                + " comment_status, ping_status",
            "article",
            15));
    assertEquals("It&#8217;s <i>new</i>", row("title_rendered", "article", 15));
    assertEquals(
        "1|<p>Restricted text.</p>\n|<p>A <b>teaser</b></p>\n",
        row("restricted, content_rendered, excerpt_rendered", "article", 16));
    assertEquals("draft|how-to-reset|", row("status, slug, template", "article", 17));
    assertEquals(
        "<p>" + "word ".repeat(55).strip() + " [&hellip;]</p>\n",
        row("excerpt_rendered", "article", 17));
    assertEquals(
        List.of("15|901", "15|902"),
        here.values(
            "SELECT CONCAT_WS('|', article_id, term_id) FROM article_term ORDER BY term_id"));
    // A term of another kind, however it got there.
    assertEquals(
        "0", here.value("SELECT COUNT(*) FROM ticket_term WHERE ticket_id = 48 AND term_id = 902"));
  }

  @Test
  @Order(2)
  void nothingOfAnArticleRuns() {
    String shown = row("content_rendered, excerpt_rendered", "article", 15);
    assertTrue(shown.startsWith("<p>One &amp; &#8220;two&#8221;</p>"), shown);
    assertFalse(shown.matches("(?s).*(<script|<iframe|javascript:).*"), shown);
    assertTrue(row("content_raw", "article", 15).contains("<script>"));
    assertTrue(problems(first, "article", 15).contains("what may run in a page"));
  }

  @Test
  @Order(3)
  void anotherImportFollowsWhatHasChangedAndWhatIsGone() {
    ImportReport again = run();
    for (String kind : List.of("forms", "form fields", "articles")) {
      ImportReport.Count count = again.counts().get(kind);
      assertEquals(0, count.written(), kind);
      assertEquals(count.read(), count.unchanged(), kind);
    }
    site.change(
        "UPDATE wp_posts SET post_title = 'Ask us' WHERE ID = 5",
        "UPDATE wp_posts SET post_title = 'Your first name' WHERE ID = 6",
        "UPDATE wp_posts SET post_content = 'Pull the lever.' WHERE ID = 16",
        "UPDATE wp_postmeta SET meta_value = '0' WHERE post_id = 16"
            + " AND meta_key = '_kbs_article_restricted'",
        "DELETE FROM wp_term_relationships WHERE object_id = 15",
        "DELETE FROM wp_term_taxonomy WHERE term_taxonomy_id = 901",
        "DELETE FROM wp_terms WHERE term_id = 901",
        "DELETE FROM wp_posts WHERE ID IN (10, 17)");
    ImportReport changed = run();
    assertEquals("Ask us", row("title", "form", 5));
    assertEquals("Your first name", row("title", "form_field", 6));
    assertEquals("0|<p>Pull the lever.</p>\n", row("restricted, content_rendered", "article", 16));
    assertEquals("0", here.value("SELECT COUNT(*) FROM article_term"));
    assertEquals("0", here.value("SELECT COUNT(*) FROM term WHERE id = 901"));
    assertEquals("0", here.value("SELECT COUNT(*) FROM form_field WHERE id = 10"));
    assertEquals("0", here.value("SELECT COUNT(*) FROM article WHERE id = 17"));
    assertTrue(problems(changed, "form_field", 10).contains("it is gone here as well"));
    assertTrue(problems(changed, "article", 17).contains("it is gone here as well"));

    site.change("DELETE FROM wp_posts WHERE ID = 5");
    run();
    assertEquals("0", here.value("SELECT COUNT(*) FROM form"));
    assertEquals("-", row("COALESCE(form_id, '-')", "form_field", 6));
    assertEquals(0, run().counts().get("form fields").written());
  }
}
