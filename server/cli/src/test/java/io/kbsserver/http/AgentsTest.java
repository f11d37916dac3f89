package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.JSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kbsserver.http.TestServer.User;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents as those read them who run the help desk. */
class AgentsTest {

  private static final String AGENTS = "/wp-json/kbs/v1/agents";

  /** In every name, so that a search finds the users of this class only. */
  private static final String MARK = TestServer.unique("agentsmark");

  private static TestServer server;
  private static User manager;
  private static User administrator;
  private static User zoe;
  private static User abel;
  private static User nobody;

  @BeforeAll
  static void makeThem() {
    server = TestServer.fresh();
    manager = user("Mona", "support_manager");
    administrator = user("admin", "administrator");
    zoe = user("Zoé", "support_agent");
    abel = user("Abel", "support_agent");
    nobody = user("Nobody", "editor");
    server.sql(
        "UPDATE app_user SET first_name = 'Zoé', last_name = 'Zett', email = ?, url = ?"
            + " WHERE id = ?",
        "zoe@" + MARK + ".example",
        "https://zoe.example/" + MARK,
        zoe.id());
  }

  private static User user(String name, String role) {
    User user = server.user(role);
    server.sql("UPDATE app_user SET display_name = ? WHERE id = ?", name + " " + MARK, user.id());
    return user;
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static Answer get(HttpApi api, String path) {
    return api.send("GET", AGENTS + path, null, null);
  }

  private static List<String> names(Answer page) {
    List<String> names = new ArrayList<>();
    page.assertOk().json().forEach(user -> names.add(user.get("name").asText().split(" ")[0]));
    return names;
  }

  @Test
  void anAgentIsShownWithAllThatIsKnown() {
    Answer shown = get(manager.api(), "/" + zoe.id()).assertOk();
    assertEquals(zoe.id(), shown.id());
    assertEquals("Zoé " + MARK, shown.text("name"));
    assertEquals("Zoé", shown.text("first_name"));
    assertEquals("Zett", shown.text("last_name"));
    assertEquals("zoe@" + MARK + ".example", shown.text("email"));
    assertEquals(server.address() + AGENTS + "/" + zoe.id(), shown.text("_links.self.0.href"));
    assertEquals(server.address() + AGENTS, shown.text("_links.collection.0.href"));
    assertEquals(6, shown.json().size());
    assertEquals("GET", shown.header("Allow"));
  }

  @Test
  void agentsAreListedByTheirNames() {
    Answer all = get(manager.api(), "?search=" + MARK).assertOk();
    assertEquals(List.of("Abel", "admin", "Mona", "Zoé"), names(all));
    assertEquals(4, all.total());
    Answer second = get(manager.api(), "?per_page=3&page=2&search=" + MARK);
    assertEquals(List.of("Zoé"), names(second));
    assertEquals("2", second.header("X-WP-TotalPages"));
    assertEquals(
        "<%s%s?per_page=3&page=1&search=%s>; rel=\"prev\""
            .formatted(server.address(), AGENTS, MARK),
        second.header("Link"));
    Answer behind = get(manager.api(), "?page=9&search=" + MARK).assertOk();
    assertEquals("[]", behind.body());
    assertEquals(4, behind.total());
  }

  @Test
  void withoutTheSettingAdministratorsAreNoAgents() {
    server.set("admin_agents", "");
    assertEquals(List.of("Abel", "Mona", "Zoé"), names(get(manager.api(), "?search=" + MARK)));
    get(manager.api(), "/" + administrator.id()).assertError(404, "rest_agent_invalid_id");
    get(administrator.api(), "").assertError(403, "rest_forbidden");
    get(administrator.api(), "/" + zoe.id()).assertError(403, "rest_forbidden");
  }

  @Test
  void withoutTheSettingAnAdministratorSeesNoTicketsAsAnAgentEither() {
    User both = server.user("administrator");
    server.sql("INSERT INTO user_role (user_id, role) VALUES (?, 'support_agent')", both.id());
    long ticket = both.api().post("", HttpApi.ticket("both@example.org")).assertOk().id();
    both.api().get("/" + ticket).assertOk();
    server.set("admin_agents", "");
    both.api().get("/" + ticket).assertError(403, "rest_forbidden");
    both.api()
        .post("/" + ticket, HttpApi.fields("status", "closed"))
        .assertError(403, "rest_cannot_edit");
    assertEquals(0, both.api().get("?include=" + ticket).assertOk().total());
    // As a customer, the own ones.
    server.customer(both.email(), both.id(), null);
    long own = zoe.api().post("", HttpApi.ticket(both.email())).assertOk().id();
    assertEquals(own, both.api().get("/" + own).assertOk().id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Abel {mark} | Abel",
        "*Abel {mark}* | Abel",
        "zoe@{mark} | Zoé",
        "@example.org {mark} |",
        "https://zoe.example/{mark} | Zoé",
        "https://abel.example/{mark} |",
        "zoe.example/{mark} | Zoé",
        "{id} | Zoé",
        "nothing of all this |"
      })
  void whatASearchLooksLikeDecidesWhereItLooks(String search, String expected) {
    String asked = search.replace("{mark}", MARK).replace("{id}", String.valueOf(zoe.id()));
    Answer found =
        get(manager.api(), "?search=" + URLEncoder.encode(asked, StandardCharsets.UTF_8));
    assertEquals(expected == null ? List.of() : List.of(expected), names(found));
  }

  @Test
  void whoIsNoAgentIsNotFound() {
    for (String id : List.of("0", "99999999", "99999999999999999999", "" + nobody.id())) {
      Answer none = get(manager.api(), "/" + id).assertError(404, "rest_agent_invalid_id");
      assertEquals("GET", none.header("Allow"));
    }
    for (String id : List.of("-3", "me", "anna")) {
      get(manager.api(), "/" + id).assertError(404, "rest_no_route");
    }
    server.sql("UPDATE app_user SET missing = TRUE WHERE id = ?", abel.id());
    try {
      get(manager.api(), "/" + abel.id()).assertError(404, "rest_agent_invalid_id");
      assertFalse(names(get(manager.api(), "?search=" + MARK)).contains("Abel"));
    } finally {
      server.sql("UPDATE app_user SET missing = FALSE WHERE id = ?", abel.id());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"page=0", "per_page=101", "per_page=x", "search[]=x", "context[]=x"})
  void valuesThatCannotBeAreRefused(String query) {
    get(manager.api(), "?" + query).assertNames(query.replaceFirst("(\\[])?=.*", ""));
  }

  @Test
  void theRoutesTakeWhatEveryRouteTakes() {
    HttpApi nonce = server.anonymous().with("X-WP-Nonce", "1a2b3c4d5e");
    for (String path : List.of("", "/" + zoe.id())) {
      get(manager.api(), path + "?context=view&_fields=id").assertOk();
      get(manager.api(), path + "?context[]=x").assertNames("context");
      get(server.anonymous(), path).assertError(401, "rest_forbidden_context");
      get(nonce, path).assertError(403, "rest_cookie_invalid_nonce");
      nonce
          .send("OPTIONS", AGENTS + path, null, null)
          .assertError(403, "rest_cookie_invalid_nonce");
      server
          .anonymous()
          .send("OPTIONS", AGENTS + path, JSON, "{")
          .assertError(400, "rest_invalid_json");
      for (String method : List.of("GET", "OPTIONS")) {
        Answer lenient =
            manager
                .api()
                .preferring("lenient")
                .send(method, AGENTS + path + "?colour=red", null, null);
        assertEquals("colour", lenient.assertOk().header("Kbs-Ignored-Parameters"), path);
      }
    }
  }
}
