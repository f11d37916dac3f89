package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.http.TestServer.User;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Articles as WordPress shows posts: to everybody, but not every text. */
class ArticlesTest {

  private static final String ARTICLES = "/wp-json/wp/v2/articles";

  /** In every title, so that a search finds the articles of this class only. */
  private static final String MARK = TestServer.unique("articlesmark");

  private static final Map<String, Long> IDS = new HashMap<>();

  private static TestServer server;
  private static HttpApi anybody;
  private static HttpApi agent;
  private static User customer;
  private static User author;

  @BeforeAll
  static void makeThem() {
    server = TestServer.fresh();
    anybody = server.anonymous();
    agent = server.user("support_agent").api();
    customer = server.user("support_customer");
    author = server.user("editor");
    article("reset", "Press the button", 1);
    article("staff", "Only zebras know", 2);
    article("locked", "Guarded walrus", 3);
    article("draft", "Not yet", 4);
    article("noted", "A button for private notes", 5);
    article("umlaut", "Größe", 6);
    set("staff", "restricted = TRUE, excerpt_raw = 'zebra teaser', excerpt_rendered = 'zebra'");
    set("locked", "protected = TRUE");
    set("draft", "status = 'draft', author_id = " + author.id());
    set("noted", "status = 'private', author_id = " + author.id());
    set("umlaut", "slug = 'gr%c3%b6%c3%9fe', author_id = " + author.id());
    set(
        "reset",
        "slug = 'how-to-reset', guid = 'https://old.example/?p=1', views = 7, picture_id = 20,"
            + " template = 'wide.php', comment_status = 'open', ping_status = 'open',"
            + " title_rendered = 'How&#8217;s that', modified_local = '2025-06-01 12:00:00',"
            + " modified_gmt = '2025-06-01 10:00:00'");
    long category = server.term("article_category", TestServer.unique("Basics"));
    long tag = server.term("article_tag", TestServer.unique("word"));
    server.sql("INSERT INTO article_term VALUES (?, ?)", IDS.get("reset"), category);
    server.sql("INSERT INTO article_term VALUES (?, ?)", IDS.get("reset"), tag);
    server.sql("INSERT INTO article_term VALUES (?, ?)", IDS.get("umlaut"), tag);
    IDS.put("category", category);
    IDS.put("tag", tag);
    IDS.put("author", author.id());
  }

  private static void article(String name, String content, int day) {
    IDS.put(name, server.article(name + " " + MARK, content));
    set(
        name,
        "date_local = '2025-01-0%d 12:00:00', date_gmt = '2025-01-0%1$d 11:00:00',".formatted(day)
            + " modified_local = '2025-02-0%d 12:00:00'".formatted(7 - day));
  }

  private static void set(String name, String values) {
    server.sql("UPDATE article SET " + values + " WHERE id = ?", IDS.get(name));
  }

  private static Answer get(HttpApi api, String path) {
    return api.send("GET", ARTICLES + path, null, null);
  }

  private static Answer one(HttpApi api, String name, String query) {
    return get(api, "/" + IDS.get(name) + query);
  }

  private static List<Long> ids(String names) {
    return Arrays.stream(names.split(" ")).map(IDS::get).toList();
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names.stream().sorted().toList();
  }

  @Test
  void anAuthorWhoIsGoneIsNotLinked() {
    User gone = server.user("editor");
    long id = server.article(TestServer.unique("Of somebody"), "Text");
    server.sql("UPDATE article SET author_id = ? WHERE id = ?", gone.id(), id);
    assertTrue(get(anybody, "/" + id).assertOk().json().get("_links").has("author"));
    server.sql("UPDATE app_user SET missing = TRUE WHERE id = ?", gone.id());
    JsonNode article = get(anybody, "/" + id).assertOk().json();
    assertEquals(gone.id(), article.get("author").asLong());
    assertFalse(article.get("_links").has("author"));
  }

