package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whoever turns the pages of a long list gets each row once, in the order of the database, also
 * where rows are equal or have no value; and what is changed meanwhile is on the next page that is
 * asked for. Pages that begin near are read otherwise than those that begin far.
 */
class TurnedPagesTest {

  private static final String CUSTOMERS = "/wp-json/kbs/v1/customers";
  private static final int PER_PAGE = 100;
  private static final Map<String, String> COLUMNS =
      Map.of(
          "id", "id",
          "user_id", "user_id",
          "name", "name_key",
          "email", "email",
          "company_id", "company_id",
          "date", "created_at");

  private static TestServer server;
  private static User manager;

  @BeforeAll
  static void start() {
    server = TestServer.on(TestDatabase.get().createMigratedSchema("http_turned_pages"), Map.of());
    manager = server.user("support_manager");
    User user = server.user("support_customer");
    server.sql("INSERT INTO company (id, name, content) VALUES (1, 'One', ''), (2, 'Two', '')");
    server.sql("INSERT INTO customer (name) VALUES ('')");
    for (int i = 0; i < 11; i++) {
      server.sql("INSERT INTO customer (name) SELECT '' FROM customer");
    }
    server.sql(
        """
        UPDATE customer SET
          name = ELT(1 + id * 7 % 11, 'Zoë', 'zoe', 'Zoe', 'Ødegård', '東京', '', ' ', 'a', 'B', 'ß', '😀'),
          user_id = IF(id % 400 = 3, ?, NULL),
          email = IF(id % 3 = 0, NULL, CONCAT(id * 7919 % 10007, '@example.org')),
          company_id = NULLIF(id * 5 % 3, 0),
          created_at = IF(id % 5 = 0, NULL, '2024-03-31 00:00:00' + INTERVAL id % 9 HOUR)
        """,
        user.id());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "id,asc",
    "id,desc",
    "user_id,asc",
    "user_id,desc",
    "name,asc",
    "name,desc",
    "email,asc",
    "email,desc",
    "company_id,asc",
    "company_id,desc",
    "date,asc",
    "date,desc"
  })
  void everyRowIsOnOnePage(String column, String order) {
    List<String> all = all(column, order);
    int pages = (all.size() + PER_PAGE - 1) / PER_PAGE;
    List<String> turned = new ArrayList<>();
    for (int page = 1; page <= pages; page++) {
      turned.addAll(page(column, order, "page=" + page));
    }
    assertEquals(all, turned);
    // Back, and to and fro.
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      int skipped = random.nextInt(all.size());
      assertEquals(
          all.subList(skipped, Math.min(all.size(), skipped + PER_PAGE)),
          page(column, order, "offset=" + skipped),
          "behind " + skipped);
    }
  }

  @ParameterizedTest
  @CsvSource({"id,desc", "email,asc", "date,desc"})
  void whatIsChangedMeanwhileIsOnTheNextPage(String column, String order) {
    String far = "offset=1100";
    List<String> before = page(column, order, far);
    assertEquals(before, page(column, order, far));
    // Whoever is new comes before.
    manager.api().post("", HttpApi.ticket("0-" + column + "@example.org")).assertOk();
    List<String> all = all(column, order);
    assertEquals(before.subList(0, PER_PAGE - 1), all.subList(1_101, 1_100 + PER_PAGE));
    for (int skipped : List.of(1_100, 1_100 + PER_PAGE, 1_100)) {
      assertEquals(
          all.subList(skipped, skipped + PER_PAGE), page(column, order, "offset=" + skipped));
    }
  }

  /** As the contract says, and as it is of what begins near. */
  @Test
  void anEmptyPageHasNoTag() {
    for (String offset : List.of("10000000", "2500")) {
      String list = "?per_page=100&offset=" + offset;
      Answer far = manager.api().send("GET", CUSTOMERS + list, null, null).assertOk();
      assertEquals(List.of(), far.ids());
      assertEquals("", far.header("ETag"));
    }
  }

  private static List<String> all(String column, String order) {
    String sql = COLUMNS.get(column);
    return server.values(
        "SELECT id FROM customer ORDER BY %1$s %2$s, id %2$s".formatted(sql, order));
  }

  private static List<String> page(String column, String order, String which) {
    String list =
        CUSTOMERS
            + "?_fields=id&per_page=%d&orderby=%s&order=%s&%s"
                .formatted(PER_PAGE, column, order, which);
    return manager.api().send("GET", list, null, null).assertOk().ids().stream()
        .map(String::valueOf)
        .toList();
  }
}
