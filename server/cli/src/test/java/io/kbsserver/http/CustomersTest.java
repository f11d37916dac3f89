package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.http.TestServer.User;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers as those who run the help desk read them. */
class CustomersTest {

  private static final String CUSTOMERS = "/wp-json/kbs/v1/customers";

  private static TestServer server;
  private static HttpApi api;
  private static User login;
  private static long company;
  private static long carl;
  private static long dora;
  private static long emil;

  @BeforeAll
  static void makeThem() {
    server = TestServer.fresh();
    login = server.user("support_customer");
    api = server.user("support_manager").api();
    company = server.company("Carl's");
    carl = customer("Carl Ärger", "carl@example.org", login.id(), company, "2023-01-04 07:00:00");
    dora = customer("Dora O'Hara", "dora@example.com", null, null, "2022-01-05 07:00:00");
    emil = customer("Emil 100% Extern", "emil@acme.example", null, company, null);
    server.sql(
        "UPDATE customer SET primary_phone = '+49 111', website = 'https://carl.example.org',"
            + " address_city = 'Berlin', notes = ? WHERE id = ?",
        "\n\nJanuary 3, 2023 - oldest".repeat(19)
            + "\n\nJanuary 4, 2023 - O\\'Hara older\n\nJanuary 5, 2023 - newer\nin two lines",
        carl);
    server.sql(
        "INSERT INTO customer_email (customer_id, email, position) VALUES"
            + " (?, 'z.first@example.net', 0), (?, 'carl@example.org', 1), (?, 'a.last@x.example', 2)",
        carl,
        carl,
        carl);
    server.sql("INSERT INTO customer (id, missing) VALUES (?, TRUE)", emil + 1000);
  }

  private static long customer(
      String name, String email, Long userId, Long companyId, String created) {
    long id = server.customer(email, userId, companyId);
    server.sql("UPDATE customer SET name = ?, created_at = ? WHERE id = ?", name, created, id);
    return id;
  }

  private static Answer get(String path) {
    return api.send("GET", CUSTOMERS + path, null, null);
  }

  @Test
  void aCustomerIsShownWithAllThatIsKnown() {
    Answer customer = get("/" + carl).assertOk();
    assertEquals("Carl Ärger", customer.text("name"));
    assertEquals(
        "[\"z.first@example.net\",\"a.last@x.example\"]", json(customer, "additional_emails"));
    assertEquals("{\"primary\":\"+49 111\",\"additional\":\"\"}", json(customer, "phone"));
    assertEquals("Berlin", customer.text("address.city"));
    assertEquals("", customer.text("address.zip"));
    assertEquals(company, customer.json().get("company").asLong());
    assertEquals("2023-01-04 07:00:00", customer.text("date_created"));
    JsonNode notes = customer.json().get("notes");
    assertEquals("January 5, 2023 - newer\nin two lines", notes.get(0).asText());
    assertEquals("January 4, 2023 - O'Hara older", notes.get(1).asText());
    assertEquals(20, notes.size(), "as in the plugin");
    String root = server.address() + "/wp-json";
    assertEquals(root + "/kbs/v1/customers/" + carl, href(customer, "self"));
    assertEquals(root + "/kbs/v1/companies/" + company, href(customer, "company"));
    assertEquals(root + "/kbs/v1/tickets/?customer=" + carl, href(customer, "tickets"));
  }

  @Test
  void whatIsNotKnownIsEmpty() {
    Answer customer = get("/" + emil).assertOk();
    assertEquals("0", json(customer, "user_id"));
    assertEquals("", customer.text("website"));
    assertEquals("[]", json(customer, "additional_emails"));
    assertEquals("[]", json(customer, "notes"));
    assertEquals("null", json(customer, "date_created"));
    assertFalse(customer.json().get("_links").has("user"));
  }

