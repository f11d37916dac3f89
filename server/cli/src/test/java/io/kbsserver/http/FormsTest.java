package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Submission forms and their fields, as websites read them, without a login. */
class FormsTest {

  private static final String FORMS = "/wp-json/kbs/v1/forms";
  private static final String FIELDS = FORMS + "/fields";

  /** In every title, so that a search finds the forms of this class only. */
  private static final String MARK = TestServer.unique("formsmark");

  private static final String SETTINGS =
      "{'blank':true,'chosen':true,'chosen_search':'Find','description':'<em>Which?</em>',"
          + "'description_pos':'field','hide_label':true,'input_class':'wide','label_class':'bold',"
          + "'mapping':'post_category','kb_search':true,'placeholder':'Choose','required':true,"
          + "'selected':true,'select_multiple':true,'select_options':['A','B'],"
          + "'show_logged_in':true,'type':'select','value':'A'}";

  private static TestServer server;
  private static HttpApi anybody;
  private static HttpApi manager;
  private static HttpApi agent;
  private static final Map<String, Long> IDS = new java.util.HashMap<>();

  @BeforeAll
  static void makeThem() {
    server = TestServer.fresh();
    anybody = server.anonymous();
    manager = server.user("support_manager").api();
    agent = server.user("support_agent").api();
    for (String name : List.of("contact", "returns", "secret", "sketch")) {
      IDS.put(name, server.form(name + " " + MARK));
    }
    server.sql("UPDATE form SET status = 'private' WHERE id = ?", IDS.get("secret"));
    server.sql("UPDATE form SET status = 'draft' WHERE id = ?", IDS.get("sketch"));
    server.sql(
        "UPDATE form SET date_local = '2025-07-01 12:00:00', date_gmt = '2025-07-01 10:00:00',"
            + " modified_local = '2025-01-02 12:00:00', modified_gmt = '2025-01-02 11:00:00',"
            + " redirect_page_id = 77, submission_count = 12 WHERE id = ?",
        IDS.get("contact"));
    field("topic", "contact", 2);
    field("mail", "contact", 1);
    field("old", "contact", 3);
    field("reason", "returns", 0);
    field("plan", "sketch", 0);
    IDS.put("orphan", server.formField(null, "orphan " + MARK, 9));
    server.sql(
        "UPDATE form_field SET settings = ?, default_field = 'category', slug = 'kbs-topic',"
            + " date_local = '2025-01-01 12:00:00', modified_local = '2025-01-01 12:00:00'"
            + " WHERE id = ?",
        SETTINGS.replace('\'', '"'),
        IDS.get("topic"));
    server.sql("UPDATE form_field SET status = 'draft' WHERE id = ?", IDS.get("old"));
  }

