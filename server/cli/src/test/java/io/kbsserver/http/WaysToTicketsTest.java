package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a customer sees for several reasons at once is in their list once, on whichever page. */
class WaysToTicketsTest {

  private static final int TICKETS = 40;
  private static final int PER_PAGE = 3;

  /** The ids of what is seen, said otherwise than the server does. */
  private static final String SEEN =
      """
      SELECT DISTINCT t.id FROM ticket t
      LEFT JOIN ticket_participant p ON p.ticket_id = t.id AND p.email = '%s'
      WHERE t.protected = FALSE AND t.customer_id IS NOT NULL AND t.status <> 'trash'
      AND (t.customer_id IN (%d, %d) OR t.company_id = %d OR p.email IS NOT NULL)
      AND (%s) ORDER BY t.id %s
      """;

  private static TestServer server;
  private static User customer;
  private static long first;
  private static long second;
  private static long company;

  @BeforeAll
  static void start() {
    server =
        TestServer.on(TestDatabase.get().createMigratedSchema("http_ways_to_tickets"), Map.of());
    server.set("enable_participants", "1");
    User manager = server.user("support_manager");
    customer = server.user("support_customer");
    company = server.company("Seafarers");
    first = server.customer(customer.email(), customer.id(), company);
    second = server.customer("other-" + customer.email(), customer.id(), null);
    long stranger = server.customer("stranger@example.org", null, null);
    for (int i = 0; i < TICKETS; i++) {
      long id = server.ticket(manager.login(), manager.password(), "way" + i + "@example.org");
      server.sql(
          "UPDATE ticket SET customer_id = ?, company_id = ?, status = ?, protected = ? WHERE id = ?",
          i % 4 == 0 ? first : i % 4 == 1 ? second : stranger,
          i % 3 == 0 ? company : null,
          i % 5 == 0 ? "closed" : "open",
          i % 11 == 10,
          id);
      if (i % 4 == 2 || i % 7 == 0) {
        server.sql(
            "INSERT INTO ticket_participant (ticket_id, email, position) VALUES (?, ?, 0)",
            id,
            customer.email());
      }
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> seen(String condition, String order) {
    return server.values(
        SEEN.formatted(customer.email(), first, second, company, condition, order));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1 = 1",
    "status=closed&, t.status = 'closed'",
    "company=COMPANY&, t.company_id = COMPANY",
    "exclude=FIRST&, t.id <> FIRST",
    "include=FIRST&, t.id = FIRST"
  })
  void eachTicketIsOnOnePage(String filter, String condition) {
    String id = seen("1 = 1", "ASC").get(0);
    for (String order : List.of("asc", "desc")) {
      List<String> all = seen(named(condition, id), order);
      assertTrue(!all.isEmpty(), condition);
      List<String> turned = new ArrayList<>();
      for (int page = 1; turned.size() < all.size(); page++) {
        String list =
            "?%s_fields=id&orderby=id&order=%s&per_page=%d&page=%d"
                .formatted(named(filter, id), order, PER_PAGE, page);
        Answer answer = customer.api().get(list).assertOk();
        assertEquals(String.valueOf(all.size()), answer.header("X-WP-Total"), list);
        turned.addAll(answer.ids().stream().map(String::valueOf).toList());
      }
      assertEquals(all, turned, filter + order);
    }
  }

  private static String named(String text, String id) {
    return text.replace("COMPANY", String.valueOf(company)).replace("FIRST", id);
  }

  @Test
  void anOffsetIsOfThemAll() {
    List<String> all = seen("1 = 1", "DESC");
    for (int offset = 0; offset < all.size(); offset++) {
      String list = "?_fields=id&orderby=id&per_page=4&offset=" + offset;
      assertEquals(
          all.subList(offset, Math.min(all.size(), offset + 4)),
          customer.api().get(list).assertOk().ids().stream().map(String::valueOf).toList());
    }
  }
}
