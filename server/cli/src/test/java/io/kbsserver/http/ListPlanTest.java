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
    "ticket_title, title_key"
  })
  void anIndexAloneSortsAndFilters(String index, String column) {
    assertSortedByIndex(
        """
        SELECT t.id FROM ticket t FORCE INDEX (%s)
        WHERE t.status <> '.deleted' AND t.status IN ('new', 'open')
        ORDER BY t.%s DESC, t.id DESC LIMIT 10 OFFSET 10000
        """
            .formatted(index, column));
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
    assertSortedByIndex(
        """
        SELECT a.id FROM %s a FORCE INDEX (%s) WHERE a.status = 'publish'
        ORDER BY a.%s DESC, a.id DESC LIMIT 10 OFFSET 10000
        """
            .formatted(table, index, column));
  }

  private static void assertSortedByIndex(String select) {
    String plan = TestServer.fresh().values("EXPLAIN FORMAT=JSON " + select).get(0);
    assertTrue(plan.contains("\"using_index\": true"), plan);
    assertFalse(plan.contains("\"filesort\"") || plan.contains("\"using_filesort\": true"), plan);
  }
}
