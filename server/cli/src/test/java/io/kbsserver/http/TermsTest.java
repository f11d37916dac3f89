package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.json;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.http.TestServer.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Categories, tags, departments and sources: read by all, written by those who may. */
class TermsTest {

  private static final String ROOT = "/wp-json/wp/v2/";
  private static final String CATEGORIES = "ticket_categories";
  private static final String TAGS = "ticket_tag";
  private static final String DEPARTMENTS = "ticket_departments";
  private static final String SOURCES = "ticket_sources";
  private static final List<String> ALL = List.of(CATEGORIES, TAGS, DEPARTMENTS, SOURCES);

  /** In every name, so that a search finds the terms of this class only. */
  private static final String MARK = TestServer.unique("termsmark");

  private static TestServer server;
  private static User manager;
  private static User agent;
  private static User customer;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    manager = server.user("support_manager");
    agent = server.user("support_agent");
    customer = server.user("support_customer");
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static Answer get(HttpApi api, String path) {
    return api.send("GET", ROOT + path, null, null);
  }

  private static Answer write(HttpApi api, String method, String path, Map<String, ?> body) {
    return api.send(method, ROOT + path, JSON, json(body));
  }

  private static JsonNode made(String taxonomy, Map<String, ?> body) {
    Answer made = write(manager.api(), "POST", taxonomy, body);
    assertEquals(201, made.status(), made::toString);
    assertEquals(server.address() + ROOT + taxonomy + "/" + made.id(), made.header("Location"));
    return made.json();
  }

  private static long make(String taxonomy, String name) {
    return made(taxonomy, Map.of("name", MARK + " " + name)).get("id").asLong();
  }

  private static long make(String name, long parent) {
    return made(CATEGORIES, Map.of("name", MARK + " " + name, "parent", parent)).get("id").asLong();
  }

  private static void delete(String taxonomy, long id) {
    manager.api().send("DELETE", ROOT + taxonomy + "/" + id + "?force=true", null, null).assertOk();
  }

  private static List<String> names(Answer page) {
    List<String> names = new ArrayList<>();
    page.assertOk()
        .json()
        .forEach(term -> names.add(term.get("name").asText().replace(MARK, "").strip()));
    return names;
  }

  private static long count(String taxonomy, long id) {
    return get(server.anonymous(), taxonomy + "/" + id).assertOk().json().get("count").asLong();
  }

  private static long open(Map<String, ?> more) {
    Map<String, Object> body = ticket("terms@example.org");
    body.putAll(more);
    return agent.api().post("", body).assertOk().id();
  }

  @Test
  void aTermIsShownToEverybodyWithAllThatWordPressTells() {
    long above = make(CATEGORIES, "Shown & above");
    long below = make("Shown below", above);
    JsonNode shown = get(server.anonymous(), CATEGORIES + "/" + below).assertOk().json();
    TreeSet<String> names = new TreeSet<>();
    shown.fieldNames().forEachRemaining(names::add);
    assertEquals(
        "_links count description id link meta name parent slug taxonomy", String.join(" ", names));
    String slug = MARK + "-shown-below";
    assertEquals(slug, shown.get("slug").asText());
    assertEquals("ticket_category", shown.get("taxonomy").asText());
    assertEquals(
        server.address() + "/?taxonomy=ticket_category&term=" + slug, shown.get("link").asText());
    assertEquals(above, shown.get("parent").asLong());
    JsonNode links = shown.get("_links");
    assertEquals(
        server.address() + ROOT + CATEGORIES + "/" + above, links.at("/up/0/href").asText());
    assertEquals(
        server.address() + "/wp-json/kbs/v1/tickets?ticket_categories=" + below,
        links.at("/wp:post_type/0/href").asText());
    assertEquals("wp", links.at("/curies/0/name").asText());
    JsonNode first = get(server.anonymous(), CATEGORIES + "/" + above).assertOk().json();
    assertEquals(MARK + " Shown &amp; above", first.get("name").asText());
    assertEquals(0, first.get("parent").asLong());
    assertFalse(first.get("_links").has("up"));
  }

