package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer.User;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users as WordPress shows them: to administrators, to themselves, to everybody. */
class UsersTest {

  private static final String USERS = "/wp-json/wp/v2/users";

  /** In every name, so that a search finds the users of this class only. */
  private static final String MARK = TestServer.unique("usersmark");

  private static TestServer server;
  private static User administrator;
  private static User author;
  private static User replier;
  private static User silent;

  @BeforeAll
  static void makeThem() {
    server = TestServer.fresh();
    administrator = server.user("administrator");
    author = user("Zoe " + MARK, "editor");
    replier = user("Abel " + MARK, "support_agent");
    silent = user("Mute " + MARK, "support_customer");
    server.sql(
        "UPDATE app_user SET published = TRUE, url = 'https://zoe.example', description = 'Hi',"
            + " first_name = 'Zoe', last_name = 'Zett', nickname = 'zz', locale = 'de_DE',"
            + " registered_at = '2023-01-01 08:00:00', email = 'Zoe@Example.org ' WHERE id = ?",
        author.id());
    reply(replier.id(), "publish");
    reply(silent.id(), "draft");
  }

  private static User user(String name, String role) {
    User user = server.user(role);
    server.sql("UPDATE app_user SET display_name = ? WHERE id = ?", name, user.id());
    return user;
  }

  private static void reply(long author, String status) {
    long ticket = administrator.api().post("", HttpApi.ticket("users@example.org")).id();
    server.sql("INSERT INTO post (type) VALUES ('kbs_ticket_reply')");
    server.sql(
        "INSERT INTO reply (id, ticket_id, status, date_local, date_gmt, modified_local,"
            + " modified_gmt, content_raw, content_rendered, author_id)"
            + " SELECT MAX(id), ?, ?, NOW(), NOW(), NOW(), NOW(), '', '', ? FROM post",
        ticket,
        status,
        author);
  }

  private static Answer get(HttpApi api, String path) {
    return api.send("GET", USERS + path, null, null);
  }

  private static List<String> names(Answer page) {
    List<String> names = new ArrayList<>();
    page.assertOk().json().forEach(user -> names.add(user.get("name").asText().split(" ")[0]));
    return names;
  }

  @Test
  void aLoginIsTestedByAskingWhoItIs() {
    Answer me = get(silent.api(), "/me").assertOk();
    assertEquals(silent.id(), me.id());
    assertFalse(me.json().has("email"));
    Answer edited = get(silent.api(), "/me?context=edit").assertOk();
    assertEquals(silent.email(), edited.text("email"));
    assertEquals("[\"support_customer\"]", edited.json().get("roles").toString());
    HttpApi wrong = server.login(silent.login(), "wrong");
    get(wrong, "/me").assertError(401, "rest_not_logged_in");
    get(server.anonymous(), "/me").assertError(401, "rest_not_logged_in");
  }

  @Test
  void rolesAreShownInTheOrderInWhichTheyWereGiven() {
    User several = server.user("support_customer");
    for (String role : List.of("subscriber", "author")) {
      server.sql("INSERT INTO user_role (user_id, role) VALUES (?, ?)", several.id(), role);
    }
    Answer shown = get(administrator.api(), "/" + several.id() + "?context=edit").assertOk();
    assertEquals(
        "[\"support_customer\",\"subscriber\",\"author\"]", shown.json().get("roles").toString());
  }

  @Test
  void addressesArePermalinks() {
    String query = "/" + author.id();
    assertEquals(
        server.address() + "/author/" + get(administrator.api(), query).text("slug") + "/",
        get(administrator.api(), query).text("link"));
    server.set("permalink_structure", "");
    assertEquals(
        server.address() + "/?author=" + author.id(), get(administrator.api(), query).text("link"));
    server.resetSettings();
  }

