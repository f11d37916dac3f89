package io.kbsserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.testing.WordPressFixture;
import io.kbsserver.wordpress.ImportOptions;
import io.kbsserver.wordpress.WordPressImport;
import io.kbsserver.wordpress.report.ImportProgress;
import io.kbsserver.wordpress.report.ImportReport;
import io.kbsserver.wordpress.report.ImportReport.Outcome;
import io.kbsserver.wordpress.report.ImportReport.Problem;
import io.kbsserver.wordpress.source.ImportSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A WordPress site of its own, and a server that it is imported into again and again. */
final class ImportedSite implements AutoCloseable {

  static final ImportProgress QUIET =
      new ImportProgress() {
        @Override
        public void stage(String kind, long done, long total) {}

        @Override
        public void problem(Problem problem) {}
      };

  final WordPressFixture site;
  final WordPressFixture here;
  final TestServer server;

  ImportedSite(String name) {
    site = WordPressFixture.site("again_" + name + "_site");
    here = WordPressFixture.empty("again_" + name);
    server = TestServer.on(here.url(), Map.of());
  }

  @Override
  public void close() {
    server.close();
  }

  ImportReport run() {
    return run(ImportOptions.DEFAULT);
  }

  ImportReport run(ImportOptions options) {
    return new WordPressImport(here.dataSource(), Clock.systemUTC())
        .run(site.source(ImportSource::new), options, QUIET);
  }

  HttpApi login(String name) {
    return login(server, name);
  }

  /** Somebody of the fixture, on a server that has imported it. */
  static HttpApi login(TestServer server, String name) {
    try (InputStream file = ImportedSite.class.getResourceAsStream("/wordpress/users.json")) {
      for (JsonNode user : new ObjectMapper().readTree(file)) {
        if (user.get("login").asText().equals(name)) {
          return server.login(name, user.get("application_password").asText());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("No such login: " + name);
  }

  static List<Outcome> outcomes(ImportReport report, String kind, long id) {
    return report.problems().stream()
        .filter(problem -> problem.kind().equals(kind) && problem.id() == id)
        .map(Problem::outcome)
        .distinct()
        .toList();
  }

  void meta(long post, String key, Object value) {
    site.change(
        "DELETE FROM wp_postmeta WHERE post_id = " + post + " AND meta_key = '" + key + "'",
        "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES (%d, '%s', '%s')"
            .formatted(post, key, value));
  }

  /** A post in WordPress, as far as the plugin fills it. */
  void post(long id, String type, long parent, String title) {
    site.change(
        "INSERT INTO wp_posts (ID, post_author, post_date, post_date_gmt, post_modified,"
            + " post_modified_gmt, post_title, post_content, post_status, post_type, post_parent,"
            + " guid, post_excerpt, to_ping, pinged, post_content_filtered) VALUES (%d, 1,"
                .formatted(id)
            + " '2026-03-01 12:00:00', '2026-03-01 11:00:00', '2026-03-01 12:00:00',"
            + " '2026-03-01 11:00:00', '%s', '%s', '%s', '%s', %d, 'http://x/%d', '', '', '', '')"
                .formatted(
                    title,
                    type.equals("attachment") ? "" : "Text",
                    type.equals("kbs_ticket")
                        ? "new"
                        : type.equals("attachment") ? "inherit" : "publish",
                    type,
                    parent,
                    id));
  }

  /** What an agent has noted on a ticket in WordPress. */
  void note(long id, long ticket, long author, String content) {
    site.change(
        "INSERT INTO wp_comments (comment_ID, comment_post_ID, comment_author, comment_date,"
            + " comment_date_gmt, comment_content, comment_type, user_id) VALUES (%d, %d, '',"
                .formatted(id, ticket)
            + " '2026-03-01 12:00:00', '2026-03-01 11:00:00', '%s', 'kbs_ticket_note', %d)"
                .formatted(content, author));
  }

  void customer(long id, String email, long userId) {
    site.change(
        "INSERT INTO wp_kbs_customers (id, user_id, email, name, company_id, ticket_count,"
            + " ticket_ids, notes, date_created) VALUES (%d, %d, '%s', 'Otto Other', 0, 0, '', '',"
                .formatted(id, userId, email)
            + " '2026-03-01 10:00:00')");
  }

  void user(long id, String login, String email, String role) {
    site.change(
        "INSERT INTO wp_users (ID, user_login, user_pass, user_nicename, user_email,"
            + " user_registered, display_name) VALUES (%d, '%s', '', '%s', '%s',"
                .formatted(id, login, login, email)
            + " '2026-03-01 10:00:00', '%s')".formatted(login),
        "INSERT INTO wp_usermeta (user_id, meta_key, meta_value) VALUES (%d, 'wp_capabilities',"
                .formatted(id)
            + " 'a:1:{s:%d:\"%s\";b:1;}')".formatted(role.length(), role));
  }

  /** All that stands in the database. */
  String everything() {
    Map<String, List<String>> tables = new TreeMap<>();
    for (String table : here.values("SHOW TABLES")) {
      tables.put(table, here.rows("SELECT * FROM " + table).stream().sorted().toList());
    }
    return tables.toString();
  }
}
