package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.testing.TestDatabase;
import io.kbsserver.testing.WordPressFixture;
import io.kbsserver.wordpress.WordPressImport;
import io.kbsserver.wordpress.source.ImportSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A site after months of use, with what the recordings of it do not show. */
class LivedSiteTest {

  /** Tickets of the site: with two files of one second, with a customer and no files, … */
  private static final long WITH_FILES = 1097;

  private static final long SKIPPED = 22;
  private static final long TWICE = 26;
  private static final long UNSENT = 37;
  private static final long NO_SOURCE = 60;

  private static String url;
  private static TestServer server;
  private static HttpApi api;

  @BeforeAll
  static void importIt() {
    WordPressFixture site = WordPressFixture.livedSite("http_lived_wordpress");
    site.change(
        "UPDATE wp_posts SET post_title = 'O\\'Neill report' WHERE ID = 1099",
        "UPDATE wp_posts SET post_date = '2026-11-25 16:18:33' WHERE ID = 1100",
        "INSERT INTO wp_posts (ID, post_type, post_status, post_parent, post_title, guid,"
            + " post_date, post_date_gmt, post_modified, post_modified_gmt, post_content,"
            + " post_excerpt, to_ping, pinged, post_content_filtered)"
            + " SELECT 90001, post_type, post_status, post_parent, 'third', guid, '2026-11-25"
            + " 16:18:34', post_date_gmt, post_modified, post_modified_gmt, '', '', '', '', ''"
            + " FROM wp_posts WHERE ID = 1099",
        "UPDATE wp_posts SET post_date = '2023-03-26 02:30:00', post_date_gmt = '0000-00-00',"
            + " post_modified = '2023-03-26 02:59:59', post_modified_gmt = '2023-03-26 02:10:00'"
            + " WHERE ID = "
            + SKIPPED,
        "UPDATE wp_posts SET post_date = '2023-10-29 02:30:00', post_date_gmt = '0000-00-00'"
            + " WHERE ID = "
            + TWICE,
        "DELETE FROM wp_postmeta WHERE meta_key = '_ticket_data' AND post_id = " + UNSENT,
        "DELETE r FROM wp_term_relationships r JOIN wp_term_taxonomy t"
            + " ON t.term_taxonomy_id = r.term_taxonomy_id AND t.taxonomy = 'ticket_source'"
            + " WHERE r.object_id = "
            + NO_SOURCE);
    url = TestDatabase.get().createMigratedSchema("http_lived");
    server = TestServer.on(url, Map.of());
    server.bean(WordPressImport.class).run(site.source(ImportSource::new), ImportedSite.QUIET);
    api = server.user("support_manager").api();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void setClock() {
    server.set("time_zone", "Europe/Berlin");
  }

  @Test
  void nothingOfItIsToBeRepaired() throws Exception {
    CommandLineRun run =
        CommandLineRun.of(CommandLineRun.environment(url), "repair", "--check", "--json");
    assertEquals(Map.of(), RepairTest.wrong(run), run.err());
  }

  @Test
  void filesComeNewestSecondFirstAndThenInTheOrderOfTheirUpload() {
    Answer ticket = api.get("/" + WITH_FILES).assertOk();
    assertEquals(List.of("O&#8217;Neill report", "third", "photo"), names(ticket, "attachments"));
    assertEquals(List.of("O'Neill report", "third", "photo"), names(ticket, "files"));
  }

  private static List<String> names(Answer ticket, String field) {
    List<String> names = new ArrayList<>();
    for (JsonNode file : ticket.json().path("ticket_data").path(field)) {
      names.add(file.path("filename").asText());
    }
    return names;
  }

  @Test
  void whatThePluginHadLoggedIsThereAsFarAsItSaysOfWhat() {
    List<String> left =
        server.values(
            "SELECT kind FROM past_change p WHERE NOT EXISTS"
                + " (SELECT 1 FROM ticket t WHERE t.id = p.ticket_id)");
    assertEquals(List.of(), left);
    assertEquals(692, server.number("SELECT COUNT(*) FROM past_change"));
    Answer history = api.get("/26/history?order=asc&per_page=100").assertOk();
    assertEquals(27, history.ids().get(0));
    assertEquals(
        1254, history.ids().stream().mapToLong(id -> id).filter(id -> id < 2000).max().orElse(0));
  }

  @Test
  void withoutASourceATicketHasThePluginsOwn() {
    Answer ticket = api.get("/" + NO_SOURCE).assertOk();
    assertEquals("kbs-website", ticket.text("ticket_data.source"));
    assertEquals("[]", ticket.json().path("ticket_sources").toString());
  }

  @Test
  void aTimeThatTheClockSkippedIsSentAsTheOneBehindTheGap() {
    Answer ticket = api.get("/" + SKIPPED).assertOk();
    assertEquals("2023-03-26T03:30:00", ticket.text("date"));
    assertEquals("2023-03-26T01:30:00", ticket.text("date_gmt"));
    assertEquals("2023-03-26T03:59:59", ticket.text("modified"));
    // WordPress passes dates in UTC through the same clock.
    assertEquals("2023-03-26T03:10:00", ticket.text("modified_gmt"));
  }

  @Test
  void ofATimeThatCameTwiceEastOfGreenwichTheSecondIsMeant() {
    Answer ticket = api.get("/" + TWICE).assertOk();
    assertEquals("2023-10-29T02:30:00", ticket.text("date"));
    assertEquals("2023-10-29T01:30:00", ticket.text("date_gmt"));
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2023-03-26T03:30:00",
    "Australia/Lord_Howe, 2023-03-26T02:30:00",
    "America/New_York, 2023-03-26T02:30:00",
    "+05:45, 2023-03-26T02:30:00"
  })
  void whichTimesAreSkippedDependsOnTheZone(String zone, String shown) {
    server.set("time_zone", zone);
    assertEquals(shown, api.get("/" + SKIPPED).assertOk().text("date"));
  }

  @ParameterizedTest
  @CsvSource({
    // It is kept as 02:30, and compared as it is kept.
    "after=2023-03-26T02:29:59, false", // means 03:29:59
    "after=2023-03-26T01:59:59, true",
    "before=2023-03-26T02:30:00, true", // means 03:30:00
    "after=2023-03-26T00:59:59Z, true", // 01:59:59
    "after=2023-03-26T01:00:00Z, false", // 03:00:00
    "before=2023-03-26T03:00:00%2B02:00, true", // 03:00:00
    "before=2023-03-26T00:30:00Z, false" // 01:30:00
  })
  void limitsOfAListReadTheClockAlike(String limit, boolean listed) {
    Answer list = api.get("?include=" + SKIPPED + "&" + limit).assertOk();
    assertEquals(listed ? List.of(SKIPPED) : List.of(), list.ids());
  }

  @Test
  void theFirstChangeKeepsWhoWroteTheTicket() {
    Answer before = api.get("/" + UNSENT).assertOk();
    String first = before.text("ticket_data.user_info.first_name");
    String email = before.text("ticket_data.user_info.email");
    assertEquals(false, first.isEmpty() || email.isEmpty(), before::toString);
    long other = server.customer("other@example.org", null, null);
    Answer changed = api.post("/" + UNSENT, Map.of("customer", other)).assertOk();
    assertEquals(String.valueOf(other), changed.text("ticket_data.customer"));
    assertEquals(first, changed.text("ticket_data.user_info.first_name"));
    assertEquals(email, changed.text("ticket_data.user_info.email"));
    assertEquals(first, api.get("/" + UNSENT).text("ticket_data.user_info.first_name"));
  }
}
