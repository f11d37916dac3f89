package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.PasswordUses;
import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What clients, and the tickets, notice of users that are changed at the command line. */
class UserStatesTest {

  private static final String USES =
      "SELECT COUNT(*) FROM application_password_use u LEFT JOIN application_password p"
          + " ON p.uuid = u.uuid WHERE TRUE";

  private static Map<String, String> environment;
  private static TestServer server;
  private static User manager;

  @BeforeAll
  static void start() {
    String url = TestDatabase.get().createMigratedSchema("http_user_states");
    environment = CommandLineRun.environment(url);
    server = TestServer.on(url, Map.of());
    manager = server.user("support_manager");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whoIsDisabledIsOutAtOnceAndComesBackWithTheSamePassword() {
    User agent = server.user("support_agent");
    agent.api().get("").assertOk();
    done("disable", agent.login());
    agent.api().get("").assertError(401, "rest_forbidden_context");
    server
        .login(agent.email(), agent.password())
        .get("")
        .assertError(401, "rest_forbidden_context");
    done("enable", agent.login());
    agent.api().get("").assertOk();
  }

  @Test
  void aRoleCountsFromTheNextRequestOn() {
    User user = server.user("support_customer");
    long ticket = manager.api().post("", ticket("roles@example.org")).assertOk().id();
    user.api().get("/" + ticket).assertError(403, "rest_forbidden");
    done("change", user.login(), "--role", "support_manager");
    user.api().get("/" + ticket).assertOk();
  }

  @Test
  void ticketsOfWhoIsDeletedStayAndKeepTheId() {
    User agent = server.user("support_agent");
    User customer = server.user("support_customer");
    long own = server.customer(customer.email(), customer.id(), null);
    long ticket =
        manager.api().post("", ticket(customer.email(), "agent_id", agent.email())).assertOk().id();
    String said = done("delete", agent.login());
    assertTrue(said.contains("have nobody now: 1."), said);
    done("delete", customer.login());

    agent.api().get("").assertError(401, "rest_forbidden_context");
    Answer left = manager.api().get("/" + ticket).assertOk();
    assertEquals(agent.id(), left.json().at("/ticket_data/agent").asLong());
    // Nobody can be assigned who is nobody.
    manager
        .api()
        .with("Prefer", "handling=strict")
        .post("/" + ticket, fields("agent", agent.id()))
        .assertNames("agent");
    assertEquals(
        0,
        server.number("SELECT COUNT(*) FROM customer WHERE id = ? AND user_id IS NOT NULL", own));
    // The login and the address are free again, and the customer finds its way back.
    done("add", customer.login(), "--email", customer.email(), "--role", "support_customer");
    assertEquals(
        1,
        server.number("SELECT COUNT(*) FROM customer WHERE id = ? AND user_id IS NOT NULL", own));
  }

  @Test
  void whatIsTakenAwayLeavesNoUse() {
    User deleted = server.user("support_customer");
    User revoked = server.user("support_customer");
    for (User user : List.of(deleted, revoked)) {
      user.api().get("").assertOk();
    }
    server.bean(PasswordUses.class).write();
    assertEquals(0, server.number(USES + " AND p.uuid IS NULL"));
    assertEquals(1, server.number(USES + " AND p.user_id = ?", deleted.id()));
    done("delete", deleted.login());
    done("revoke", revoked.login(), "--all");
    assertEquals(0, server.number(USES + " AND p.uuid IS NULL"));
  }

  private static String done(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "user";
    System.arraycopy(words, 0, all, 1, words.length);
    CommandLineRun run = CommandLineRun.of(environment, all);
    assertEquals(0, run.exitCode(), run.err());
    return run.out();
  }
}