  private static void field(String name, String form, int position) {
    IDS.put(name, server.formField(IDS.get(form), name + " " + MARK, position));
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static Answer get(HttpApi api, String path) {
    return api.send("GET", path, null, null);
  }

  private static Answer form(HttpApi api, String name) {
    return get(api, FORMS + "/" + IDS.get(name));
  }

  private static Answer field(HttpApi api, String name) {
    return get(api, FIELDS + "/" + IDS.get(name));
  }

  private static String named(String query) {
    for (Map.Entry<String, Long> one : IDS.entrySet()) {
      query = query.replace(one.getKey().toUpperCase(java.util.Locale.ROOT), "" + one.getValue());
    }
    return query;
  }

  private static List<Long> ids(String names) {
    return Arrays.stream(names.split(" ")).map(IDS::get).toList();
  }

  @Test
  void aFormIsShownWithItsFieldsInTheirOrder() {
    Answer form = form(anybody, "contact").assertOk();
    assertEquals("contact " + MARK, form.text("title"));
    assertEquals("publish", form.text("status"));
    assertEquals("2025-07-01T12:00:00", form.text("date"));
    assertEquals("2025-07-01T10:00:00", form.text("date_gmt"));
    assertEquals("2025-01-02T12:00:00", form.text("modified"));
    assertEquals("2025-01-02T11:00:00", form.text("modified_gmt"));
    assertEquals(
        "{\"_redirect_page\":77,\"_submission_count\":12}", form.json().get("meta").toString());
    assertEquals(2, form.json().get("fields").size());
    assertEquals("mail " + MARK, form.text("fields.0.title"));
    assertFalse(form.json().at("/fields/0/default").asBoolean());
    assertEquals(IDS.get("topic"), form.json().at("/fields/1/ID").asLong());
    assertEquals("true", form.json().at("/fields/1/default").toString());
    assertEquals(SETTINGS.replace('\'', '"'), form.json().at("/fields/1/settings").toString());
    String root = server.address() + FORMS;
    assertEquals(root + "/" + IDS.get("contact"), form.text("_links.self.0.href"));
    assertEquals(root, form.text("_links.collection.0.href"));
  }

  @Test
  void aFieldIsShownByItself() {
    Answer field = field(anybody, "topic").assertOk();
    assertEquals("topic " + MARK, field.text("title"));
    assertEquals("2025-01-01T12:00:00", field.text("date"));
    assertEquals(IDS.get("contact"), field.json().get("parent").asLong());
    assertEquals(2, field.json().get("menu_order").asLong());
    assertEquals(
        "{\"_default_field\":\"category\",\"_kbs_field_settings\":"
            + SETTINGS.replace('\'', '"')
            + "}",
        field.json().get("meta").toString());
    assertEquals(
        server.address() + FIELDS + "/" + IDS.get("topic"), field.text("_links.self.0.href"));
    assertEquals(server.address() + FIELDS, field.text("_links.collection.0.href"));
    assertEquals(0, field(manager, "orphan").assertOk().json().get("parent").asLong());
  }

  @Test
  void whatIsNotPublishedIsForManagers() {
    for (HttpApi api : List.of(anybody, agent)) {
      for (String name : List.of("secret", "sketch")) {
        form(api, name).assertError(404, "rest_post_invalid_id");
      }
      for (String name : List.of("old", "plan", "orphan")) {
        field(api, name).assertError(404, "rest_post_invalid_id");
      }
      assertEquals(ids("returns contact"), get(api, FORMS + "?search=" + MARK).assertOk().ids());
      Answer refused = get(api, FIELDS + "?status=draft").assertNames("status");
      assertEquals("rest_forbidden_status", refused.text("data.details.status.code"));
      assertEquals(3, get(api, FIELDS + "?search=" + MARK).assertOk().total());
    }
    form(manager, "sketch").assertOk();
    field(manager, "plan").assertOk();
    assertEquals(ids("secret returns contact"), get(manager, FORMS + "?search=" + MARK).ids());
    assertEquals(
        ids("old"), get(manager, FIELDS + "?status=draft&search=" + MARK).assertOk().ids());
    assertEquals(
        ids("topic reason plan orphan old mail"),
        get(manager, FIELDS + "?status=any&search=" + MARK).assertOk().ids());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "999999", "99999999999999999999"})
  void whereThereIsNoneItIsSaid(String id) {
    get(anybody, FORMS + "/" + id).assertError(404, "rest_post_invalid_id");
    get(anybody, FIELDS + "/" + id).assertError(404, "rest_post_invalid_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | returns contact",
        "order=asc | contact returns",
        "orderby=id | returns contact",
        "orderby=date | returns contact",
        "orderby=modified&order=asc | contact returns",
        "orderby=include&include=RETURNS,CONTACT,SKETCH | returns contact",
        "exclude=CONTACT | returns",
        "per_page=1&page=2 | contact",
        "offset=1 | contact",
        "context=edit | returns contact"
      })
  void formsAreListedAsAsked(String query, String expected) {
    assertEquals(
        ids(expected),
        get(anybody, FORMS + "?search=" + MARK + "&" + named(query)).assertOk().ids());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | topic reason mail",
        "order=asc | mail reason topic",
        "orderby=id&order=asc | topic mail reason",
        "orderby=date&order=asc | topic mail reason",
        "orderby=modified&order=asc | topic mail reason",
        "orderby=menu_order&order=asc | reason mail topic",
        "orderby=parent&order=asc | topic mail reason",
        "orderby=include&include=ORPHAN,MAIL,PLAN | mail",
        "exclude=MAIL,TOPIC | reason",
        "parent=CONTACT | topic mail",
        "parent=SKETCH,RETURNS | reason",
        "parent_exclude=CONTACT | reason",
        "slug=kbs-topic | topic",
        "status=publish | topic reason mail",
        "per_page=2&page=2 | mail",
        "offset=2 | mail",
        "context=edit&per_page=1 | topic"
      })
  void fieldsAreListedAsAsked(String query, String expected) {
    assertEquals(
        ids(expected),
        get(anybody, FIELDS + "?search=" + MARK + "&" + named(query)).assertOk().ids());
  }

  @Test
  void pagesHaveTotalsAndAnEnd() {
    Answer page = get(anybody, FIELDS + "?per_page=2&search=" + MARK).assertOk();
    assertEquals(3, page.total());
    assertEquals("2", page.header("X-WP-TotalPages"));
    get(anybody, FIELDS + "?per_page=2&page=3&search=" + MARK)
        .assertError(400, "rest_post_invalid_page_number");
    get(anybody, FORMS + "?per_page=1&page=3&search=" + MARK)
        .assertError(400, "rest_post_invalid_page_number");
    get(anybody, FORMS + "?orderby=include")
        .assertError(400, "rest_orderby_include_missing_include");
    get(anybody, FORMS + "?orderby=menu_order").assertNames("orderby");
    get(anybody, FIELDS + "?parent=x").assertNames("parent");
    get(anybody, FIELDS + "?status=bad").assertNames("status");
  }

  @Test
  void formsGoWithTheTickets() {
    server.set("disable_tickets", "1");
    get(anybody, FORMS).assertError(404, "rest_no_route");
    get(anybody, FIELDS).assertError(404, "rest_no_route");
    form(manager, "contact").assertError(404, "rest_no_route");
    field(manager, "topic").assertError(404, "rest_no_route");
  }
}
