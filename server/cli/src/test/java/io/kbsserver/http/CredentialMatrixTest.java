package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.basic;
import static io.kbsserver.http.HttpApi.ticket;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
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

  private static final Map<String, Callers> NARROWEST =
      Map.of(
          Role.ADMINISTRATOR,
          Callers.TICKET_ADMIN,
          Role.SUPPORT_MANAGER,
          Callers.TICKET_ADMIN,
          Role.SUPPORT_AGENT,
          Callers.AGENT,
          Role.SUPPORT_CUSTOMER,
          Callers.LOGIN,
          "subscriber",
          Callers.LOGIN);

  private static final String NO_PASSWORD = "00000000-0000-4000-8000-000000000000";

  private static TestServer server;
  private static User manager;
  private static String customer;
  private static String company;
  private static String form;
  private static String field;
  private static String article;

  @BeforeAll
  static void start() {
    server =
        TestServer.on(
            TestDatabase.get().createSchema("http_credentials"),
            // Each operation gets wrong passwords, and all of them are right to be refused as such.
            Map.of("kbs.logins.failures-of-pair", 1000, "kbs.logins.failures-of-address", 1000));
    manager = server.user(Role.SUPPORT_MANAGER);
    customer = String.valueOf(server.customer("somebody@example.org", null, null));
    company = String.valueOf(server.company("Somebody Ltd"));
    form = String.valueOf(server.form("Contact"));
    field = String.valueOf(server.formField(Long.valueOf(form), "Name", 0));
    article = String.valueOf(server.article("How to", "So"));
    server.sql("UPDATE app_user SET published = TRUE WHERE id = ?", manager.id());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The value of the header, by what is wrong with it. */
  private static Map<String, String> bad() {
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
    Map<String, String> all = new LinkedHashMap<>();
    all.put("no header", null);
    all.put("nothing in it", "");
    all.put("no credentials", "Basic");
    all.put("empty credentials", "Basic ");
    all.put("no Base64", "Basic ?!");
    all.put("no colon", "Basic bm9ib2R5");
    all.put("another scheme", right.replace("Basic", "Bearer"));
    all.put("no password", basic(manager.login(), ""));
    all.put("no login", basic("", manager.password()));
    all.put("an unknown login", basic("nobody", manager.password()));
    all.put("a wrong password", basic(manager.login(), "wrong"));
    all.put("half of the password", basic(manager.login(), manager.password().substring(0, 12)));
    all.put("somebody else's password", basic(manager.login(), other.password()));
    all.put("the stored hash", basic(manager.login(), hashOf(manager)));
    all.put("a revoked password", basic(revoked.login(), revoked.password()));
    all.put("a password from before", basic(renewed.login(), renewed.password()));
    all.put("a user who is gone", basic(gone.login(), gone.password()));
    return all;
  }

  private static String hashOf(User user) {
    return server
        .values("SELECT hash FROM application_password WHERE user_id = ?", user.id())
        .get(0);
  }

  @TestFactory
  Stream<DynamicTest> nobodyGetsInWithoutALogin() {
    Map<String, String> bad = bad();
    return Contract.packaged().operations().stream()
        .flatMap(
            operation ->
                bad.entrySet().stream()
                    .map(
                        state ->
                            dynamicTest(
                                operation.id() + ", " + state.getKey(),
                                () -> {
                                  HttpApi api = server.anonymous().authorized(state.getValue());
                                  Answer answer = ask(api, operation, () -> NO_PASSWORD);
                                  if (operation.callers() == Callers.ANYONE) {
                                    answer.assertOk();
                                  } else {
                                    answer.assertError(
                                        401,
                                        operation.path().startsWith("/wp/v2")
                                            ? "rest_not_logged_in"
                                            : "rest_forbidden_context");
                                  }
                                })));
  }

  @TestFactory
  Stream<DynamicTest> aRoleGetsAsFarAsTheContractSays() {
    return NARROWEST.entrySet().stream()
        .flatMap(
            role -> {
              User user = server.user(role.getKey());
              return Contract.packaged().operations().stream()
                  .map(
                      operation ->
                          dynamicTest(
                              operation.id() + ", " + role.getKey(),
                              () -> {
                                // Whoever revokes all passwords cannot go on.
                                User asks =
                                    operation.id().equals("deleteApplicationPasswords")
                                        ? server.user(role.getKey())
                                        : user;
                                Answer answer =
                                    ask(asks.api(), operation, () -> newPassword(asks.api()));
                                assertNotEquals(401, answer.status(), answer::toString);
                                boolean admitted =
                                    operation.callers().compareTo(role.getValue()) <= 0;
                                if (!admitted) {
                                  assertEquals(403, answer.status(), answer::toString);
                                } else if (role.getValue() == Callers.TICKET_ADMIN) {
                                  assertTrue(answer.status() < 300, answer::toString);
                                }
                              }));
            });
  }

  private static Answer ask(HttpApi api, Operation operation, Supplier<String> password) {
    String path = operation.path();
    if (path.endsWith("/files/{fileId}")) {
      long ticket = newTicket();
      long file = server.file(ticket, null, "notes.txt", new byte[] {1});
      return api.send(
          operation.method().name(), HttpApi.TICKETS + "/" + ticket + "/files/" + file, null, null);
    }
    String id =
        path.contains("{uuid}")
            ? password.get()
            : path.contains("/customers/")
                ? customer
                : path.contains("/companies/")
                    ? company
                    : path.contains("/users/") || path.contains("/agents/")
                        ? String.valueOf(manager.id())
                        : path.contains("/forms/fields/")
                            ? field
                            : path.contains("/forms/")
                                ? form
                                : path.contains("/articles/")
                                    ? article
                                    : path.endsWith("/replies/{id}")
                                        ? newReply()
                                        : path.contains("{taxonomy}")
                                            ? String.valueOf(
                                                server.term("ticket_tag", TestServer.unique("tag")))
                                            : path.contains("{") ? String.valueOf(newTicket()) : "";
    return path.endsWith("/notes/{noteId}")
        ? OperationRequest.send(api, operation, id, String.valueOf(newNote(id)))
        : OperationRequest.send(api, operation, id);
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

  private static long newNote(String ticket) {
    return manager.api().post("/" + ticket + "/notes", Map.of("note_content", "x")).id();
  }

  private static String newReply() {
    return OperationRequest.reply(manager.api(), newTicket()).assertOk().text("id");
  }

  private static long newTicket() {
    return manager.api().post("", ticket("somebody@example.org")).assertOk().id();
  }
}