  @Test
  void anArticleIsShownWithAllThatTheContextAsksFor() {
    Answer shown = one(anybody, "reset", "").assertOk();
    JsonNode article = shown.json();
    assertEquals("2025-01-01T12:00:00", shown.text("date"));
    assertEquals("2025-01-01T11:00:00", shown.text("date_gmt"));
    assertEquals("2025-06-01T12:00:00", shown.text("modified"));
    assertEquals("2025-06-01T10:00:00", shown.text("modified_gmt"));
    assertEquals("how-to-reset", shown.text("slug"));
    assertEquals("publish", shown.text("status"));
    assertEquals("article", shown.text("type"));
    assertEquals(server.address() + "/articles/how-to-reset/", shown.text("link"));
    assertEquals("{\"rendered\":\"https://old.example/?p=1\"}", article.get("guid").toString());
    assertEquals("{\"rendered\":\"How&#8217;s that\"}", article.get("title").toString());
    assertEquals(
        "{\"rendered\":\"<p>Press the button</p>\\n\",\"protected\":false}",
        article.get("content").toString());
    assertEquals(article.get("content"), article.get("excerpt"));
    assertEquals(0, article.get("author").asLong());
    assertEquals(20, article.get("featured_media").asLong());
    assertEquals("open", shown.text("comment_status"));
    assertEquals("open", shown.text("ping_status"));
    assertEquals("wide.php", shown.text("template"));
    assertEquals(
        "{\"_kbs_article_restricted\":0,\"_kbs_article_views\":7}", article.get("meta").toString());
    assertEquals("[" + IDS.get("category") + "]", article.get("article_category").toString());
    assertEquals("[" + IDS.get("tag") + "]", article.get("article_tag").toString());
    String root = server.address() + ARTICLES;
    assertEquals(root + "/" + IDS.get("reset"), shown.text("_links.self.0.href"));
    assertEquals(root, shown.text("_links.collection.0.href"));
    assertFalse(article.get("_links").has("author"));

    assertEquals(
        List.of(
            "_links",
            "author",
            "date",
            "excerpt",
            "featured_media",
            "id",
            "link",
            "slug",
            "title",
            "type"),
        names(one(anybody, "reset", "?context=embed").assertOk().json()));

    Answer edited = one(agent, "reset", "?context=edit").assertOk();
    assertEquals("reset " + MARK, edited.text("title.raw"));
    assertEquals("Press the button", edited.text("content.raw"));
    assertEquals("", edited.text("excerpt.raw"));
    assertEquals("https://old.example/?p=1", edited.text("guid.raw"));
    assertEquals(0, edited.json().at("/content/block_version").asInt(9));
    assertEquals("how-to-reset", edited.text("generated_slug"));
    assertEquals(server.address() + "/articles/%pagename%/", edited.text("permalink_template"));
  }

  @Test
  void theTextOfARestrictedArticleIsNotShownWithoutALogin() {
    Answer hidden = one(anybody, "staff", "").assertOk();
    assertEquals("staff " + MARK, hidden.text("title.rendered"));
    assertEquals("<p> . . .</p>\n", hidden.text("content.rendered"));
    assertEquals("<p>. . .</p>\n", hidden.text("excerpt.rendered"));
    assertEquals(1, hidden.json().at("/meta/_kbs_article_restricted").asInt());
    String all = get(anybody, "?search=" + MARK).assertOk().json().toString();
    assertFalse(all.contains("zebra"), all);
    assertFalse(all.contains("walrus"), all);
    for (HttpApi api : List.of(customer.api(), agent)) {
      assertEquals("<p>Only zebras know</p>\n", one(api, "staff", "").text("content.rendered"));
      assertEquals("zebra", one(api, "staff", "").text("excerpt.rendered"));
    }
  }

  @Test
  void aSearchDoesNotTellWhatATextHides() {
    String words = "?search=" + MARK + "+";
    assertEquals(0, get(anybody, words + "zebras").assertOk().total());
    assertEquals(0, get(anybody, words + "teaser").assertOk().total());
    assertEquals(4, get(anybody, words + "-zebras").assertOk().total());
    assertEquals(1, get(customer.api(), words + "zebras").assertOk().total());
    for (HttpApi api : List.of(anybody, customer.api(), agent)) {
      assertEquals(0, get(api, words + "walrus").assertOk().total());
    }
    assertEquals(1, get(agent, words + "walrus&context=edit").assertOk().total());
  }

  @Test
  void whatAPasswordProtectsNobodySeesButWhoEditsIt() {
    for (HttpApi api : List.of(anybody, customer.api(), agent)) {
      Answer locked = one(api, "locked", "").assertOk();
      assertEquals("Protected: locked " + MARK, locked.text("title.rendered"));
      assertEquals(
          "{\"rendered\":\"\",\"protected\":true}", locked.json().get("content").toString());
      assertEquals("", locked.text("excerpt.rendered"));
    }
    assertEquals("Guarded walrus", one(agent, "locked", "?context=edit").text("content.raw"));
  }

