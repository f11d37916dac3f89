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
    String plan =
        TestServer.fresh()
            .values(
                """
                EXPLAIN FORMAT=JSON SELECT t.id FROM ticket t FORCE INDEX (%s)
                WHERE t.status <> ? AND t.status IN (?, ?) ORDER BY t.%s DESC, t.id DESC
                LIMIT 10 OFFSET 10000
                """
                    .formatted(index, column),
                ".deleted",
                "new",
                "open")
            .get(0);
    assertTrue(plan.contains("\"using_index\": true"), plan);
    assertFalse(plan.contains("\"filesort\"") || plan.contains("\"using_filesort\": true"), plan);
  }
}
