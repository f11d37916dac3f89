package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.wordpress.report.ImportReport.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Terms that are worked on here and in WordPress, between two imports. */
class ImportedTermsTest {

  private static final String ROOT = "/wp-json/wp/v2/";
  private static final long PRINTERS = 11;
  private static final long SOFTWARE = 12;
  private static final long VIP = 14;
  private static final long URGENT = 15;

  /** Two tickets that are printers' and nothing else. */
  private static final String WITH_PRINTERS =
      "SELECT x.ticket_id FROM ticket_term x WHERE x.term_id = " + PRINTERS + " ORDER BY 1";

  private static JsonNode term(HttpApi api, String taxonomy, long id) {
    return api.send("GET", ROOT + taxonomy + "/" + id, null, null).assertOk().json();
  }

  @Test
  void anImportBringsNothingBackAndKeepsWhatWasMadeHere() {
    try (ImportedSite all = new ImportedSite("terms")) {
      all.run();
      HttpApi manager = all.login("manager");
      assertEquals(18, term(manager, "ticket_categories", PRINTERS).get("count").asLong());
      long ticket = Long.parseLong(all.here.value(WITH_PRINTERS));
      for (String path : List.of("ticket_categories/" + PRINTERS, "ticket_tag/" + URGENT)) {
        manager.send("DELETE", ROOT + path + "?force=true", null, null).assertOk();
      }
      manager
          .send("POST", ROOT + "ticket_categories/" + SOFTWARE, JSON, json(fields("name", "Apps")))
          .assertOk();
      long own =
          manager.send("POST", ROOT + "ticket_tag", JSON, json(fields("name", "Both sides"))).id();
      manager.json("POST", "/" + ticket, fields("ticket_tag", List.of(own))).assertOk();
      all.site.change(
          "UPDATE wp_terms SET name = 'Printing' WHERE term_id = " + PRINTERS,
          "UPDATE wp_terms SET name = 'Programs' WHERE term_id = " + SOFTWARE,
          "UPDATE wp_terms SET name = 'Very important' WHERE term_id = " + VIP,
          "INSERT INTO wp_terms (term_id, name, slug) VALUES (9001, 'Both sides', 'both-sides')",
          "INSERT INTO wp_term_taxonomy (term_taxonomy_id, term_id, taxonomy, description)"
              + " VALUES (9001, 9001, 'ticket_tag', '')",
          "INSERT INTO wp_term_relationships (object_id, term_taxonomy_id)"
              + " SELECT ID, 9001 FROM wp_posts WHERE post_type = 'kbs_ticket'"
              + " AND ID <> "
              + ticket);
      var report = all.run();

      for (String path : List.of("ticket_categories/" + PRINTERS, "ticket_tag/" + URGENT)) {
        manager.send("GET", ROOT + path, null, null).assertError(404, "rest_term_invalid");
      }
      assertEquals(
          List.of(Outcome.KEPT), ImportedSite.outcomes(report, "term", PRINTERS), "deleted here");
      assertEquals("Apps", term(manager, "ticket_categories", SOFTWARE).get("name").asText());
      assertEquals("Very important", term(manager, "ticket_tag", VIP).get("name").asText());
      JsonNode both = term(manager, "ticket_tag", own);
      long tickets =
          Long.parseLong(
              all.here.value("SELECT COUNT(*) FROM ticket t WHERE t.status <> '.deleted'"));
      assertEquals(tickets, both.get("count").asLong(), "one tag, of both sides");
      JsonNode changed = manager.get("/" + ticket).assertOk().json();
      assertEquals("[" + own + "]", changed.get("ticket_tag").toString());
      assertEquals("[]", changed.get("ticket_categories").toString());
      assertEquals(
          List.of(),
          all.here.values(
              "SELECT c.term_id FROM term_count c GROUP BY c.term_id HAVING SUM(c.total) <>"
                  + " (SELECT COUNT(*) FROM ticket_term x WHERE x.term_id = c.term_id)"
                  + " + (SELECT COUNT(*) FROM reply r WHERE r.source_id = c.term_id)"));
      // A ticket with a term that was deleted here goes on following WordPress.
      long other = Long.parseLong(all.here.value(WITH_PRINTERS + " DESC LIMIT 1"));
      all.site.change("UPDATE wp_posts SET post_title = 'Followed' WHERE ID = " + other);
      all.run();
      assertEquals("Followed", manager.get("/" + other).assertOk().text("title.raw"));
    }
  }
}
