package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ids of a page come from an index alone, so that a deep page costs no row of those before. */
class ListPlanTest {

  @ParameterizedTest
  @CsvSource({
    "ticket_date, date_local",
    "ticket_modified, modified_local",
    "ticket_title, title_key",
    "ticket_agent_order, agent_id",
    "ticket_customer, customer_id"
  })
  void anIndexAloneSortsAndFilters(String index, String column) {
    assertFromTheIndex(
        """
                SELECT t.id FROM ticket t FORCE INDEX (%s)
                WHERE t.status <> ? AND t.status IN (?, ?) ORDER BY t.%s DESC, t.id DESC
                LIMIT 10 OFFSET 10000
                """
            .formatted(index, column),
        ".deleted",
        "new",
        "open");
  }

  @ParameterizedTest
  @CsvSource({
    "reply_ticket, id",
    "reply_date, date_local",
    "reply_modified, modified_local",
    "reply_agent_order, agent_id",
    "reply_customer_order, customer_id"
  })
  void soItIsWithTheRepliesToATicket(String index, String column) {
    assertFromTheIndex(
        """
                SELECT r.id FROM reply r FORCE INDEX (%s)
                WHERE r.ticket_id = ? AND r.status = ? ORDER BY r.%s DESC, r.id DESC
                LIMIT 10 OFFSET 10000
                """
            .formatted(index, column),
        7,
        "publish");
  }

  @ParameterizedTest
  @CsvSource({
    "article, article_date, date_local",
    "article, article_modified, modified_local",
    "article, article_title, title_key",
    "article, article_slug, slug",
    "article, article_author, author_id",
    "form, form_title, title_key",
    "form, form_date, date_local",
    "form, form_modified, modified_local"
  })
  void anIndexAloneSortsWhatIsPublished(String table, String index, String column) {
    assertFromTheIndex(
        """
        SELECT a.id FROM %s a FORCE INDEX (%s) WHERE a.status = 'publish'
        ORDER BY a.%s DESC, a.id DESC LIMIT 10 OFFSET 10000
        """
            .formatted(table, index, column));
  }

  private static void assertFromTheIndex(String select, Object... args) {
    String plan = TestServer.fresh().values("EXPLAIN FORMAT=JSON " + select, args).get(0);
    assertTrue(plan.contains("\"using_index\": true"), plan);
    assertFalse(plan.contains("\"filesort\"") || plan.contains("\"using_filesort\": true"), plan);
  }
}
