package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kbsserver.http.TestServer.User;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What who is no agent learns about others by naming them. */
class TicketsForOthersTest {

  private static final String SETTING = "customers_open_for_others";

  private static TestServer server;
  private static User customer;
  private static long ownId;
  private static long company;
  private static User other;
  private static long otherId;

  @BeforeAll
  static void makeTheSite() {
    server = TestServer.fresh();
    customer = server.user("support_customer");
    ownId = server.customer(customer.email(), customer.id(), null);
    company = server.company("Hidden Ltd");
    other = server.user("support_customer");
    otherId = server.customer(other.email(), other.id(), company);
    server.sql(
        "UPDATE customer SET name = 'Olga Secret', primary_phone = '+49 30 555-0199', website = 'https://o.example'"
            + " WHERE id = ?",
        otherId);
  }

  @AfterEach
  void resetSettings() {
    server.resetSettings();
  }

  private static Map<String, Object> blank(String email) {
    return ticket(
        email,
        "customer_first",
        " ",
        "customer_last",
        "<b>",
        "customer_phone1",
        "",
        "customer_website",
        "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"support_customer", "subscriber", "editor"})
  void onAFreshSiteWhoIsNoAgentOpensTicketsForTheirOwnAddressOnly(String role) {
    User user = server.user(role);
    long before = server.number("SELECT COUNT(*) FROM ticket");
    Answer known = user.api().post("", ticket(other.email()));
    known.assertError(403, "rest_forbidden_context");
    Answer unknown = user.api().post("", ticket("nobody-yet@example.net"));
    unknown.assertError(403, "rest_forbidden_context");
    assertEquals(known.body(), unknown.body());
    assertEquals(before, server.number("SELECT COUNT(*) FROM ticket"));
    assertEquals(
        0, server.number("SELECT COUNT(*) FROM customer WHERE email = 'nobody-yet@example.net'"));
    user.api().post("", ticket(user.email().toUpperCase(Locale.ROOT))).assertOk();
  }

  @Test
  void onAFreshSiteAnAddressDoesNotTellWhetherItIsAnAgents() {
    User agent = server.user("support_agent");
    for (String handling : List.of("strict", "lenient")) {
      HttpApi api = customer.api().with("Prefer", "handling=" + handling);
      List<Answer> answers =
          Stream.of(agent.email(), other.email(), "nobody@example.net", "no address")
              .map(address -> api.post("", ticket(customer.email(), "agent_id", address)))
              .toList();
      for (Answer answer : answers) {
        assertEquals(handling.equals("strict") ? 400 : 200, answer.status(), answer::toString);
        assertEquals(alike(answers.get(0)), alike(answer));
      }
    }
    Answer byId = customer.api().post("", ticket(customer.email(), "agent_id", agent.id()));
    assertEquals(agent.id(), byId.assertOk().json().at("/ticket_data/agent").asLong());
    Map<String, Object> byAddress = ticket(customer.email(), "agent_id", agent.email());
    assertEquals(
        agent.id(),
        agent.api().post("", byAddress).assertOk().json().at("/ticket_data/agent").asLong());
    server.set(SETTING, "1");
    assertEquals(
        agent.id(),
        customer.api().post("", byAddress).assertOk().json().at("/ticket_data/agent").asLong());
  }

  /** What is told, without what tells one ticket from another. */
  private static String alike(Answer answer) {
    return answer.status() == 200
        ? answer.text("status")
            + answer.json().at("/ticket_data/agent")
            + answer.header("Kbs-Ignored-Parameters")
        : answer.body();
  }

  @Test
  void furtherAddressesOfTheirOwnAreTheirs() {
    server.sql(
        "INSERT INTO customer_email (customer_id, email) VALUES (?, 'further@example.org')", ownId);
    Answer created = customer.api().post("", ticket("further@example.org")).assertOk();
    assertEquals(ownId, created.json().at("/ticket_data/customer").asLong());
  }

  @ParameterizedTest
  @ValueSource(strings = {"support_agent", "support_manager", "administrator"})
  void agentsOpenTicketsForAnybody(String role) {
    Answer created = server.user(role).api().post("", blank(other.email())).assertOk();
    assertEquals("Olga", created.text("ticket_data.user_info.first_name"));
  }

  @Test
  void whereEverybodyMayBlankNamesAreNotFilledIn() {
    server.set(SETTING, "1");
    Answer created = customer.api().post("?_embed", blank(other.email())).assertOk();
    assertFalse(created.body().contains("Olga"), created::toString);
    assertFalse(created.body().contains("Secret"), created::toString);
    assertFalse(created.body().contains("555-0199"), created::toString);
    assertFalse(created.body().contains("https://o.example"), created::toString);
    assertFalse(created.body().contains("Hidden"), created::toString);
    Answer own = other.api().post("", blank(other.email())).assertOk();
    assertEquals("Olga", own.text("ticket_data.user_info.first_name"));
    assertEquals("Secret", own.text("ticket_data.user_info.last_name"));
  }

  @Test
  void neitherAreThoseOfATicketThatTheyTakePartIn() {
    long id = other.api().post("", blank(other.email())).assertOk().id();
    server.sql(
        "INSERT INTO ticket_participant (ticket_id, email, position) VALUES (?, ?, 1)",
        id,
        customer.email());
    for (Answer answer :
        List.of(
            customer.api().get("/" + id),
            customer.api().get("?include=" + id),
            customer.api().get("?_embed&include=" + id))) {
      answer.assertOk();
      assertFalse(answer.body().contains("Olga"), answer::toString);
      assertFalse(answer.body().contains("555-0199"), answer::toString);
    }
    assertEquals("Olga", other.api().get("/" + id).text("ticket_data.user_info.first_name"));
  }
}
