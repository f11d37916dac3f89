package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.basic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.http.TestServer.User;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP Basic with application passwords, as WordPress takes them. */
class AuthenticationTest {

  /** Made by WordPress 6.1 for the login carl of the reference site. */
  private static final String CARLS_PASSWORD = "4mwHSdsRGnNSKDraZzsHst64";

  private static TestServer server;
  private static User user;

  @BeforeAll
  static void start() {
    server = TestServer.fresh();
    user = server.user("support_agent");
  }

  private static void assertIn(HttpApi api) {
    api.get("?per_page=1").assertOk();
  }

  private static void assertOut(HttpApi api) {
    api.get("?per_page=1").assertError(401, "rest_forbidden_context");
  }

  @Test
  void whatSeparatesTheGroupsOfAPasswordDoesNotCount() {
    String password = user.password();
    for (String written :
        List.of(
            password,
            password.replaceAll("(.{4})", "$1 "),
            " " + password + "!!",
            password.replaceAll("(.{8})", "$1-"),
            "\t" + password + "\n",
            password + "é",
            password + ":")) {
      assertIn(server.login(user.login(), written));
    }
  }

  @Test
  void thePasswordItselfHasToBeRight() {
    String password = user.password();
    char last = password.charAt(23);
    for (String wrong :
        List.of(
            "",
            "!",
            password.substring(1),
            password + "x",
            password.substring(0, 23) + (last == 'x' ? 'y' : 'x'),
            swapCase(password),
            "'" + " OR '1'='1",
            "%",
            "x".repeat(8000))) {
      assertOut(server.login(user.login(), wrong));
      assertIn(user.api());
    }
  }

  @Test
  void theLoginIsTheNameInAnyCaseOrTheEmailAddress() {
    String login = TestServer.unique("Jane.Doe-");
    User jane = server.user(login, "subscriber");
    for (String name :
        List.of(
            login,
            login.toUpperCase(java.util.Locale.ROOT),
            login.toLowerCase(java.util.Locale.ROOT),
            " " + login + "\t",
            "<b>" + login + "</b>",
            jane.email(),
            jane.email().toUpperCase(java.util.Locale.ROOT))) {
      assertIn(server.login(name, jane.password()));
    }
    for (String name :
        List.of(
            login + "x",
            "",
            " ",
            "<>",
            "@",
            login + "@",
            "@example.org",
            "%",
            login + "%",
            "*",
            "\u0000")) {
      assertOut(server.login(name, jane.password()));
    }
    assertOut(server.login(user.login(), jane.password()));
    assertOut(server.login(login, user.password()));
  }

  @Test
  void theSchemeIsBasicInAnyCase() {
    String right = basic(user.login(), user.password()).substring("Basic ".length());
    for (String scheme : List.of("Basic ", "basic ", "BASIC ", "Basic   ")) {
      assertIn(server.anonymous().authorized(scheme + right));
    }
    for (String other :
        List.of(
            "Basic" + right,
            right,
            "Bearer " + right,
            "Digest " + right,
            "Basic " + right + " x",
            "Basic " + right.substring(1),
            "Basic *" + right,
            "Basic " + user.login() + ":" + user.password(),
            "Basic "
                + Base64.getEncoder()
                    .encodeToString(user.login().getBytes(StandardCharsets.UTF_8)))) {
      assertOut(server.anonymous().authorized(other));
    }
  }

  @Test
  void aRevokedPasswordStopsAtOnceAlsoWhenItWasJustUsed() {
    User leaver = server.user("support_agent");
    UserAccounts accounts = server.bean(UserAccounts.class);
    UserAccounts.NewPassword second = accounts.addPassword(leaver.login(), "second");
    HttpApi withSecond = server.login(leaver.login(), second.password());
    for (int i = 0; i < 3; i++) {
      assertIn(leaver.api());
      assertIn(withSecond);
    }
    assertEquals(1, accounts.revoke(leaver.login(), second.uuid()));
    assertOut(withSecond);
    assertIn(leaver.api());
    assertEquals(1, accounts.revoke(leaver.login(), null));
    assertOut(leaver.api());
  }

  @Test
  void whatAnotherProcessChangesIsInForceAtOnce() {
    User changed = server.user("support_agent");
    long id = changed.id();
    changed.api().get("?context=edit&per_page=1").assertOk();
    server.sql("UPDATE user_role SET role = 'subscriber' WHERE user_id = ?", id);
    changed.api().get("?context=edit&per_page=1").assertError(403, "rest_forbidden_context");
    server.sql("DELETE FROM user_role WHERE user_id = ?", id);
    assertIn(changed.api());
    server.sql("UPDATE app_user SET missing = TRUE WHERE id = ?", id);
    assertOut(changed.api());
    server.sql("UPDATE app_user SET missing = FALSE WHERE id = ?", id);
    assertIn(changed.api());
    server.sql("DELETE FROM application_password WHERE user_id = ?", id);
    assertOut(changed.api());
  }

