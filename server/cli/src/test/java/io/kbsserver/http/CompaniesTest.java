package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Companies as those who run the help desk read them. */
class CompaniesTest {

  private static final String COMPANIES = "/wp-json/kbs/v1/companies";

  /** In every name, so that a search finds the companies of this class only. */
  private static final String MARK = TestServer.unique("companies");

  private static TestServer server;
  private static HttpApi api;
  private static long acme;
  private static long initech;
  private static long secret;
  private static long trash;
  private static long contact;

  @BeforeAll
  static void makeThem() {
    server = TestServer.fresh();
    api = server.user("support_manager").api();
    contact = server.customer(TestServer.unique("contact") + "@example.org", null, null);
    acme = server.company("Acme & \"Söhne\" " + MARK);
    initech = server.company("Initech " + MARK);
    secret = server.company("Secret " + MARK);
    trash = server.company("Trash " + MARK);
    server.sql(
        "UPDATE company SET slug = 'acme', contact_customer_id = ?, contact = 'Rolf',"
            + " email = 'info@acme.example', phone = '+49 30', website = 'https://acme.example',"
            + " content = 'One\n\ntwo', logo_id = 20 WHERE id = ?",
        contact,
        acme);
    server.sql("UPDATE company SET status = 'private' WHERE id = ?", secret);
    server.sql("UPDATE company SET status = 'trash', protected = TRUE WHERE id = ?", trash);
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static Answer get(String path) {
    return api.send("GET", COMPANIES + path, null, null);
  }

  @Test
  void aCompanyIsShownWithAllThatIsKnown() {
    Answer company = get("/" + acme).assertOk();
    assertEquals("acme", company.text("slug"));
    assertEquals("Acme & \"Söhne\" " + MARK, company.text("title.raw"));
    assertEquals("Acme &#038; &#8220;Söhne&#8221; " + MARK, company.text("title.rendered"));
    assertEquals("<p>One</p>\n<p>two</p>\n", company.text("content.rendered"));
    assertEquals(20, company.json().get("featured_media").asLong());
    assertEquals(
        ("{'_kbs_company_customer':%d,'_kbs_company_contact':'Rolf',"
                + "'_kbs_company_email':'info@acme.example','_kbs_company_phone':'+49 30',"
                + "'_kbs_company_website':'https://acme.example'}")
            .formatted(contact)
            .replace('\'', '"'),
        company.json().get("meta").toString());
    String root = server.address() + "/wp-json/kbs/v1";
    assertEquals(root + "/companies/" + acme, company.text("_links.self.0.href"));
    assertEquals(root + "/customers/" + contact, company.text("_links.customer.0.href"));
    assertEquals(root + "/tickets/?company=" + acme, company.text("_links.tickets.0.href"));
    assertFalse(get("/" + initech).json().get("_links").has("customer"));
  }

  @Test
  void whatIsNotForEverybodyIsMarked() {
    assertEquals("Private: Secret " + MARK, get("/" + secret).text("title.rendered"));
    assertEquals("Protected: Trash " + MARK, get("/" + trash).text("title.rendered"));
    server.sql("UPDATE company SET content = 'Hidden' WHERE id = ?", trash);
    assertEquals("Hidden", get("/" + trash).text("content.raw"));
    assertEquals("", get("/" + trash).text("content.rendered"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "999999", "99999999999999999999"})
  void whereThereIsNoneItIsSaid(String id) {
    Answer none = get("/" + id).assertError(404, "rest_post_invalid_id");
    assertEquals("GET", none.header("Allow"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | secret initech acme",
        "order=asc | acme initech secret",
        "orderby=id&order=asc | acme initech secret",
        "orderby=customer | acme secret initech",
        "orderby=include&include=SECRET,ACME,TRASH | secret acme",
        "exclude=ACME | secret initech",
        "per_page=1&page=2 | initech",
        "offset=2 | acme",
        "page=2&per_page=2 | acme"
      })
  void aParameterBringsWhatItSays(String query, String expected) {
    String asked =
        query
            .replace("SECRET", "" + secret)
            .replace("ACME", "" + acme)
            .replace("TRASH", "" + trash);
    List<Long> wanted =
        Stream.of(expected.split(" "))
            .map(name -> name.equals("acme") ? acme : name.equals("initech") ? initech : secret)
            .toList();
    assertEquals(wanted, get("?search=" + MARK + "&" + asked).assertOk().ids());
  }

  @Test
  void pagesHaveTotalsAndAnEnd() {
    Answer page = get("?per_page=2&search=" + MARK).assertOk();
    assertEquals(3, page.total());
    assertEquals("2", page.header("X-WP-TotalPages"));
    get("?per_page=2&page=3&search=" + MARK).assertError(400, "rest_post_invalid_page_number");
    get("?orderby=include").assertError(400, "rest_orderby_include_missing_include");
    get("?orderby=date").assertNames("orderby");
    get("?order=up").assertNames("order");
  }

  @Test
  void theContactIsEmbedded() {
    Answer page = get("?_embed=customer&include=" + acme).assertOk();
    assertEquals(contact, page.json().at("/0/_embedded/customer/0/id").asLong());
    server.sql("UPDATE customer SET missing = TRUE WHERE id = ?", contact);
    try {
      Answer gone = get("/" + acme + "?_embed").assertOk();
      assertEquals("rest_customer_invalid_id", gone.text("_embedded.customer.0.code"));
    } finally {
      server.sql("UPDATE customer SET missing = FALSE WHERE id = ?", contact);
    }
  }

  @Test
  void companiesGoWithTheTickets() {
    server.set("disable_tickets", "1");
    get("").assertError(404, "rest_no_route");
    get("/" + acme).assertError(404, "rest_no_route");
  }
}