  @Test
  void ticketsInRegisteredStatusesAreCounted() {
    String email = TestServer.unique("counted") + "@example.org";
    long id = server.customer(email, null, null);
    api.post("", ticket(email)).assertOk();
    long second = api.post("", ticket(email)).assertOk().id();
    assertEquals("2", json(get("/" + id), "ticket_count"));
    server.sql(
        "INSERT IGNORE INTO ticket_status (slug, label, registered, assignable, position)"
            + " VALUES ('draft', 'Draft', FALSE, FALSE, 99)");
    server.sql("UPDATE ticket SET status = 'draft' WHERE id = ?", second);
    assertEquals("1", json(get("/" + id), "ticket_count"));
    assertEquals(1, get("?include=" + id).json().get(0).get("ticket_count").asLong());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "999999", "99999999999999999999"})
  void whereThereIsNoneItIsSaid(String id) {
    get("/" + id).assertError(404, "rest_customer_invalid_id");
    get("/" + (emil + 1000)).assertError(404, "rest_customer_invalid_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "1.5", "1abc"})
  void whatIsNoIdHasNoRoute(String id) {
    get("/" + id).assertError(404, "rest_no_route");
    server
        .anonymous()
        .send("GET", CUSTOMERS + "/" + id, null, null)
        .assertError(404, "rest_no_route");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "orderby=id&order=asc | carl dora emil",
        "orderby=name | emil dora carl",
        "orderby=email&order=asc | carl dora emil",
        "orderby=company_id&order=desc | emil carl dora",
        "orderby=user_id | carl emil dora",
        "orderby=date&order=desc | carl dora emil",
        "exclude_id=DORA&order=asc | carl emil",
        "id=CARL,DORA | dora carl",
        "id=CARL,DORA&include=DORA,EMIL | dora",
        "company=COMPANY | emil carl",
        "user_id=LOGIN | carl",
        "context=edit&order=asc | carl dora emil",
        "name=ARGER | carl",
        "name=100% | emil",
        "name=1%25e | ",
        "search=acme | emil",
        "search=z.first | carl",
        "search=example+-dora&order=asc | carl emil",
        "per_page=1&page=2&order=asc | dora",
        "number=2&order=asc | carl dora",
        "number=4294967298&order=asc | carl dora emil",
        "number=2&per_page=1&order=asc | carl",
        "number=0&offset=2 | carl",
        "page=9 | "
      })
  void aParameterBringsWhatItSays(String query, String expected) {
    String ids =
        query
            .replace("CARL", "" + carl)
            .replace("DORA", "" + dora)
            .replace("EMIL", "" + emil)
            .replace("COMPANY", "" + company)
            .replace("LOGIN", "" + login.id())
            .replace("100%", "100%25");
    String these = query.contains("include") ? "" : "&include=%d,%d,%d".formatted(carl, dora, emil);
    if (query.contains("exclude_id")) {
      these = "&search=e&id=%d,%d,%d".formatted(carl, dora, emil);
    }
    assertEquals(ids(expected), get("?" + ids + these).assertOk().ids());
  }

  private static List<Long> ids(String names) {
    List<Long> ids = new ArrayList<>();
    Stream.of((names == null ? "" : names).split(" "))
        .filter(name -> !name.isEmpty())
        .map(name -> name.equals("carl") ? carl : name.equals("dora") ? dora : emil)
        .forEach(ids::add);
    return ids;
  }

  @Test
  void pagesHaveTotalsAndLinks() {
    Answer page = get("?include=%d,%d,%d&per_page=2".formatted(carl, dora, emil)).assertOk();
    assertEquals(3, page.total());
    assertEquals("2", page.header("X-WP-TotalPages"));
    assertTrue(page.header("Link").contains("page=2>; rel=\"next\""), page::toString);
    Answer behind = get("?include=%d&page=7".formatted(carl)).assertOk();
    assertEquals(List.of(), behind.ids());
    assertEquals(1, behind.total());
  }

  @Test
  void aPageIsOfTwentyUnlessItIsAskedOtherwiseAndOfNoMoreThanAHundred() {
    String mark = TestServer.unique("many");
    for (int i = 0; i < 101; i++) {
      server.customer(mark + i + "@example.org", null, null);
    }
    assertEquals(20, get("?search=" + mark).ids().size());
    assertEquals(20, get("?number=-1&search=" + mark).ids().size());
    assertEquals(100, get("?number=500&search=" + mark).ids().size());
    get("?per_page=101").assertError(400, "rest_invalid_param").assertNames("per_page");
  }

  @Test
  void theCompanyIsEmbeddedAndTheTicketsAreNot() {
    Answer customer = get("/" + carl + "?_embed").assertOk();
    assertEquals("Carl's", customer.text("_embedded.company.0.title.raw"));
    assertEquals("rest_no_route", customer.text("_embedded.tickets.0.code"));
  }

  @Test
  void customersAreThereWhereTicketsAreSwitchedOff() {
    server.set("disable_tickets", "1");
    try {
      get("/" + carl).assertOk();
      Answer embedding = get("/" + carl + "?_embed=company").assertOk();
      assertEquals("rest_no_route", embedding.text("_embedded.company.0.code"));
    } finally {
      server.resetSettings();
    }
  }

  private static String json(Answer answer, String field) {
    return answer.json().get(field).toString();
  }

  private static String href(Answer answer, String relation) {
    return answer.json().get("_links").get(relation).get(0).get("href").asText();
  }
}
