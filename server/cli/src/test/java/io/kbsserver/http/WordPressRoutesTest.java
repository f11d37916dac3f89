package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.FORM;
import static io.kbsserver.http.HttpApi.JSON;
import static io.kbsserver.http.HttpApi.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.http.TestServer.User;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WordPress's own routes take what every route takes, and refuse as every route does. */
class WordPressRoutesTest {

  private static final String ROOT = "/wp-json/wp/v2";
  private static final String PASSWORDS = ROOT + "/users/me/application-passwords";
  private static final List<String> RENAMING = List.of("POST", "PUT", "PATCH");

  private static TestServer server;
  private static User user;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    user = server.user("administrator");
  }

  /** All that can be read. */
  private static List<String> routes() {
    return List.of(
        ROOT,
        ROOT + "/users",
        ROOT + "/users/" + user.id(),
        ROOT + "/users/me",
        PASSWORDS,
        PASSWORDS + "/introspect",
        PASSWORDS + "/" + another(user),
        ROOT + "/ticket_tag",
        ROOT + "/ticket_tag/" + server.term("ticket_tag", TestServer.unique("tag")));
  }

  /** One more application password. */
  private static String another(User owner) {
    String name = json(Map.of("name", TestServer.unique("program")));
    return owner.api().send("POST", PASSWORDS, JSON, name).text("uuid");
  }

  @Test
  void readingTakesWhatEveryRouteTakes() {
    for (String path : routes()) {
      user.api().send("GET", path + "?context=view&_fields=id,uuid", null, null).assertOk();
      user.api().send("GET", path + "?context[]=x", null, null).assertNames("context");
      server.anonymous().send("OPTIONS", path, JSON, "{").assertError(400, "rest_invalid_json");
      for (String method : List.of("GET", "OPTIONS")) {
        Answer lenient =
            user.api().preferring("lenient").send(method, path + "?colour=red", null, null);
        assertEquals("colour", lenient.assertOk().header("Kbs-Ignored-Parameters"), path);
      }
    }
  }

  @Test
  void aNonceIsNoLogin() {
    HttpApi nonce = server.anonymous().with("X-WP-Nonce", "1a2b3c4d5e");
    for (String path : routes()) {
      for (String method : List.of("GET", "OPTIONS")) {
        nonce.send(method, path, null, null).assertError(403, "rest_cookie_invalid_nonce");
      }
    }
    String one = PASSWORDS + "/" + another(user);
    for (String method : RENAMING) {
      nonce.send(method, one, FORM, "name=x").assertError(403, "rest_cookie_invalid_nonce");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void writingTakesWhatEveryRouteTakes(String method) {
    for (String path : List.of(PASSWORDS, PASSWORDS + "/" + another(user))) {
      if (path.equals(PASSWORDS) && !method.equals("POST")) {
        continue;
      }
      String name = TestServer.unique("program");
      String part =
          "--B\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n%s\r\n--B--\r\n"
              .formatted(name + " multipart");
      Answer multipart = user.api().send(method, path, "multipart/form-data; boundary=B", part);
      assertTrue(multipart.status() < 300, multipart::toString);
      Answer lenient =
          user.api()
              .preferring("lenient")
              .send(method, path + "?_fields=name", FORM, "colour=red&name=" + name);
      assertTrue(lenient.status() < 300, lenient::toString);
      assertEquals(name, lenient.text("name"));
      assertEquals(2, lenient.json().size(), "the links stay");
      assertEquals("colour", lenient.header("Kbs-Ignored-Parameters"));
      assertEquals("handling=lenient", lenient.header("Preference-Applied"));

      user.api().send(method, path, FORM, "name=x&colour=red").assertNames("colour");
      user.api()
          .send(method, path, JSON, "x".repeat(10 * 1024 * 1024 + 1))
          .assertError(413, "rest_content_too_large");
      user.api()
          .send(method, path, "text/plain", "x")
          .assertError(415, "rest_unsupported_media_type");
      server.anonymous().send(method, path, FORM, "name=x").assertError(401, "rest_not_logged_in");
      user.api()
          .send(method, path.replace("/me/", "/99999999/"), FORM, "name=x")
          .assertError(404, "rest_user_invalid_id");
    }
  }

  @Test
  void revokingTakesWhatEveryRouteTakes() {
    User other = server.user("subscriber");
    HttpApi lenient = other.api().preferring("lenient");
    String one = PASSWORDS + "/" + another(other);
    for (String path : List.of(one, PASSWORDS)) {
      other.api().send("DELETE", path + "?colour=red", null, null).assertNames("colour");
      server.anonymous().send("DELETE", path, null, null).assertError(401, "rest_not_logged_in");
      Answer gone = lenient.send("DELETE", path + "?colour=red&_fields=deleted", null, null);
      assertEquals("{\"deleted\":true}", gone.assertOk().body());
      assertEquals("colour", gone.header("Kbs-Ignored-Parameters"));
    }
    String ofNobody = PASSWORDS.replace("/me/", "/99999999/");
    user.api().send("DELETE", ofNobody, null, null).assertError(404, "rest_user_invalid_id");
    user.api()
        .send("GET", ofNobody + "/introspect", null, null)
        .assertError(404, "rest_user_invalid_id");
  }
}
