package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.basic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.kbsserver.access.Role;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.contract.Callers;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import io.micronaut.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whom an operation is for: each operation that the contract has × each state that credentials can
 * be in, and each role.
 */
class CredentialMatrixTest {

  private static final List<String> ROLES =
      List.of(
          Role.ADMINISTRATOR,
          Role.SUPPORT_MANAGER,
          Role.SUPPORT_AGENT,
          Role.SUPPORT_CUSTOMER,
          "subscriber");

  /** Whose every attempt at what is done at all succeeds. */
  private static final Set<String> MANAGERS = Set.of(Role.ADMINISTRATOR, Role.SUPPORT_MANAGER);

  /** The value of a header, null where there is none, and what is wrong with it. */
  private record State(String name, String header) {}

  /** A wrong password takes its time, but so many may be wrong at a time. */
  private static final ExecutorService CLIENTS = Executors.newFixedThreadPool(8);

  private static final String NO_PASSWORD = "00000000-0000-4000-8000-000000000000";

  private static TestServer server;
  private static User manager;
  private static NamedThings things;

  @BeforeAll
  static void start() {
    server =
        TestServer.on(
            TestDatabase.get().createMigratedSchema("http_credentials"),
            // Each operation gets wrong passwords, and all of them are right to be refused as such.
            Map.of("kbs.logins.failures-of-pair", 9999, "kbs.logins.failures-of-address", 9999));
    manager = server.user(Role.SUPPORT_MANAGER);
    things = new NamedThings(server, manager, "somebody@example.org");
    server.sql("UPDATE app_user SET published = TRUE WHERE id = ?", manager.id());
  }

  @AfterAll
  static void stop() {
    CLIENTS.shutdownNow();
    server.close();
  }

  /** All that may be wrong with one, none at all included. */
  private static List<State> bad() {
    UserAccounts accounts = server.bean(UserAccounts.class);
    User other = server.user(Role.ADMINISTRATOR);
    User revoked = server.user(Role.ADMINISTRATOR);
    revoked.api().get("").assertOk();
    accounts.revoke(revoked.login(), null);
    User gone = server.user(Role.ADMINISTRATOR);
    gone.api().get("").assertOk();
    server.sql("DELETE FROM app_user WHERE id = ?", gone.id());
    User renewed = server.user(Role.ADMINISTRATOR);
    accounts.revoke(renewed.login(), null);
    accounts.addPassword(renewed.login(), "another");
    String right = basic(manager.login(), manager.password());
    List<State> all = new ArrayList<>();
    all.add(new State("no header", null));
    all.add(new State("nothing in it", ""));
    all.add(new State("no credentials", "Basic"));
    all.add(new State("empty credentials", "Basic "));
    all.add(new State("no Base64", "Basic ?!"));
    all.add(new State("no colon", "Basic bm9ib2R5"));
    all.add(new State("another scheme", right.replace("Basic", "Bearer")));
    all.add(new State("no password", basic(manager.login(), "")));
    all.add(new State("no login", basic("", manager.password())));
    all.add(new State("an unknown login", basic("nobody", manager.password())));
    all.add(new State("a wrong password", basic(manager.login(), "wrong")));
    all.add(
        new State(
            "half of the password", basic(manager.login(), manager.password().substring(0, 12))));
    all.add(new State("somebody else's password", basic(manager.login(), other.password())));
    all.add(new State("the stored hash", basic(manager.login(), hashOf(manager))));
    all.add(new State("a revoked password", basic(revoked.login(), revoked.password())));
    all.add(new State("a password from before", basic(renewed.login(), renewed.password())));
    all.add(new State("a user who is gone", basic(gone.login(), gone.password())));
    return all;
  }

  private static String hashOf(User user) {
    return server
        .values("SELECT hash FROM application_password WHERE user_id = ?", user.id())
        .get(0);
  }

  @TestFactory
  Stream<DynamicTest> nobodyGetsInWithoutALogin() {
    List<State> bad = bad();
    List<DynamicTest> tests = new ArrayList<>();
    for (Operation operation : Contract.packaged().operations()) {
      String address = things.address(operation, "me", () -> NO_PASSWORD);
      for (State state : bad) {
        HttpApi api = server.anonymous().authorized(state.header());
        Future<Answer> answer =
            CLIENTS.submit(() -> OperationRequest.sendTo(api, operation, address));
        tests.add(
            dynamicTest(
                operation.id() + ", " + state.name(),
                () -> assertRefused(operation, answer.get(1, TimeUnit.MINUTES))));
      }
    }
    return tests.stream();
  }

  private static void assertRefused(Operation operation, Answer answer) {
    if (operation.callers() == Callers.ANYONE) {
      assertTrue(Set.of(200, 207).contains(answer.status()), answer::toString);
    } else {
      answer.assertError(
          401,
          operation.path().startsWith("/wp/v2") ? "rest_not_logged_in" : "rest_forbidden_context");
    }
  }

  @TestFactory
  Stream<DynamicTest> aRoleGetsAsFarAsTheContractSays() {
    return ROLES.stream()
        .flatMap(
            role -> {
              User user = server.user(role);
              return Contract.packaged().operations().stream()
                  .map(
                      operation ->
                          dynamicTest(
                              operation.id() + ", " + role,
                              () -> {
                                // Whoever revokes all passwords cannot go on.
                                User asks =
                                    operation.id().equals("deleteApplicationPasswords")
                                        ? server.user(role)
                                        : user;
                                String address =
                                    ownWebhook(
                                        things.address(
                                            operation, "me", () -> newPassword(asks.api())),
                                        asks.api());
                                List<String> allowed = allowed(asks.api(), address);
                                Answer answer =
                                    OperationRequest.sendTo(asks.api(), operation, address);
                                // It is somebody else's, and one's own may be opened.
                                boolean forOthers = operation.id().equals("createTicket");
                                if (operation.method() != HttpMethod.OPTIONS && !forOthers) {
                                  assertEquals(
                                      answer.status() != 403,
                                      allowed.contains(operation.method().name()),
                                      () -> "Allow: " + allowed + ", " + answer);
                                }
                                assertNotEquals(401, answer.status(), answer::toString);
                                if (!CallersOf.role(role).contains(operation.callers())) {
                                  assertEquals(403, answer.status(), answer::toString);
                                } else if (MANAGERS.contains(role)) {
                                  assertTrue(answer.status() < 300, answer::toString);
                                }
                              }));
            });
  }

  /** What the one who asks may do there, as far as is told. */
  private static List<String> allowed(HttpApi api, String address) {
    return List.of(api.send("OPTIONS", address, null, null).header("Allow").split(", "));
  }

  /** The same with a webhook of the caller, where it names one: each has only their own. */
  private static String ownWebhook(String address, HttpApi api) {
    return address.matches(".*/webhooks/\\d+.*")
        ? address.replaceFirst(
            "/webhooks/\\d+", "/webhooks/" + OperationRequest.newWebhook(api).id())
        : address;
  }

  /** One more of the caller. */
  private static String newPassword(HttpApi api) {
    return api.send(
            "POST",
            "/wp-json/wp/v2/users/me/application-passwords",
            HttpApi.JSON,
            "{\"name\":\"" + TestServer.unique("program") + "\"}")
        .text("uuid");
  }
}