  @Test
  void whatIsAboveIsEmbeddedForEverybody() {
    long above = make(CATEGORIES, "Embedded");
    long below = make("Embedding", above);
    for (HttpApi api : List.of(server.anonymous(), customer.api(), manager.api())) {
      JsonNode embedded = get(api, CATEGORIES + "/" + below + "?_embed").assertOk().json();
      assertEquals(above, embedded.at("/_embedded/up/0/id").asLong());
      assertFalse(embedded.at("/_embedded/up/0").has("count"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ticket_tag|embed|_links id link name slug taxonomy",
        "ticket_tag|view|_links count description id link meta name slug taxonomy",
        "ticket_tag|edit|_links count description id link meta name slug taxonomy",
        "ticket_categories|embed|_links id link name slug taxonomy"
      })
  void theContextSaysWhichFieldsThereAre(String taxonomy, String context, String fields) {
    long id = make(taxonomy, "Context " + context);
    for (String path : List.of("/" + id, "?include=" + id)) {
      Answer shown =
          get(
              manager.api(),
              taxonomy + path + (path.startsWith("?") ? "&" : "?") + "context=" + context);
      JsonNode json = shown.assertOk().json();
      TreeSet<String> names = new TreeSet<>();
      (json.isArray() ? json.get(0) : json).fieldNames().forEachRemaining(names::add);
      assertEquals(fields, String.join(" ", names), path);
      int refused = context.equals("edit") ? 403 : 200;
      assertEquals(
          refused,
          get(
                  agent.api(),
                  taxonomy + path + (path.startsWith("?") ? "&" : "?") + "context=" + context)
              .status());
    }
    if (context.equals("edit")) {
      get(server.anonymous(), taxonomy + "/" + id + "?context=edit")
          .assertError(401, "rest_forbidden_context");
      get(server.anonymous(), taxonomy + "?context=edit")
          .assertError(401, "rest_forbidden_context");
    }
  }

  @Test
  void aFilterBringsWhatItSays() {
    String mark = TestServer.unique("filtered");
    long b = made(TAGS, Map.of("name", mark + " b", "description", "2")).get("id").asLong();
    long a =
        made(TAGS, Map.of("name", mark + " a", "slug", mark + "-z", "description", "1"))
            .get("id")
            .asLong();
    long c = made(TAGS, Map.of("name", mark + " c", "description", "0")).get("id").asLong();
    open(Map.of("ticket_tag", List.of(b)));
    String search = TAGS + "?_fields=id&search=" + mark;
    assertEquals(List.of(a, b, c), ids(search));
    assertEquals(List.of(c, b, a), ids(search + "&order=desc"));
    assertEquals(List.of(b, a, c), ids(search + "&orderby=id"));
    assertEquals(List.of(b, c, a), ids(search + "&orderby=slug"));
    assertEquals(List.of(c, a, b), ids(search + "&orderby=description"));
    assertEquals(List.of(a, b, c), ids(search + "&orderby=term_group"));
    assertEquals(List.of(b, a, c), ids(search + "&orderby=count&order=desc"), "ties by id");
    assertEquals(List.of(a, c, b), ids(search + "&orderby=count"), "ties by id");
    assertEquals(List.of(c, a), ids(TAGS + "?orderby=include&include=" + c + "," + a));
    assertEquals(List.of(a, c), ids(TAGS + "?orderby=include&order=desc&include=" + c + "," + a));
    assertEquals(List.of(a, b, c), ids(search + "&orderby=include"), "as without");
    String slugs = "&slug=" + mark + "-c," + mark + "-z";
    assertEquals(List.of(c, a), ids(TAGS + "?orderby=include_slugs" + slugs));
    assertEquals(List.of(a, c), ids(TAGS + "?x=" + slugs));
    long east = made(TAGS, Map.of("name", mark + " Größe 日本")).get("id").asLong();
    String asWritten = mark + "-Gr%C3%B6%C3%9Fe-%E6%97%A5%E6%9C%AC";
    String asKept = mark + "-grose-%25E6%2597%25A5%25e6%259c%25ac";
    for (String slug : List.of(asWritten, asKept)) {
      assertEquals(List.of(east), ids(TAGS + "?slug=" + slug));
      String both = "&slug=" + slug + "," + mark + "-c";
      assertEquals(List.of(east, c), ids(TAGS + "?orderby=include_slugs" + both));
    }
    delete(TAGS, east);
    assertEquals(List.of(a, c), ids(search + "&exclude=" + b));
    assertEquals(List.of(b), ids(search + "&hide_empty=true"));
    assertEquals(List.of(a, b, c), ids(search + "&hide_empty=0"));
    get(manager.api(), search + "&hide_empty=perhaps").assertNames("hide_empty");
    assertEquals(List.of(b), ids(search + "&offset=1&per_page=1"));
    Answer page = get(manager.api(), search + "&per_page=2&page=2");
    assertEquals("3", page.assertOk().header("X-WP-Total"));
    assertEquals("2", page.header("X-WP-TotalPages"));
    assertTrue(page.header("Link").contains("rel=\"prev\""));
    assertEquals("[]", get(manager.api(), search + "&page=9").assertOk().body());
    Answer behind = get(manager.api(), search + "&offset=1");
    assertTrue(behind.assertOk().header("Link").contains("page=1>; rel=\"prev\""));
    get(manager.api(), search + "&orderby=colour").assertNames("orderby");
  }

  private static List<Long> ids(String path) {
    List<Long> ids = new ArrayList<>();
    get(server.anonymous().preferring("lenient"), path)
        .assertOk()
        .json()
        .forEach(term -> ids.add(term.get("id").asLong()));
    return ids;
  }

  @Test
  void onlyCategoriesAreBelowOthers() {
    long top = make(CATEGORIES, "Tree");
    long middle = make("Tree middle", top);
    long leaf = make("Tree leaf", middle);
    make("Tree empty", top);
    String search = CATEGORIES + "?search=" + MARK + "%20tree";
    assertEquals(
        List.of("Tree empty", "Tree middle"),
        names(get(server.anonymous(), search + "&parent=" + top)));
    assertEquals(List.of("Tree"), names(get(server.anonymous(), search + "&parent=0")));
    open(Map.of("post_category", leaf));
    assertEquals(
        List.of("Tree", "Tree leaf", "Tree middle"),
        names(get(server.anonymous(), search + "&hide_empty=true")),
        "what is above something that is used stays");
    get(server.anonymous(), TAGS + "?parent=0").assertNames("parent");
    Answer lenient = get(server.anonymous().preferring("lenient"), TAGS + "?parent=0");
    assertEquals("parent", lenient.assertOk().header("Kbs-Ignored-Parameters"));
    long tag = make(TAGS, "Below nothing");
    assertEquals(List.of(tag), ids(TAGS + "?parent=5&include=" + tag));
    write(manager.api(), "POST", TAGS, fields("name", MARK + " x", "parent", top))
        .assertError(400, "rest_taxonomy_not_hierarchical");
    write(manager.api(), "POST", CATEGORIES, fields("name", MARK + " x", "parent", 99999999))
        .assertError(400, "rest_term_invalid");
  }

  @Test
  void noCategoryIsBelowItself() {
    long top = make(CATEGORIES, "Circle");
    long leaf = make("Circle leaf", make("Circle middle", top));
    for (long parent : List.of(top, leaf)) {
      write(manager.api(), "POST", CATEGORIES + "/" + top, fields("parent", parent))
          .assertNames("parent");
    }
    Answer moved = write(manager.api(), "POST", CATEGORIES + "/" + leaf, fields("parent", 0));
    assertEquals(0, moved.assertOk().json().get("parent").asLong());
  }

  /** As an import, or writers that met, may have left them. */
  @Test
  @Timeout(180)
  void categoriesThatAreBelowEachOtherCanBeParted() {
    long one = make(CATEGORIES, "Ring");
    long two = make("Ring 2", one);
    long three = make("Ring 3", two);
    server.sql("UPDATE term SET parent_id = ? WHERE id = ?", three, one);
    make("Below the ring", two);
    long other = make(CATEGORIES, "Beside the ring");
    write(manager.api(), "PUT", CATEGORIES + "/" + other, fields("parent", one)).assertOk();
    write(manager.api(), "PUT", CATEGORIES + "/" + one, fields("parent", two))
        .assertNames("parent");
    delete(CATEGORIES, two);
    assertEquals(one, parent(three));
    delete(CATEGORIES, one);
    assertEquals(0, parent(three), "not below itself");
    server.sql("UPDATE term SET parent_id = id WHERE id = ?", three);
    get(server.anonymous(), CATEGORIES + "?hide_empty=true").assertOk();
    long below = make("Below what is below itself", three);
    delete(CATEGORIES, three);
    assertEquals(0, parent(below));
  }

  private static long parent(long category) {
    Answer shown = get(server.anonymous(), CATEGORIES + "/" + category);
    return shown.assertOk().json().get("parent").asLong();
  }

  @Test
  void theTermsOfATicketAreForThoseWhoSeeIt() {
    long tag = make(TAGS, "Of a ticket");
    User owner = server.user("support_customer");
    server.customer(owner.email(), owner.id(), null);
    Map<String, Object> body = ticket(owner.email());
    body.put("ticket_tag", List.of(tag));
    long id = agent.api().post("", body).assertOk().id();
    String path = TAGS + "?post=" + id;
    for (User sees : List.of(agent, manager, owner)) {
      assertEquals(List.of("Of a ticket"), names(get(sees.api(), path)));
    }
    get(customer.api(), path).assertError(403, "rest_forbidden_context");
    get(server.anonymous(), path).assertError(401, "rest_forbidden_context");
    get(manager.api(), TAGS + "?post=99999999").assertError(400, "rest_post_invalid_id");
    get(manager.api(), TAGS + "?post=x").assertNames("post");
    Answer sources = get(owner.api(), SOURCES + "?_fields=slug&post=" + id);
    assertEquals("kbs-rest", sources.assertOk().json().at("/0/slug").asText());

    server.sql("INSERT INTO post (type) VALUES ('kbs_ticket_reply')");
    server.sql(
        "INSERT INTO reply (id, ticket_id, status, date_local, date_gmt, modified_local,"
            + " modified_gmt, content_raw, content_rendered, source_id)"
            + " SELECT MAX(p.id), ?, 'publish', NOW(), NOW(), NOW(), NOW(), '', '', ? FROM post p",
        id,
        server.number("SELECT id FROM term WHERE slug = 'kbs-rest' AND missing = FALSE"));
    long reply = server.number("SELECT MAX(id) FROM reply WHERE ticket_id = ?", id);
    assertEquals(1, get(owner.api(), SOURCES + "?post=" + reply).assertOk().json().size());
    get(customer.api(), SOURCES + "?post=" + reply).assertError(403, "rest_forbidden_context");
    get(owner.api(), TAGS + "?post=" + reply).assertError(403, "rest_forbidden_context");
  }

  @Test
  void withoutDepartmentsThereIsNoSuchRoute() {
    long id = make(DEPARTMENTS, "Switched off");
    assertTrue(index().has("/wp/v2/" + DEPARTMENTS));
    server.set("enable_departments", "");
    for (String path : List.of(DEPARTMENTS, DEPARTMENTS + "/" + id)) {
      get(manager.api(), path).assertError(404, "rest_no_route");
      assertEquals(
          "[]", server.anonymous().send("OPTIONS", ROOT + path, null, null).assertOk().body());
    }
    write(manager.api(), "POST", DEPARTMENTS, fields("name", "x"))
        .assertError(404, "rest_no_route");
    write(manager.api(), "PUT", DEPARTMENTS + "/" + id, fields("name", "x"))
        .assertError(404, "rest_no_route");
    manager
        .api()
        .send("DELETE", ROOT + DEPARTMENTS + "/" + id, null, null)
        .assertError(404, "rest_no_route");
    assertFalse(index().has("/wp/v2/" + DEPARTMENTS));
    assertTrue(index().has("/wp/v2/" + TAGS + "/(?P<id>[\\d]+)"));
  }

  private static JsonNode index() {
    return get(server.anonymous(), "").assertOk().json().get("routes");
  }

  @Test
  void whatIsNoTaxonomyIsNoRoute() {
    for (String path : List.of("ticket_colours", "ticket_colours/1", "term", TAGS + "/x")) {
      get(server.anonymous(), path).assertError(404, "rest_no_route");
      assertEquals(
          "[]", server.anonymous().send("OPTIONS", ROOT + path, null, null).assertOk().body());
    }
    get(server.anonymous(), TAGS + "/").assertOk();
  }

  @Test
  void aTermOfAnotherTaxonomyIsNone() {
    long tag = make(TAGS, "Elsewhere");
    get(manager.api(), CATEGORIES + "/" + tag).assertError(404, "rest_term_invalid");
    for (String method : List.of("POST", "PUT", "PATCH")) {
      write(manager.api(), method, CATEGORIES + "/" + tag, fields("name", "x"))
          .assertError(404, "rest_term_invalid");
    }
    manager
        .api()
        .send("DELETE", ROOT + CATEGORIES + "/" + tag + "?force=1", null, null)
        .assertError(404, "rest_term_invalid");
    assertEquals(tag, get(manager.api(), TAGS + "/" + tag + "?id=" + tag).assertOk().id());
    get(manager.api(), TAGS + "/" + tag + "?id=1").assertNames("id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "support_manager|ticket_categories|GET, POST|GET, POST, PUT, PATCH, DELETE",
        "administrator|ticket_sources|GET, POST|GET, POST, PUT, PATCH, DELETE",
        "support_agent|ticket_categories|GET|GET",
        "support_agent|ticket_tag|GET, POST|GET",
        "support_agent|ticket_departments|GET, POST|GET",
        "support_customer|ticket_tag|GET|GET",
        "|ticket_categories|GET|GET"
      })
  void allowSaysWhoMayDoWhat(String role, String taxonomy, String list, String one) {
    HttpApi api = role == null ? server.anonymous() : server.user(role).api();
    long id = make(taxonomy, "Allowed " + role + taxonomy);
    assertEquals(list, get(api, taxonomy).assertOk().header("Allow"));
    assertEquals(one, get(api, taxonomy + "/" + id).assertOk().header("Allow"));
    int none = role == null ? 401 : 403;
    Answer created =
        write(api, "POST", taxonomy, fields("name", MARK + "made by " + role + taxonomy));
    assertEquals(list.contains("POST") ? 201 : none, created.status(), created::toString);
    Answer renamed = write(api, "PATCH", taxonomy + "/" + id, fields("name", MARK + "by " + role));
    assertEquals(one.contains("PATCH") ? 200 : none, renamed.status(), renamed::toString);
    Answer gone = api.send("DELETE", ROOT + taxonomy + "/" + id + "?force=true", null, null);
    assertEquals(one.contains("DELETE") ? 200 : none, gone.status(), gone::toString);
    if (none == 403 && one.equals("GET")) {
      renamed.assertError(403, "rest_cannot_update");
      gone.assertError(403, "rest_cannot_delete");
    }
    if (none == 403 && list.equals("GET")) {
      created.assertError(403, "rest_cannot_create");
    }
  }

  @Test
  void thereIsOneTermOfAName() {
    long first = make(TAGS, "Once");
    Answer twice = write(manager.api(), "POST", TAGS, fields("name", MARK + " ONCE"));
    twice.assertError(400, "term_exists");
    assertEquals(first, twice.json().at("/data/term_id").asLong());
    JsonNode other = made(TAGS, fields("name", MARK + " once", "slug", MARK + " other"));
    assertEquals(MARK + "-other", other.get("slug").asText());
    JsonNode numbered = made(TAGS, fields("name", MARK + " 1", "slug", MARK + "-once"));
    assertEquals(MARK + "-once-2", numbered.get("slug").asText());
    long top = make(CATEGORIES, "Same");
    JsonNode below = made(CATEGORIES, fields("name", MARK + " Same", "parent", top));
    assertEquals(MARK + "-same-" + MARK + "-same", below.get("slug").asText());
    write(manager.api(), "POST", CATEGORIES, fields("name", MARK + " same", "parent", top))
        .assertError(400, "term_exists");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Größe & Co. #1|grose-co-1|Größe &amp; Co. #1",
        "Ça <b>va</b>? — déjà|ca-va-deja|Ça va? — déjà",
        "日本|%e6%97%a5%e6%9c%ac|日本",
        "a/b  c.d|a-b-c-d|a/b c.d"
      })
  void aSlugIsMadeOfTheName(String name, String slug, String stored) {
    JsonNode term = made(TAGS, fields("name", MARK + " " + name));
    assertEquals(MARK + "-" + slug, term.get("slug").asText());
    assertEquals(MARK + " " + stored, term.get("name").asText());
    JsonNode same = term.deepCopy();
    Answer back =
        write(
            manager.api(),
            "PUT",
            TAGS + "/" + term.get("id").asLong(),
            fields("name", same.get("name").asText(), "slug", same.get("slug").asText()));
    assertEquals(term, back.assertOk().json(), "what was read can be written back");
    assertEquals("", back.header("Kbs-Changed-Parameters"));
    JsonNode another =
        made(TAGS, fields("name", MARK + " 2 " + name, "slug", term.get("slug").asText()));
    assertEquals(MARK + "-" + slug + "-2", another.get("slug").asText());
  }

  @Test
  void aNameThatThereIsElsewhereGetsTheSlugOfWhatIsAboveIt() {
    String name = MARK + " Другое";
    String slug = made(CATEGORIES, fields("name", name)).get("slug").asText();
    JsonNode top = made(CATEGORIES, fields("name", MARK + " Железо"));
    Map<String, Object> below = fields("name", name, "parent", top.get("id").asLong());
    String first = slug + "-" + top.get("slug").asText();
    assertEquals(first, made(CATEGORIES, below).get("slug").asText());
    below.put("name", name + "!");
    assertEquals(first + "-2", made(CATEGORIES, below).get("slug").asText());
    below.put("name", name + "?");
    assertEquals(first + "-3", made(CATEGORIES, below).get("slug").asText());
  }

  @Test
  void aSlugEndsWithAWholeCharacter() {
    String start = MARK + "a".repeat((int) (System.nanoTime() % 7));
    String name = start + "д".repeat(60);
    JsonNode term = made(TAGS, fields("name", name));
    String slug = term.get("slug").asText();
    assertTrue(slug.matches("\\w+(%d0%b4){20,30}") && slug.length() > 184, slug);
    for (int number = 2; number < 4; number++) {
      JsonNode next = made(TAGS, fields("name", name + "!".repeat(number)));
      assertEquals(slug + "-" + number, next.get("slug").asText());
    }
    Answer given =
        write(
            manager.api(),
            "PUT",
            TAGS + "/" + term.get("id").asLong(),
            fields("slug", start + "%D0%B4".repeat(40)));
    assertEquals(slug, given.assertOk().text("slug"));
    long top = made(CATEGORIES, fields("name", name)).get("id").asLong();
    String below = made(CATEGORIES, fields("name", name, "parent", top)).get("slug").asText();
    assertTrue(below.startsWith(slug + "-"), below);
  }

  @Test
  void aSlugThatDiffersByAnAccentIsTaken() {
    long accented = make(TAGS, "Muller");
    server.sql("UPDATE term SET slug = ? WHERE id = ?", MARK + "-müller", accented);
    JsonNode plain = made(TAGS, fields("name", MARK + " Müller 1", "slug", MARK + "-muller"));
    assertEquals(MARK + "-muller-2", plain.get("slug").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Po два", "!?!"})
  void aNameThatComesTwiceAtOnceIsThereOnce(String name) {
    Map<String, Object> body = fields("name", name);
    List<CompletableFuture<Integer>> sent = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sent.add(
          CompletableFuture.supplyAsync(() -> write(manager.api(), "POST", TAGS, body).status()));
    }
    assertEquals(
        List.of(201, 400, 400, 400), sent.stream().map(CompletableFuture::join).sorted().toList());
  }

  @Test
  void aNameOfNothingThatCanStandInAnAddressIsKnownByItsId() {
    JsonNode term =
        made(DEPARTMENTS, fields("name", "?!" + "?".repeat((int) (System.nanoTime() % 90))));
    assertEquals(term.get("id").asText(), term.get("slug").asText());
    delete(DEPARTMENTS, term.get("id").asLong());
  }

  @Test
  void namesThatAreNoneAreRefused() {
    HttpApi api = manager.api();
    write(api, "POST", TAGS, fields("slug", "x")).assertError(400, "rest_missing_callback_param");
    write(api, "POST", TAGS, fields("name", "<b> </b>")).assertError(400, "empty_term_name");
    write(api, "POST", TAGS, fields("name", "é".repeat(201))).assertNames("name");
    write(api, "POST", TAGS, fields("name", List.of("x"))).assertNames("name");
    write(api, "POST", TAGS, fields("name", MARK + " d", "description", "é".repeat(40_000)))
        .assertNames("description");
    long id = make(TAGS, "Named");
    write(api, "POST", TAGS + "/" + id, fields("name", "<i></i>"))
        .assertError(400, "empty_term_name");
    write(api, "POST", TAGS + "/" + id, fields("slug", "!?")).assertNames("slug");
    for (String path : List.of(CATEGORIES, CATEGORIES + "/" + make(CATEGORIES, "Child"))) {
      Map<String, Object> lost = fields("name", MARK + " lost", "parent", "above");
      write(api, "POST", path, lost).assertNames("parent");
      Answer ignored = write(api.preferring("lenient"), "POST", path, lost);
      assertEquals("parent", ignored.header("Kbs-Ignored-Parameters"), ignored::toString);
    }
    make(TAGS, "Namesake");
    write(api, "POST", TAGS + "/" + id, fields("slug", MARK + "-namesake"))
        .assertError(400, "duplicate_term_slug");
    JsonNode whole = made(TAGS, fields("name", MARK + "ü".repeat(200 - MARK.length())));
    assertEquals(190, whole.get("slug").asText().length());
  }

  @Test
  void whatIsTakenOutOfATextIsNamed() {
    Answer made =
        write(
            manager.api(),
            "POST",
            TAGS,
            fields("name", MARK + " <u>out</u>", "description", "<script>x</script><em>y</em>"));
    assertEquals("name, description", made.header("Kbs-Changed-Parameters"));
    assertEquals("x<em>y</em>", made.text("description"));
    String path = TAGS + "/" + made.id();
    Answer emptied = write(manager.api(), "POST", path, fields("description", ""));
    assertEquals("", emptied.assertOk().text("description"));
    assertEquals(MARK + " out", emptied.text("name"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void writingTakesWhatEveryRouteTakes(String method) {
    for (String taxonomy : ALL) {
      for (String path : List.of(taxonomy, taxonomy + "/" + make(taxonomy, method + taxonomy))) {
        if (path.equals(taxonomy) && !method.equals("POST")) {
          write(manager.api(), method, path, fields("name", "x")).assertError(404, "rest_no_route");
          continue;
        }
        String name = TestServer.unique("term");
        Answer form =
            manager
                .api()
                .preferring("lenient")
                .send(
                    method,
                    ROOT + path + "?_fields=name",
                    FORM,
                    "colour=red&name=%s&slug=%s&description=d%%3Cscript%%3E&parent="
                        .formatted(name, name));
        assertTrue(form.status() < 300, form::toString);
        assertEquals(name, form.text("name"));
        assertEquals(2, form.json().size(), "the links stay");
        assertEquals("colour", form.header("Kbs-Ignored-Parameters"));
        assertEquals("handling=lenient", form.header("Preference-Applied"));
        assertEquals("description", form.header("Kbs-Changed-Parameters"));
        String part = "--B\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n%s\r\n--B--\r\n";
        Answer multipart =
            manager
                .api()
                .send(
                    method,
                    ROOT + path,
                    "multipart/form-data; boundary=B",
                    part.formatted(name + "m"));
        assertTrue(multipart.status() < 300, multipart::toString);
        manager.api().send(method, ROOT + path, FORM, "name=x&colour=red").assertNames("colour");
        manager
            .api()
            .send(method, ROOT + path, JSON, "x".repeat(10 * 1024 * 1024 + 1))
            .assertError(413, "rest_content_too_large");
        manager
            .api()
            .send(method, ROOT + path, "text/plain", "x")
            .assertError(415, "rest_unsupported_media_type");
        server
            .anonymous()
            .send(method, ROOT + path, FORM, "name=x")
            .assertError(401, "rest_not_logged_in");
        server
            .anonymous()
            .with("X-WP-Nonce", "1a2b")
            .send(method, ROOT + path, FORM, "name=x")
            .assertError(403, "rest_cookie_invalid_nonce");
      }
    }
  }

  @Test
  void aTermIsDeletedForGoodOrNotAtAll() {
    long top = make(CATEGORIES, "Gone above");
    long gone = make("Gone", top);
    long below = make("Gone below", gone);
    long ticket = open(Map.of("post_category", gone));
    String path = ROOT + CATEGORIES + "/" + gone;
    manager.api().send("DELETE", path, null, null).assertError(501, "rest_trash_not_supported");
    manager.api().send("DELETE", path + "?force=x", null, null).assertNames("force");
    server.anonymous().send("DELETE", path, null, null).assertError(401, "rest_not_logged_in");
    server
        .anonymous()
        .with("X-WP-Nonce", "1a2b")
        .send("DELETE", path, null, null)
        .assertError(403, "rest_cookie_invalid_nonce");
    Answer lenient =
        manager
            .api()
            .preferring("lenient")
            .send("DELETE", path + "?force=true&colour=red&_fields=deleted", null, null);
    assertEquals("{\"deleted\":true}", lenient.assertOk().body());
    assertEquals("colour", lenient.header("Kbs-Ignored-Parameters"));
    get(manager.api(), CATEGORIES + "/" + gone).assertError(404, "rest_term_invalid");
    manager
        .api()
        .send("DELETE", path + "?force=true", null, null)
        .assertError(404, "rest_term_invalid");
    assertEquals(
        top, get(manager.api(), CATEGORIES + "/" + below).assertOk().json().get("parent").asLong());
    assertEquals(
        "[]", agent.api().get("/" + ticket).assertOk().json().get("ticket_categories").toString());
    assertEquals(
        "[]",
        agent.api().get("?include=" + ticket + "&ticket_categories=" + gone).assertOk().body());
    agent
        .api()
        .json("POST", "/" + ticket, fields("post_category", gone))
        .assertNames("post_category");
    assertEquals(gone + 2, make("Gone", top), "another one of the name, with another id");
  }

  @Test
  void whoBelongedToADepartmentThatIsGoneSeesNoMoreForIt() {
    server.set("restrict_agent_view", "1");
    User member = server.user("support_agent");
    long department = make(DEPARTMENTS, "Dissolved");
    server.sql(
        "INSERT INTO department_agent (department_id, user_id) VALUES (?, ?)",
        department,
        member.id());
    long ticket =
        manager
            .api()
            .post(
                "", ticket("x@example.org", "department", department, "agent_id", manager.email()))
            .assertOk()
            .id();
    member.api().get("/" + ticket).assertOk();
    delete(DEPARTMENTS, department);
    member.api().get("/" + ticket).assertError(403, "rest_forbidden");
    assertEquals(
        "[]",
        manager.api().get("/" + ticket).assertOk().json().get("ticket_departments").toString());
  }

  @Test
  void agentsGiveTicketsTags() {
    long one = make(TAGS, "Given 1");
    long two = make(TAGS, "Given 2");
    long category = make(CATEGORIES, "No tag");
    long id = open(Map.of("ticket_tag", List.of(one, two, two)));
    assertEquals("[" + one + "," + two + "]", tags(agent.api().get("/" + id)));
    assertEquals(
        "[" + two + "]",
        tags(agent.api().json("POST", "/" + id, fields("ticket_tag", List.of(two)))));
    assertEquals(
        "[" + two + "]",
        tags(agent.api().json("POST", "/" + id, fields("status", "hold", "ticket_tag", ""))));
    Answer unknown =
        agent.api().json("PUT", "/" + id, fields("ticket_tag", List.of(one, category)));
    unknown.assertNames("ticket_tag");
    Answer lenient =
        agent
            .api()
            .preferring("lenient")
            .json("PUT", "/" + id, fields("ticket_tag", List.of(one, category, "x")));
    assertEquals("[" + one + "]", tags(lenient));
    assertEquals("ticket_tag", lenient.header("Kbs-Ignored-Parameters"));
    assertEquals(1, count(TAGS, one));
    assertEquals(0, count(TAGS, two));
    Answer form =
        agent
            .api()
            .send(
                "PATCH",
                "/wp-json/kbs/v1/tickets/" + id,
                FORM,
                "ticket_tag[]=" + one + "&ticket_tag[]=" + two);
    assertEquals("[" + one + "," + two + "]", tags(form));
    assertEquals("[]", tags(agent.api().json("PATCH", "/" + id, fields("ticket_tag", List.of()))));
    assertEquals(0, count(TAGS, one) + count(TAGS, two));
  }

  @Test
  void theTermsOfATicketComeInTheOrderOfTheirNames() {
    long last = make(TAGS, "In order: z");
    long first = make(TAGS, "In order: \u00c4");
    long second = make(TAGS, "In order: b");
    long third = make(TAGS, "In order: B a");
    long id = open(Map.of("ticket_tag", List.of(last, first, second, third)));
    assertEquals(
        "[" + first + "," + second + "," + third + "," + last + "]",
        tags(agent.api().get("/" + id)));
  }

  private static String tags(Answer ticket) {
    return ticket.assertOk().json().get("ticket_tag").toString();
  }

  @Test
  void customersGiveTheirTicketsNoTags() {
    long tag = make(TAGS, "Not for customers");
    Map<String, Object> body = ticket(customer.email(), "ticket_tag", List.of(tag));
    customer.api().post("", body).assertNames("ticket_tag");
    Answer lenient = customer.api().preferring("lenient").json("POST", "", body);
    assertEquals("[]", tags(lenient));
    assertEquals("ticket_tag", lenient.header("Kbs-Ignored-Parameters"));
  }

  @Test
  void itIsCountedWhatHasATerm() {
    long category = make(CATEGORIES, "Counted");
    long department = make(DEPARTMENTS, "Counted");
    long first =
        open(fields("post_category", List.of(category, category), "department", department));
    assertEquals(1, count(CATEGORIES, category));
    long second = open(fields("post_category", category));
    agent
        .api()
        .json("POST", "/" + second, fields("post_category", category, "department", department))
        .assertOk();
    assertEquals(2, count(CATEGORIES, category), "which it had already");
    assertEquals(2, count(DEPARTMENTS, department));
    agent.api().json("POST", "/" + first, fields("delete_category", category)).assertOk();
    agent.api().json("POST", "/" + first, fields("delete_category", category)).assertOk();
    assertEquals(1, count(CATEGORIES, category));
    long other = make(DEPARTMENTS, "Counted, too");
    agent.api().json("POST", "/" + first, fields("department", other)).assertOk();
    assertEquals(1, count(DEPARTMENTS, department));
    assertEquals(1, count(DEPARTMENTS, other));
  }
}