  @Test
  void everyOneOfManyPasswordsWorks() {
    User collector = server.user("support_agent");
    UserAccounts accounts = server.bean(UserAccounts.class);
    for (int i = 0; i < 40; i++) {
      String password = accounts.addPassword(collector.login(), "nr " + i).password();
      assertIn(server.login(collector.login(), password));
    }
    assertIn(collector.api());
    assertEquals(41, accounts.passwords(collector.login()).size());
  }

  @Test
  void theFastHashOfWordPressIsUnderstood() {
    String secret = "aB3dE5gH7jK9mN1pQ2sT4vX6";
    User owner = server.user("subscriber");
    store(owner, generic(secret));
    assertIn(server.login(owner.login(), secret));
    assertIn(server.login(owner.login(), "aB3d E5gH 7jK9 mN1p Q2sT 4vX6"));
    assertOut(server.login(owner.login(), secret.toLowerCase(java.util.Locale.ROOT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$generic$",
        "$generic$AAAA",
        "$P$",
        "$P$BshortSalt",
        "$P$!badcostsalt12345678901234567890",
        "$P$zabcdefgh0123456789012345678901",
        "$wp$2y$10$abcdefghijklmnopqrstuuSecretSecretSecretSecretSecretSe",
        "$2y$10$abcdefghijklmnopqrstuuSecretSecretSecretSecretSecretSe",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "*",
        ""
      })
  void aHashThatIsNoneFitsNothingAndHarmsNothing(String hash) {
    User owner = server.user("subscriber");
    store(owner, hash);
    for (String secret : List.of("", "*", "abc", hash.replaceAll("[^A-Za-z0-9]", ""), "password")) {
      assertOut(server.login(owner.login(), secret));
    }
    assertIn(owner.api());
  }

  @Test
  void aNonceIsNoLogin() {
    User user = server.user("support_agent");
    // A login that has worked is not shut out by the many that are wrong below.
    assertIn(user.api());
    for (HttpApi api : List.of(server.anonymous(), server.login(user.login(), "wrong"))) {
      String code = "rest_cookie_invalid_nonce";
      HttpApi withNonce = api.with("X-WP-Nonce", "1a2b3c4d5e");
      List<String> paths = new ArrayList<>(OperationRequest.OF_KNOWLEDGE);
      paths.addAll(OperationRequest.OF_CHANGES);
      paths.addAll(
          List.of(
              "/wp-json/",
              "/wp-json/kbs/v1",
              HttpApi.TICKETS,
              HttpApi.TICKETS + "/1",
              "/wp-json/kbs/v1/replies/ticket/1",
              "/wp-json/kbs/v1/replies/1",
              "/wp-json/kbs/v1/customers",
              "/wp-json/kbs/v1/customers/1",
              "/wp-json/kbs/v1/companies",
              "/wp-json/kbs/v1/companies/1"));
      for (String path : paths) {
        for (String method : List.of("GET", "OPTIONS")) {
          withNonce.send(method, path, null, null).assertError(403, code);
          api.send(method, path + "?_wpnonce=", null, null).assertError(403, code);
        }
      }
      withNonce.post("", HttpApi.ticket("nonce@example.org")).assertError(403, code);
    }
    user.api().with("X-WP-Nonce", "1a2b3c4d5e").get("?_wpnonce=1a2b3c4d5e").assertOk();
  }

  @Test
  void thePasswordsThatWordPressMadeWorkAfterTheImport() {
    TestServer site = ImportedServer.get();
    site.login("carl", CARLS_PASSWORD).get("?per_page=1").assertOk();
    site.login("CARL@example.org", "4mwH SdsR GnNS KDra ZzsH st64").get("?per_page=1").assertOk();
    // The password of the account is for the browser.
    site.login("carl", "carl-pass-1").get("").assertError(401, "rest_forbidden_context");
    site.login("admin", "admin-pass-1").get("").assertError(401, "rest_forbidden_context");
    String hash =
        "SELECT p.hash FROM application_password p JOIN app_user u ON u.id = p.user_id"
            + " WHERE u.login = 'carl'";
    assertTrue(site.values(hash).get(0).startsWith("$P$"));
  }

  private static void store(User owner, String hash) {
    server.sql(
        "INSERT INTO application_password (uuid, user_id, name, hash, created_at)"
            + " VALUES (?, ?, 'stored', ?, '2026-01-01 00:00:00')",
        UUID.randomUUID().toString(),
        owner.id(),
        hash);
  }

  /** As wp_fast_hash() of WordPress 6.8: BLAKE2b of 30 bytes with a key, in URL-safe Base64. */
  private static String generic(String secret) {
    byte[] key = "wp_fast_hash_6.8+".getBytes(StandardCharsets.US_ASCII);
    Blake2bDigest digest = new Blake2bDigest(key, 30, null, null);
    byte[] input = secret.getBytes(StandardCharsets.US_ASCII);
    digest.update(input, 0, input.length);
    byte[] hash = new byte[30];
    digest.doFinal(hash, 0);
    return "$generic$" + Base64.getUrlEncoder().encodeToString(hash);
  }

  private static String swapCase(String text) {
    StringBuilder swapped = new StringBuilder();
    for (char c : text.toCharArray()) {
      swapped.append(
          Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
    }
    return swapped.toString();
  }
}