  @Test
  void whatIsNotPublishedIsForAuthorsAndAgents() {
    for (String name : List.of("draft", "noted")) {
      one(anybody, name, "").assertError(401, "rest_forbidden");
      one(customer.api(), name, "").assertError(403, "rest_forbidden");
      one(author.api(), name, "").assertOk();
      one(agent, name, "").assertOk();
    }
    assertEquals("Private: noted " + MARK, one(agent, "noted", "").text("title.rendered"));
    String address = server.address() + "/articles/" + one(agent, "noted", "").text("slug") + "/";
    assertEquals(address, one(agent, "noted", "").text("link"));
    // What is not published has no address of its own yet.
    assertEquals(
        server.address() + "/?post_type=article&p=" + IDS.get("draft"),
        one(agent, "draft", "").text("link"));
    for (HttpApi api : List.of(anybody, customer.api(), author.api())) {
      assertEquals(4, get(api, "?search=" + MARK).assertOk().total());
      for (String status : List.of("draft", "any", "publish,private")) {
        Answer refused = get(api, "?status=" + status).assertNames("status");
        assertEquals("rest_forbidden_status", refused.text("data.details.status.code"));
      }
    }
    assertEquals(ids("draft"), get(agent, "?status=draft&search=" + MARK).assertOk().ids());
    assertEquals(6, get(agent, "?status=any&search=" + MARK).assertOk().total());
  }

