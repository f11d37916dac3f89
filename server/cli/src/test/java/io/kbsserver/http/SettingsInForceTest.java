package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code kbs-server settings set} changes in the answers of servers that are running. */
class SettingsInForceTest {

  private static Map<String, String> environment;
  private static TestServer server;
  private static TestServer other;
  private static User manager;

  @BeforeAll
  static void start() {
    String url = TestDatabase.get().createMigratedSchema("http_settings");
    environment = CommandLineRun.environment(url);
    server = TestServer.on(url, Map.of());
    other = TestServer.on(url, Map.of());
    manager = server.user("support_manager");
  }

  @AfterAll
  static void stop() {
    server.close();
    other.close();
  }

  @Test
  void departmentsCanBeSwitchedOff() throws InterruptedException {
    long department = server.term("ticket_departments", "Harbour");
    Answer created =
        manager.api().post("", ticket("departments@example.org", "department", department));
    String departments = "[" + department + "]";
    assertEquals(departments, departments(created.assertOk().id()));
    set("enable_departments", "off");
    assertEquals("[]", departments(created.id()));
    set("enable_departments", "on");
    assertEquals(departments, departments(created.id()));
  }

  @Test
  void newTicketsAreNumberedAsTheSiteSaysNow() throws InterruptedException {
    set("ticket_prefix", "NOW-");
    set("ticket_suffix", "-x");
    Answer created = manager.api().post("", ticket("numbered@example.org")).assertOk();
    assertTrue(created.text("ticket_data.number").matches("NOW-\\d+-x"), created::toString);
  }

  @Test
  void aListThatPhpHasLeftGapsInIsAList() {
    server.set("banned_emails", "{\"0\":\"first.test\",\"2\":\"second.test\"}");
    CommandLineRun get = CommandLineRun.of(environment, "settings", "get", "banned_emails");
    assertEquals("first.test,second.test\n", get.out());
    manager.api().post("", ticket("a@second.test")).assertNames("customer_email");
    manager.api().post("", ticket("a@third.test")).assertOk();
  }

  @Test
  void allServersSwitchTheirRoutesOffAndOn() throws InterruptedException {
    set("disable_tickets", "on");
    HttpApi elsewhere = other.login(manager.login(), manager.password());
    manager.api().get("").assertError(404, "rest_no_route");
    elsewhere.get("").assertError(404, "rest_no_route");
    set("disable_tickets", "off");
    manager.api().get("").assertOk();
    elsewhere.get("").assertOk();
  }

  private static String departments(long ticket) {
    return manager.api().get("/" + ticket).assertOk().json().get("ticket_departments").toString();
  }

  private static void set(String name, String value) throws InterruptedException {
    CommandLineRun run = CommandLineRun.of(environment, "settings", "set", name, value);
    assertEquals(0, run.exitCode(), run.err());
    // Servers look again after a second at the latest.
    Thread.sleep(1_100);
  }
}