  @Test
  void aUserIsShownWithAllThatTheContextAsksFor() {
    Answer shown = get(administrator.api(), "/" + author.id() + "?context=edit").assertOk();
    JsonNode user = shown.json();
    assertEquals(author.login(), shown.text("username"));
    assertEquals("Zoe", shown.text("first_name"));
    assertEquals("Zett", shown.text("last_name"));
    assertEquals("https://zoe.example", shown.text("url"));
    assertEquals("Hi", shown.text("description"));
    assertEquals("zz", shown.text("nickname"));
    assertEquals("de_DE", shown.text("locale"));
    assertEquals("2023-01-01T08:00:00+00:00", shown.text("registered_date"));
    assertEquals(author.login(), shown.text("slug"));
    assertEquals(server.address() + "/author/" + author.login() + "/", shown.text("link"));
    assertEquals("{}", user.get("meta").toString());
    assertEquals(
        "{\"read\":true,\"unfiltered_html\":true,\"editor\":true}",
        user.get("capabilities").toString());
    assertEquals("{\"editor\":true}", user.get("extra_capabilities").toString());
    assertEquals(
        // The hash of zoe@example.org.
        "https://secure.gravatar.com/avatar/710c98997fe6293238987eee67b9d7dd?s=24&d=mm&r=g",
        user.at("/avatar_urls/24").asText());
    String root = server.address() + USERS;
    assertEquals(root + "/" + author.id(), shown.text("_links.self.0.href"));
    assertEquals(root, shown.text("_links.collection.0.href"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "embed|_links avatar_urls description id link name slug url",
        "view|_links avatar_urls description id link meta name slug url",
        "edit|_links avatar_urls capabilities description email extra_capabilities first_name id"
            + " last_name link locale meta name nickname registered_date roles slug url username"
      })
  void theContextSaysWhichFieldsThereAre(String context, String fields) {
    for (String path : List.of("/me", "/" + administrator.id())) {
      TreeSet<String> names = new TreeSet<>();
      get(administrator.api(), path + "?context=" + context)
          .assertOk()
          .json()
          .fieldNames()
          .forEachRemaining(names::add);
      assertEquals(fields, String.join(" ", names), path);
    }
    Answer list = get(administrator.api(), "?per_page=1&context=" + context).assertOk();
    assertEquals(fields.split(" ").length, list.json().get(0).size());
  }

  @Test
  void whatIsNotKnownOfAUserIsEmpty() {
    server.sql(
        "UPDATE app_user SET registered_at = NULL, slug = '', email = '' WHERE id = ?",
        silent.id());
    Answer shown = get(administrator.api(), "/" + silent.id() + "?context=edit").assertOk();
    assertFalse(shown.json().has("registered_date"));
    assertEquals(String.valueOf(silent.id()), shown.text("slug"));
    assertEquals(
        List.of("Mute"), names(get(administrator.api(), "?slug=" + silent.id() + ",nobody")));
    assertEquals(silent.login(), shown.text("nickname"));
    assertEquals("en_US", shown.text("locale"));
    assertEquals("", shown.text("email"));
    server.sql(
        "UPDATE app_user SET slug = login, email = ? WHERE id = ?", silent.email(), silent.id());
  }

  @Test
  void everybodySeesThoseWhoHavePublishedSomething() {
    List<String> published = List.of("Abel", "Zoe");
    for (HttpApi api : List.of(server.anonymous(), silent.api(), replier.api(), author.api())) {
      Answer page = get(api, "?search=" + MARK);
      assertEquals(published, names(page));
      assertEquals("2", page.header("X-WP-Total"));
      get(api, "/" + author.id()).assertOk();
      get(api, "/" + replier.id()).assertOk();
    }
    assertEquals(
        List.of("Abel", "Mute", "Zoe"), names(get(administrator.api(), "?search=" + MARK)));
  }

  @Test
  void whoHasPublishedNothingIsSeenByAdministratorsAndThemselvesOnly() {
    String path = "/" + silent.id();
    get(server.anonymous(), path).assertError(401, "rest_user_cannot_view");
    get(replier.api(), path).assertError(403, "rest_user_cannot_view");
    get(server.user("support_manager").api(), path).assertError(403, "rest_user_cannot_view");
    get(silent.api(), path).assertOk();
    get(administrator.api(), path).assertOk();
  }

  @Test
  void nobodyLearnsTheAddressOfAnotherUserButAdministrators() {
    String path = "/" + author.id() + "?context=edit";
    get(server.anonymous(), path).assertError(401, "rest_user_cannot_view");
    get(silent.api(), path).assertError(403, "rest_user_cannot_view");
    get(author.api(), path).assertOk();
    assertEquals(List.of(), names(get(silent.api(), "?search=zoe@example")));
    assertEquals(List.of("Zoe"), names(get(administrator.api(), "?search=*zoe@example*")));
  }

  @ParameterizedTest
  @CsvSource({
    "context=edit, rest_forbidden_context",
    "roles=administrator, rest_user_cannot_view",
    "orderby=email, rest_forbidden_orderby",
    "orderby=registered_date, rest_forbidden_orderby"
  })
  void whatIsForAdministratorsIsRefusedToOthers(String query, String code) {
    get(server.anonymous(), "?" + query).assertError(401, code);
    get(author.api(), "?" + query).assertError(403, code);
    get(administrator.api(), "?" + query).assertOk();
  }

  @Test
  void authorsAreListedForThoseWhoWrite() {
    get(server.anonymous(), "?who=authors").assertError(401, "rest_forbidden_who");
    get(silent.api(), "?who=authors").assertError(403, "rest_forbidden_who");
    String query = "?who=authors&search=" + MARK;
    assertEquals(List.of("Zoe"), names(get(author.api(), query)));
    assertEquals(List.of("Zoe"), names(get(replier.api(), query)));
    get(author.api(), "?who=readers").assertNames("who");
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "id", "name", "registered_date", "slug", "url"})
  void aListIsSortedByWhatIsAskedFor(String column) {
    String query = "?per_page=100&context=edit&search=" + MARK + "&orderby=" + column;
    List<String> up = values(query + "&order=asc", column);
    List<String> down = values(query + "&order=desc", column);
    assertEquals(3, up.size());
    List<String> reversed = new ArrayList<>(up);
    Collections.reverse(reversed);
    assertEquals(reversed, down);
    if (!column.equals("id")) {
      List<String> sorted = new ArrayList<>(up);
      sorted.sort(String.CASE_INSENSITIVE_ORDER);
      assertEquals(sorted, up);
    }
  }

