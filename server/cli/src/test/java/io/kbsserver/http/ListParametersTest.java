package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.TICKETS;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The filters of the list on the site of the fixture, each against SQL that says the same in plain
 * words.
 */
class ListParametersTest {

  private static final String LISTED = "status IN ('new', 'open', 'hold', 'closed')";
  private static final Pattern LINK = Pattern.compile("<([^>]+)>; rel=\"(\\w+)\"");

  private static TestServer server;
  private static HttpApi api;

  @BeforeAll
  static void start() {
    server = ImportedServer.get();
    api = server.user("support_manager").api();
  }

  private static List<Long> sql(String condition, String order) {
    return server
        .values(
            "SELECT t.id FROM ticket t WHERE "
                + LISTED
                + " AND "
                + condition
                + " ORDER BY "
                + order)
        .stream()
        .map(Long::valueOf)
        .toList();
  }

  /** All tickets that a query brings, page by page. */
  private static List<Long> all(String query) {
    Answer first = api.get("?per_page=100" + (query.isEmpty() ? "" : "&" + query));
    assertEquals(first.ids().size(), first.total(), query);
    return first.ids();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 1 = 1",
        "status=open | status = 'open'",
        "status=open,hold | status IN ('open', 'hold')",
        "status=open%20hold | status IN ('open', 'hold')",
        "status=open,%20hold, | status IN ('open', 'hold')",
        "status[]=open&status[]=hold | status IN ('open', 'hold')",
        "status[0]=open&status[1]=hold | status IN ('open', 'hold')",
        "status[7]=open&status[3]=hold | status IN ('open', 'hold')",
        "status=new&status=closed | status = 'closed'",
        "status[]=open | status = 'open'",
        "agent=3 | agent_id = 3",
        "agent=0 | 1 = 0",
        "agent=-3 | 1 = 0",
        "agent=99999 | 1 = 0",
        "agent=3.0 | agent_id = 3",
        "customer=1 | customer_id = 1",
        "company=12 | company_id = 12",
        "user=6 | user_id = 6",
        "include=18,22,26 | id IN (18, 22, 26)",
        "include=-18,22 | id IN (18, 22)",
        "include=18,18,18 | id = 18",
        "include[]=18&include[]=22 | id IN (18, 22)",
        "include=0 | 1 = 0",
        "include= | 1 = 1",
        "include=1 | 1 = 0",
        "exclude=18,22 | id NOT IN (18, 22)",
        "exclude= | 1 = 1",
        "exclude=18&include=18,22 | id IN (18, 22)",
        "search=printer | CONCAT(title_raw, ' / ', content_raw) LIKE '%printer%'",
        "search=PRINTER | CONCAT(title_raw, ' / ', content_raw) LIKE '%printer%'",
        "search= | 1 = 1",
        "search=%27server%27 | CONCAT(title_raw, ' / ', content_raw) LIKE '%server%'",
        "search=-+server+0+a+the | CONCAT(title_raw, ' / ', content_raw) LIKE '%server%'",
        "search=%3Cb%3Eserver%3C/b%3E%0A | CONCAT(title_raw, ' / ', content_raw) LIKE '%server%'",
        "search=- | 1 = 0",
        "search=0 | CONCAT(title_raw, ' / ', content_raw) LIKE '%0%'",
        "search=%22the%22 | CONCAT(title_raw, ' / ', content_raw) LIKE '%\"the\"%'",
        "search=%22+two%22 | CONCAT(title_raw, ' / ', content_raw) LIKE '% two%'",
        "search=%22two+%22 | CONCAT(title_raw, ' / ', content_raw) LIKE '%two %'",
        "search=-%22line+two%22 | CONCAT(title_raw, ' / ', content_raw) LIKE '%line two%'",
        "search=content+-%22odd%22 | CONCAT(title_raw, ' / ', content_raw) LIKE '%content%' AND CONCAT(title_raw, ' / ', content_raw) LIKE '%odd%'",
        "search=%22unfinished+phrase | CONCAT(title_raw, ' / ', content_raw) LIKE '%unfinished phrase%'",
        "search=quick+brown+fox+jumps+over+lazy+dog+Long+word | CONCAT(title_raw, ' / ', content_raw) LIKE '%quick%' AND CONCAT(title_raw, ' / ', content_raw) LIKE '%word%'",
        "search=quick+brown+fox+jumps+over+lazy+dog+Long+word+ten | CONCAT(title_raw, ' / ', content_raw) LIKE '%quick brown fox jumps over lazy dog Long word ten%'",
        "search=%5C | 1 = 1",
        "search=%5C%5C | LOCATE(CHAR(92), CONCAT(title_raw, ' / ', content_raw)) > 0",
        "search=-printer | CONCAT(title_raw, ' / ', content_raw) NOT LIKE '%printer%'",
        "ticket_categories=10 | id IN (SELECT ticket_id FROM ticket_term WHERE term_id = 10)",
        "ticket_categories=10,11 | id IN (SELECT ticket_id FROM ticket_term WHERE term_id IN (10, 11))",
        "ticket_categories=7 | 1 = 0",
        "ticket_categories_exclude=10 | id NOT IN (SELECT ticket_id FROM ticket_term WHERE term_id = 10)",
        "ticket_departments=7 | id IN (SELECT ticket_id FROM ticket_term WHERE term_id = 7)",
        "ticket_departments_exclude=7 | id NOT IN (SELECT ticket_id FROM ticket_term WHERE term_id = 7)",
        "ticket_tag=14 | id IN (SELECT ticket_id FROM ticket_term WHERE term_id = 14)",
        "ticket_tag_exclude=14,15 | id NOT IN (SELECT ticket_id FROM ticket_term WHERE term_id IN (14, 15))",
        "ticket_sources=2 | id IN (SELECT ticket_id FROM ticket_term WHERE term_id = 2)",
        "ticket_sources_exclude=2 | id NOT IN (SELECT ticket_id FROM ticket_term WHERE term_id = 2)",
        "after=2024-01-01T00:00:00 | date_local > '2024-01-01 00:00:00'",
        "before=2024-01-01T00:00:00 | date_local < '2024-01-01 00:00:00'",
        "after=2023-12-31T23:00:00Z | date_local > '2024-01-01 00:00:00'",
        "after=2024-07-01T00:00:00%2B02:00 | date_local > '2024-07-01 00:00:00'",
        "before=2024-01-01%2000:00:00.999 | date_local < '2024-01-01 00:00:00'",
        "after=2023-02-30T00:00:00 | date_local > '2023-03-02 00:00:00'",
        "before=2023-00-00T00:00:00 | date_local < '2022-11-30 00:00:00'",
        "after=2023-00-10T00:00:00 | date_local > '2022-12-10 00:00:00'",
        "after=2023-06-00T10:00:00Z | date_local > '2023-05-31 12:00:00'",
        "after=2023-06-30T24:30:15 | date_local > '2023-07-01 00:30:15'",
        "after=9999-12-31T24:00:00 | 1 = 0",
        "before=0000-01-01T00:00:00%2B14:00 | 1 = 0",
        "before=9999-12-31T24:59:60-14:00 | 1 = 1",
        "modified_after=2024-01-01T00:00:00 | modified_local > '2024-01-01 00:00:00'",
        "modified_before=2023-12-31T23:00:00Z | modified_local < '2024-01-01 00:00:00'",
        "modified_after=2023-01-01T00:00:00&modified_before=2024-01-01T00:00:00 | modified_local > '2023-01-01' AND modified_local < '2024-01-01'",
        "agent=3&status=open,closed&ticket_categories=10,11,12,13 | agent_id = 3 AND status IN ('open', 'closed') AND id IN (SELECT ticket_id FROM ticket_term WHERE term_id IN (10, 11, 12, 13))",
        "customer=1&company=12&after=2000-01-01T00:00:00 | customer_id = 1 AND company_id = 12",
        "tax_relation=OR&ticket_categories=10&ticket_departments=7 | id IN (SELECT ticket_id FROM ticket_term WHERE term_id IN (7, 10))",
        "tax_relation=AND&ticket_categories=10&ticket_departments=7 | id IN (SELECT a.ticket_id FROM ticket_term a JOIN ticket_term b USING (ticket_id) WHERE a.term_id = 7 AND b.term_id = 10)",
        "tax_relation=OR&agent=3 | agent_id = 3",
        "unknown=x&ticket_category=10&department=7 | 1 = 1",
        "context=view | 1 = 1",
        "context=anything | 1 = 1",
        "id=18 | 1 = 1"
      })
  void aFilterBringsWhatItSays(String query, String condition) {
    assertEquals(sql(condition, "t.id DESC"), all(query));
  }

  @Test
  void theMomentsOfAfterAndBeforeDoNotCount() {
    for (String moment :
        server.values("SELECT DISTINCT date_local FROM ticket WHERE " + LISTED + " LIMIT 5")) {
      String iso = moment.substring(0, 19).replace(' ', 'T');
      assertEquals(sql("date_local > '" + moment + "'", "t.id DESC"), all("after=" + iso));
      assertEquals(sql("date_local < '" + moment + "'", "t.id DESC"), all("before=" + iso));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "id, t.id",
    "date, t.date_local",
    "modified, t.modified_local",
    "agent, t.agent_id",
    "customer, t.customer_id",
    "title, t.title_raw"
  })
  void theOrderIsThatOfTheColumnWithTheIdForTies(String orderby, String column) {
    for (String order : List.of("asc", "desc")) {
      List<Long> wanted = sql("1 = 1", column + " " + order + ", t.id " + order);
      assertEquals(wanted, all("orderby=" + orderby + "&order=" + order), order);
      // Page by page it is the same order.
      List<Long> paged = new ArrayList<>();
      for (int page = 1; page <= (wanted.size() + 8) / 9; page++) {
        paged.addAll(
            api.get("?per_page=9&orderby=" + orderby + "&order=" + order + "&page=" + page).ids());
      }
      assertEquals(wanted, paged);
    }
  }

  @Test
  void theOrderOfIncludeIsKept() {
    List<Long> wanted = List.of(26L, 18L, 31L, 22L);
    for (String order : List.of("", "&order=asc", "&order=desc")) {
      assertEquals(wanted, all("orderby=include&include=26,18,31,18,22" + order));
    }
    assertEquals(
        List.of(31L),
        api.get("?orderby=include&include=26,18,31,22&per_page=2&page=2").ids().subList(0, 1));
  }

  @Test
  void pagesAreCutWhereTheySay() {
    List<Long> all = all("");
    int total = all.size();
    assertEquals(all.subList(0, 10), api.get("").ids());
    for (String query :
        List.of("per_page=7&page=3", "per_page=7.0&page=3e0", "per_page=%2B7&page=3")) {
      Answer answer = api.get("?" + query);
      assertEquals(all.subList(14, 21), answer.ids(), query);
      assertEquals(total, answer.total());
      assertEquals(String.valueOf((total + 6) / 7), answer.header("X-WP-TotalPages"));
    }
    assertEquals(all.subList(5, 15), api.get("?offset=5").ids());
    assertEquals(all.subList(5, 15), api.get("?offset=-5").ids());
    assertEquals(all.subList(5, 8), api.get("?offset=5&per_page=3&page=2").ids());
    Answer behind = api.get("?offset=" + total);
    assertEquals(List.of(), behind.ids());
    assertEquals(0, behind.total());
    for (String far : List.of("99999999999", "-9223372036854775808", "1e300")) {
      assertEquals(List.of(), api.get("?offset=" + far).ids(), far);
    }
    for (String far :
        List.of("1000", "2147483647", "2147483648", "4294967297", "9223372036854775807", "1e100")) {
      api.get("?page=" + far).assertError(400, "rest_post_invalid_page_number");
      api.get("?page=" + far + "&per_page=100").assertError(400, "rest_post_invalid_page_number");
      Answer nothing = api.get("?agent=99999&page=" + far);
      assertEquals(List.of(), nothing.ids());
      assertEquals(0, nothing.total());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "per_page=7",
        "per_page=20&status=open,hold",
        "per_page=5&status[]=open&status[]=closed&order=asc",
        "per_page=10&search=%22a%22+b%26c%3Dd%25",
        "per_page=10&search=e",
        "per_page=3&include=18,22,26,31,33,37,42&orderby=include",
        "per_page=9&unknown[a][b]=c+d&after=2000-01-01T00:00:00%2B02:00",
        "per_page=9&exclude[5]=18&_fields=id"
      })
  void theLinksLeadThroughAllPagesAndBack(String query) {
    List<Long> wanted = all(query.replaceFirst("per_page=\\d+&?", ""));
    List<Long> forward = new ArrayList<>();
    String last = "?" + query;
    for (String next = last; next != null; next = link(api.get(next), "next")) {
      assertTrue(forward.size() <= wanted.size(), "The links go in circles");
      forward.addAll(api.get(next).ids());
      last = next;
    }
    assertEquals(wanted, forward);
    List<Long> backward = new ArrayList<>();
    for (String previous = last; previous != null; previous = link(api.get(previous), "prev")) {
      assertTrue(backward.size() <= wanted.size(), "The links go in circles");
      backward.addAll(0, api.get(previous).ids());
    }
    assertEquals(wanted, backward);
  }

  /** The query of a link, as a client would follow it; null where there is none. */
  private static String link(Answer answer, String relation) {
    Matcher links = LINK.matcher(answer.header("Link"));
    while (links.find()) {
      if (links.group(2).equals(relation)) {
        String start = server.address() + TICKETS;
        assertTrue(links.group(1).startsWith(start + "?"), answer::toString);
        return links.group(1).substring(start.length());
      }
    }
    return null;
  }

  @Test
  void anEmptyStatusAlsoBringsPrivateTicketsToThoseWhoMayReadThem() {
    TreeSet<Long> withPrivate = new TreeSet<>(all("status="));
    TreeSet<Long> without = new TreeSet<>(all(""));
    TreeSet<Long> wanted = new TreeSet<>(without);
    server
        .values("SELECT id FROM ticket WHERE status = 'private'")
        .forEach(id -> wanted.add(Long.valueOf(id)));
    assertEquals(wanted, withPrivate);
    assertTrue(withPrivate.size() > without.size());
    HttpApi customer = server.user("support_customer").api();
    assertEquals(0, customer.get("?status=").total());
  }

  @Test
  void aJsonBodyOnGetWinsOverTheQueryAndAFormDoesNot() {
    Answer byBody =
        api.send(
            "GET", TICKETS + "?status=open&per_page=100", JSON, json(fields("status", "hold")));
    assertEquals(sql("status = 'hold'", "t.id DESC"), byBody.ids());
    byBody =
        api.send(
            "GET",
            TICKETS + "?per_page=100",
            JSON,
            json(fields("status", List.of("hold", "new"), "agent", "3", "order", "asc")));
    assertEquals(sql("status IN ('hold', 'new') AND agent_id = 3", "t.id"), byBody.ids());
    Answer byForm =
        api.send("GET", TICKETS + "?status=open&per_page=100", HttpApi.FORM, "status=hold");
    assertEquals(sql("status = 'open'", "t.id DESC"), byForm.ids());
  }

  @Test
  void onlyTheFieldsThatAreAskedForComeBack() {
    JsonNode item = api.get("?per_page=1&_fields=id,title.raw,ticket_data.agent").json().get(0);
    assertEquals(List.of("id", "title", "ticket_data"), names(item));
    assertEquals(List.of("raw"), names(item.path("title")));
    assertEquals(List.of("agent"), names(item.path("ticket_data")));
    for (String form :
        List.of("_fields=id,status", "_fields[]=id&_fields[]=status", "_fields=id%20status")) {
      assertEquals(List.of("id", "status"), names(api.get("?per_page=1&" + form).json().get(0)));
    }
    assertEquals(List.of(), names(api.get("?per_page=1&_fields=nothing").json().get(0)));
    assertEquals(List.of("id", "_links"), names(api.get("/18?_fields=id").json()));
    assertEquals(names(api.get("/18").json()), names(api.get("/18?_fields=").json()));
    api.get("/99999?_fields=id").assertError(404, "rest_post_invalid_id");
    assertEquals("rest_post_invalid_id", api.get("/99999?_fields=id").text("code"));
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void departmentsThatAreSwitchedOffAreNoFilter() {
    TestServer fresh = TestServer.fresh();
    HttpApi manager = fresh.user("support_manager").api().preferring("lenient");
    long total = manager.get("").total();
    assertEquals(0, manager.get("?ticket_departments=99999").total());
    try {
      fresh.set("enable_departments", "");
      assertEquals(total, manager.get("?ticket_departments=99999").total());
      assertEquals(total, manager.get("?ticket_departments_exclude=1").total());
    } finally {
      fresh.resetSettings();
    }
  }
}
