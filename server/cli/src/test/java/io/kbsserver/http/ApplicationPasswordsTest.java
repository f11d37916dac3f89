package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.access.ApplicationPasswords;
import io.kbsserver.access.PasswordUses;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.refusal.NotFound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client makes itself application passwords, looks which there are, and revokes them. */
class ApplicationPasswordsTest {

  private static final String APP = "0b7d1f5e-9c6a-5f0e-8a56-3c9f1d2b7e40";

  private static TestServer server;
  private static User administrator;

  private User user;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    administrator = server.user("administrator");
  }

  @BeforeEach
  void somebody() {
    user = server.user("subscriber");
  }

  private static String passwords(Object owner) {
    return "/wp-json/wp/v2/users/" + owner + "/application-passwords";
  }

  private static Answer get(HttpApi api, String path) {
    return api.send("GET", path, null, null);
  }

  private static Answer create(HttpApi api, Object owner, String name) {
    return api.send("POST", passwords(owner), JSON, json(Map.of("name", name)));
  }

  private static List<String> names(HttpApi api, Object owner) {
    List<String> names = new ArrayList<>();
    get(api, passwords(owner))
        .assertOk()
        .json()
        .forEach(one -> names.add(one.get("name").asText()));
    return names;
  }

  @Test
  void aClientMakesItselfAPasswordLogsInWithItAndRevokesIt() {
    Answer made =
        user.api()
            .send("POST", passwords("me"), JSON, json(Map.of("name", " Billing ", "app_id", APP)));
    assertEquals(201, made.status(), made::toString);
    assertEquals("Billing", made.text("name"));
    assertEquals(APP, made.text("app_id"));
    assertTrue(made.text("password").matches("([A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}"), made::toString);
    String path = passwords(user.id()) + "/" + made.text("uuid");
    assertEquals(server.address() + path, made.header("Location"));
    assertEquals(server.address() + path, made.text("_links.self.0.href"));
    assertTrue(made.json().get("last_used").isNull());

    HttpApi program = server.login(user.login(), made.text("password"));
    Answer own = get(program, passwords("me") + "/introspect").assertOk();
    assertEquals(made.text("uuid"), own.text("uuid"));
    assertFalse(own.json().has("password"));
    assertFalse(own.json().get("last_used").isNull());
    assertEquals("127.0.0.1", own.text("last_ip"));

    Answer gone = program.send("DELETE", path, null, null).assertOk();
    assertTrue(gone.json().get("deleted").asBoolean());
    assertEquals("Billing", gone.text("previous.name"));
    get(program, passwords("me")).assertError(401, "rest_not_logged_in");
    get(user.api(), path).assertError(404, "rest_application_password_not_found");
  }

  @Test
  void allAreRevokedAtOnce() {
    create(user.api(), "me", "another");
    Answer gone = user.api().send("DELETE", passwords("me"), null, null).assertOk();
    assertEquals("{\"deleted\":true,\"count\":2}", gone.body());
    get(user.api(), passwords("me")).assertError(401, "rest_not_logged_in");
  }

  @Test
  void onesOwnAreListedWithoutTheirSecrets() {
    create(user.api(), "me", "another");
    Answer list = get(user.api(), passwords("me") + "?context=edit").assertOk();
    assertEquals(2, list.json().size());
    JsonNode one = list.json().get(0);
    assertEquals("", one.get("app_id").asText());
    assertTrue(one.get("created").asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"));
    assertFalse(list.body().contains("password\":"), list::toString);
    assertFalse(list.body().contains("$generic$"), list::toString);
    assertEquals(Set.of("test", "another"), Set.copyOf(names(user.api(), "me")));
    assertEquals(1, get(user.api(), passwords("me") + "?_fields=name").json().get(1).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void aNameIsChangedAndTheSecretStays(String method) {
    Answer made = create(user.api(), "me", "before");
    String path = passwords("me") + "/" + made.text("uuid");
    Answer same = user.api().send(method, path, JSON, "{}").assertOk();
    assertEquals("before", same.text("name"));
    Answer renamed = user.api().send(method, path, FORM, "name=after").assertOk();
    assertEquals("after", renamed.text("name"));
    assertEquals("after", user.api().send(method, path, FORM, "name=after").text("name"));
    assertEquals("After", user.api().send(method, path, FORM, "name=After").text("name"));
    user.api()
        .send(method, path, JSON, json(Map.of("name", "TEST")))
        .assertError(409, "application_password_duplicate_name");
    user.api().send(method, path, JSON, json(Map.of("name", "x".repeat(256)))).assertNames("name");
    get(server.login(user.login(), made.text("password")), passwords("me")).assertOk();
  }

  @Test
  void aNameIsNeededAndTellsOneFromTheOthers() {
    user.api()
        .send("POST", passwords("me"), JSON, "{}")
        .assertError(400, "rest_missing_callback_param");
    create(user.api(), "me", "  ").assertNames("name");
    create(user.api(), "me", "Test").assertError(409, "application_password_duplicate_name");
    user.api()
        .send("POST", passwords("me"), JSON, json(Map.of("name", "x", "app_id", "mine")))
        .assertNames("app_id");
    assertEquals(List.of("test"), names(user.api(), "me"));
  }

  @Test
  void nobodyHasMoreThanAHundred() {
    for (int i = 1; i < 100; i++) {
      server.sql(
          "INSERT INTO application_password (uuid, user_id, name, hash, created_at)"
              + " VALUES (UUID(), ?, ?, '', NOW())",
          user.id(),
          "old " + i);
    }
    create(user.api(), "me", "too many").assertError(409, "application_password_too_many");
  }

  @Test
  void aSubscriberTouchesNobodyElsesPasswords() {
    User other = server.user("subscriber");
    String uuid = get(other.api(), passwords("me") + "/introspect").assertOk().text("uuid");
    String list = passwords(other.id());
    String one = list + "/" + uuid;
    for (User stranger : List.of(user, server.user("support_manager"))) {
      HttpApi api = stranger.api();
      get(api, list).assertError(403, "rest_cannot_list_application_passwords");
      get(api, one).assertError(403, "rest_cannot_read_application_password");
      create(api, other.id(), "x").assertError(403, "rest_cannot_create_application_passwords");
      api.send("PUT", one, FORM, "name=x")
          .assertError(403, "rest_cannot_edit_application_password");
      api.send("DELETE", one, null, null)
          .assertError(403, "rest_cannot_delete_application_password");
      api.send("DELETE", list, null, null)
          .assertError(403, "rest_cannot_delete_application_passwords");
      // Another user's under one's own name is not there.
      get(api, passwords("me") + "/" + uuid)
          .assertError(404, "rest_application_password_not_found");
      api.send("DELETE", passwords("me") + "/" + uuid, null, null)
          .assertError(404, "rest_application_password_not_found");
    }
    assertEquals(List.of("test"), names(other.api(), "me"));
  }

  @Test
  void anAdministratorManagesEverybodys() {
    HttpApi api = administrator.api();
    Answer made = create(api, user.id(), "for you");
    assertEquals(201, made.status(), made::toString);
    assertEquals(Set.of("test", "for you"), Set.copyOf(names(api, user.id())));
    get(server.login(user.login(), made.text("password")), passwords("me")).assertOk();
    String one = passwords(user.id()) + "/" + made.text("uuid");
    get(api, one).assertOk();
    api.send("DELETE", one, null, null).assertOk();
    assertEquals(List.of("test"), names(api, user.id()));
    get(api, passwords(user.id()) + "/introspect")
        .assertError(403, "rest_cannot_introspect_app_password_for_non_authenticated_user");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    HttpApi api = administrator.api();
    get(api, passwords(99_999_999)).assertError(404, "rest_user_invalid_id");
    get(api, passwords("9".repeat(30))).assertError(404, "rest_user_invalid_id");
    get(api, passwords("nobody")).assertError(404, "rest_no_route");
    get(api, passwords("me") + "/" + APP).assertError(404, "rest_application_password_not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  void whatNoUuidIsWrittenWithIsNoRoute(String method) {
    for (String uuid : List.of("%C3%A9", "a%20b", "a.b")) {
      user.api()
          .send(method, passwords("me") + "/" + uuid, null, null)
          .assertError(404, "rest_no_route");
    }
  }

  @Test
  void nobodyGetsAPasswordWhoIsDeletedMeanwhile() {
    server.sql("UPDATE app_user SET missing = TRUE WHERE id = ?", user.id());
    ApplicationPasswords accounts = server.bean(ApplicationPasswords.class);
    assertThrows(NotFound.class, () -> accounts.create(user.id(), "too late", ""));
  }

  @Test
  void aUseIsWrittenAndGoesWithItsPassword() {
    PasswordUses uses = server.bean(PasswordUses.class);
    String first = get(user.api(), passwords("me") + "/introspect").text("uuid");
    uses.write();
    assertEquals(List.of("127.0.0.1"), written(first));
    Answer made = create(user.api(), "me", "another");
    String second = made.text("uuid");
    HttpApi program = server.login(user.login(), made.text("password"));
    get(program, passwords("me")).assertOk();
    uses.write();
    assertEquals(List.of("127.0.0.1"), written(second));

    user.api().send("DELETE", passwords("me") + "/" + second, null, null).assertOk();
    assertEquals(List.of(), written(second));
    // Used before it was revoked, written after.
    user.api().send("DELETE", passwords("me"), null, null).assertOk();
    uses.write();
    assertEquals(List.of(), written(first));
  }

  private static List<String> written(String uuid) {
    return server.values("SELECT address FROM application_password_use WHERE uuid = ?", uuid);
  }
}