  private static List<String> values(String query, String field) {
    List<String> values = new ArrayList<>();
    get(administrator.api(), query)
        .assertOk()
        .json()
        .forEach(user -> values.add(user.get(field).asText("")));
    return values;
  }

  @Test
  void noTwoHaveOneSlug() {
    UserAccounts accounts = server.bean(UserAccounts.class);
    String login = TestServer.unique("one ") + "x".repeat(40);
    long first = accounts.add(login, "first@example.org", "", "subscriber");
    long second = accounts.add(login.replace(' ', '-'), "second@example.org", "", "subscriber");
    HttpApi api = administrator.api();
    for (long id : List.of(first, second)) {
      String slug = get(api, "/" + id).assertOk().text("slug");
      assertTrue(slug.length() <= 50, slug);
      Answer found = get(api, "?slug=" + slug).assertOk();
      assertEquals(1, found.json().size(), found::toString);
      assertEquals(id, found.json().at("/0/id").asLong());
    }
  }

  @Test
  void aListIsNarrowedDown() {
    HttpApi api = administrator.api();
    String three = "?search=" + MARK;
    String ids = author.id() + "," + silent.id();
    assertEquals(List.of("Mute", "Zoe"), names(get(api, "?include=" + ids)));
    assertEquals(List.of("Zoe", "Mute"), names(get(api, "?orderby=include&include=" + ids)));
    assertEquals(List.of("Abel"), names(get(api, three + "&exclude=" + ids)));
    assertEquals(List.of("Mute"), names(get(api, three + "&offset=1&per_page=1")));
    assertEquals(List.of("Zoe"), names(get(api, three + "&page=2&per_page=2")));
    assertEquals(List.of(), names(get(api, three + "&page=3&per_page=2")));
    assertEquals(
        List.of("Abel", "Zoe"), names(get(api, "?slug=" + author.login() + "," + replier.login())));
    assertEquals(List.of("Mute"), names(get(api, three + "&roles=support_customer")));
    assertEquals(
        List.of("Abel", "Mute"),
        names(get(api, three + "&roles[]=support_customer&roles[]=support_agent")));
    assertEquals(List.of(), names(get(api, "?roles=%C3%A9")));
    assertEquals(List.of("Mute"), names(get(api, three + "&roles=%C3%A9,support_customer")));
    get(api, "?orderby=include").assertError(400, "rest_orderby_include_missing_include");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"context=save", "order=up", "orderby=age", "page=0", "per_page=101", "include=x"})
  void valuesThatCannotBeAreRefused(String query) {
    get(server.anonymous(), "?" + query).assertNames(query.replaceFirst("=.*", ""));
  }

  @Test
  void whoIsNoUserIsNotFound() {
    get(server.anonymous(), "/99999999").assertError(404, "rest_user_invalid_id");
    server.sql(
        "INSERT INTO app_user (id, login, email, missing, published) VALUES (?, ?, '', TRUE, TRUE)",
        88_888_888,
        MARK);
    get(administrator.api(), "/88888888").assertError(404, "rest_user_invalid_id");
    get(server.anonymous(), "/nobody").assertError(404, "rest_no_route");
  }

  @Test
  void ticketsBringTheirAgentAndUserAlong() {
    long customer = server.customer(silent.email(), silent.id(), null);
    long ticket =
        administrator
            .api()
            .post("", HttpApi.ticket(silent.email(), "agent_id", replier.id()))
            .assertOk()
            .id();
    assertTrue(customer > 0);
    JsonNode shown =
        administrator.api().get("/" + ticket + "?_embed").assertOk().json().get("_embedded");
    assertEquals(replier.id(), shown.at("/agent/0/id").asLong());
    assertEquals(silent.id(), shown.at("/user/0/id").asLong());
    assertFalse(shown.at("/agent/0").has("meta"));
    JsonNode ofAgent =
        replier.api().get("/" + ticket + "?_embed").assertOk().json().get("_embedded");
    assertEquals("rest_user_cannot_view", ofAgent.at("/user/0/code").asText());
  }
}