  @Test
  void editingIsForThoseWhoWorkOnTickets() {
    get(anybody, "?context=edit").assertError(401, "rest_forbidden_context");
    get(customer.api(), "?context=edit").assertError(403, "rest_forbidden_context");
    one(anybody, "reset", "?context=edit").assertError(401, "rest_forbidden_context");
    one(author.api(), "draft", "?context=edit").assertError(403, "rest_forbidden_context");
    get(agent, "?context=edit&search=" + MARK).assertOk();
    get(agent, "?context=x").assertNames("context");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "999999", "99999999999999999999"})
  void whereThereIsNoneItIsSaid(String id) {
    get(anybody, "/" + id).assertError(404, "rest_post_invalid_id");
    get(agent, "/" + id + "?context=edit").assertError(404, "rest_post_invalid_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | umlaut locked staff reset",
        "order=asc | reset staff locked umlaut",
        "orderby=id&order=asc | reset staff locked umlaut",
        "orderby=parent | umlaut locked staff reset",
        "orderby=modified | reset staff locked umlaut",
        "orderby=title&order=asc | locked reset staff umlaut",
        "orderby=slug&include=UMLAUT,RESET&order=asc | umlaut reset",
        "orderby=author&include=UMLAUT,RESET | umlaut reset",
        "orderby=include&include=STAFF,RESET,DRAFT | staff reset",
        "orderby=include_slugs&slug=größe,how-to-reset | umlaut reset",
        "orderby=include_slugs | reset staff locked umlaut",
        "exclude=STAFF,LOCKED | umlaut reset",
        "slug=how-to-reset | reset",
        "slug=größe | umlaut",
        "author=AUTHOR | umlaut",
        "author_exclude=AUTHOR | locked staff reset",
        "after=2025-01-02T12:00:00 | umlaut locked",
        "before=2025-01-02T11:00:00Z | reset",
        "modified_after=2025-05-01T00:00:00 | reset",
        "modified_before=2025-02-02T00:00:00 | umlaut",
        "status=publish&per_page=1 | umlaut",
        "article_category=CATEGORY | reset",
        "article_category_exclude=CATEGORY | umlaut locked staff",
        "article_tag=TAG | umlaut reset",
        "article_tag_exclude=TAG | locked staff",
        "article_category=CATEGORY&article_tag_exclude=TAG&tax_relation=OR | locked staff reset",
        "article_category=TAG,CATEGORY&article_tag=TAG&tax_relation=AND | reset",
        "per_page=3&page=2 | reset",
        "offset=3 | reset"
      })
  void articlesAreListedAsAsked(String query, String expected) {
    for (Map.Entry<String, Long> one : IDS.entrySet()) {
      query = query.replace(one.getKey().toUpperCase(Locale.ROOT), "" + one.getValue());
    }
    assertEquals(
        ids(expected), get(anybody, "?search=" + MARK + "&" + query).assertOk().ids(), query);
  }

  @Test
  void relevanceBringsTitlesFirst() {
    long old = server.article("Otter walk", "nothing");
    long phrase = server.article("Walking", "The otter walk of today");
    long words = server.article("walk the otter", "nothing");
    long one = server.article("An otter", "and a walk");
    server.sql("UPDATE article SET date_local = '2001-01-01 00:00:00' WHERE id = ?", old);
    assertEquals(
        List.of(old, words, one, phrase),
        get(anybody, "?search=otter+walk&orderby=relevance").assertOk().ids());
    assertEquals(old, get(anybody, "?search=otter&orderby=relevance&order=asc").ids().get(0));
    get(anybody, "?orderby=relevance").assertError(400, "rest_no_search_term_defined");
    server.sql(
        "UPDATE article SET status = 'trash' WHERE id IN (?, ?, ?, ?)", old, phrase, words, one);
  }

  @Test
  void pagesHaveTotalsAndAnEnd() {
    Answer page = get(anybody, "?per_page=3&search=" + MARK).assertOk();
    assertEquals(4, page.total());
    assertEquals("2", page.header("X-WP-TotalPages"));
    get(anybody, "?per_page=3&page=3&search=" + MARK)
        .assertError(400, "rest_post_invalid_page_number");
    get(anybody, "?orderby=include").assertError(400, "rest_orderby_include_missing_include");
    get(anybody, "?orderby=views").assertNames("orderby");
    get(anybody, "?after=yesterday").assertNames("after");
  }

  @Test
  void theAuthorIsEmbeddedAsFarAsAnybodyMaySeeThem() {
    String embedded = "?_embed&include=" + IDS.get("umlaut");
    server.sql("UPDATE app_user SET published = FALSE WHERE id = ?", author.id());
    Answer hidden = get(anybody, embedded).assertOk();
    assertEquals("rest_user_cannot_view", hidden.text("0._embedded.author.0.code"));
    server.sql("UPDATE app_user SET published = TRUE WHERE id = ?", author.id());
    for (HttpApi api : List.of(anybody, agent)) {
      Answer shown = get(api, embedded).assertOk();
      assertEquals(author.id(), shown.json().at("/0/_embedded/author/0/id").asLong());
    }
    assertTrue(one(anybody, "umlaut", "?_embed").json().has("_embedded"));
  }

  @Test
  void theKnowledgeBaseStaysWhereTicketsAreSwitchedOff() {
    server.set("disable_tickets", "1");
    try {
      one(anybody, "reset", "").assertOk();
    } finally {
      server.resetSettings();
    }
  }

  /** More than the texts of an article may have where there are a hundred on a page. */
  @Test
  void aPageOfLongArticlesIsTheSameAsEachOfThem() {
    String text = "<!-- wp:p --> \\ \"ä€😀\" ".repeat(2_000);
    long open = server.article(TestServer.unique("long"), text);
    long hidden = server.article(TestServer.unique("long"), "Secret " + text);
    long last = server.article(TestServer.unique("long"), "Short");
    server.sql("UPDATE article SET restricted = TRUE WHERE id = ?", hidden);
    String page = "?per_page=100&orderby=include&include=" + open + "," + hidden + "," + last;
    for (HttpApi api : List.of(anybody, customer.api(), agent)) {
      for (String context : List.of("embed", "view", api == agent ? "edit" : "view")) {
        Answer all = get(api, page + "&context=" + context).assertOk();
        for (int i = 0; i < 3; i++) {
          long id = List.of(open, hidden, last).get(i);
          Answer one = get(api, "/" + id + "?context=" + context).assertOk();
          assertEquals(one.json().toString(), all.json().get(i).toString());
        }
        assertEquals(api == anybody, !all.body().contains("Secret"), context);
      }
    }
    JsonNode edited = get(agent, page + "&context=edit").json();
    assertEquals(text, edited.at("/0/content/raw").asText());
    assertEquals(1, edited.at("/0/content/block_version").asInt());
    assertEquals(0, edited.at("/2/content/block_version").asInt());
  }
}
