package io.kbsserver.consumers;

import static io.kbsserver.consumers.RefusedRequest.AS_SCRIPT;
import static io.kbsserver.consumers.RefusedRequest.AS_TEXT;
import static io.kbsserver.consumers.RefusedRequest.DAMAGED;
import static io.kbsserver.consumers.RefusedRequest.SWITCHED_OFF;
import static io.kbsserver.consumers.RefusedRequest.TOO_LARGE;
import static io.kbsserver.consumers.RefusedRequest.UNAVAILABLE;
import static io.kbsserver.consumers.RefusedRequest.WITHOUT_LOGIN;
import static io.kbsserver.consumers.RefusedRequest.WITH_NONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.kbsserver.client.model.TicketUpdate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The app finds tickets by number, assigns them and moves them on. */
class MobileClientConsumerTest extends ConsumerTest {

  private static final String TICKET = "/kbs/v1/tickets/${ticketId}";
  private static final String ROLE = "support_agent";
  private static final String DATE = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}";

  MobileClientConsumerTest() {
    super("agents-mobile");
  }

  @Test
  void aTicketIsFoundByItsNumber() {
    conversation("a ticket by its number")
        .by(ROLE)
        .given("tickets are numbered", "prefix", "HELP", "first", 1)
        .given("a ticket exists", "title", "Toner is empty", "content", "No *pink* any more.")
        .asks("GET", "/kbs/v1/tickets/help1")
        .isAnswered(
            200,
            ticket -> {
              card(ticket);
              ticket.stringValue("status", "new");
              ticket.object("title", title -> title.stringValue("raw", "Toner is empty"));
              data(
                  ticket,
                  data -> {
                    data.stringValue("number", "HELP1");
                    data.numberValue("agent", 0);
                  });
            })
        .when(
            api -> {
              MobileClient.Card card = new MobileClient(api).find("help1");
              assertEquals("HELP1", card.number());
              assertEquals("Toner is empty", card.title());
              assertEquals(0, card.agent());
            });
  }

  @Test
  void assigningANewTicketOpensIt() {
    conversation("a new ticket to be assigned")
        .by(ROLE)
        .given("an agent works here", "email", "anna@example.com")
        .given("a ticket exists")
        .asks("POST", TICKET)
        .sends(change -> change.stringValue("agent", "anna@example.com"))
        .isAnswered(
            200,
            ticket -> {
              card(ticket);
              ticket.stringValue("status", "open");
              data(
                  ticket,
                  data -> {
                    data.stringType("number", "7");
                    data.valueFromProviderState("agent", "${agentId}", 3);
                  });
            })
        .when(
            api -> {
              MobileClient.Card card = new MobileClient(api).assign(7, "anna@example.com").card();
              assertEquals("open", card.status());
              assertEquals(3, card.agent());
            });
  }

  @Test
  void aTicketWaitsForItsCustomer() {
    conversation("a ticket to be put on hold")
        .by(ROLE)
        .given("a ticket exists", "status", "open")
        .asks("POST", TICKET)
        .sends(change -> change.stringValue("status", "hold"))
        .isAnswered(
            200,
            ticket -> {
              changed(ticket);
              ticket.stringValue("status", "hold");
            })
        .when(
            api ->
                assertEquals("hold", new MobileClient(api).setStatus(7, "hold").card().status()));
  }

  @Test
  void closingATicketSaysWhen() {
    conversation("a ticket to be closed")
        .by(ROLE)
        .given("a ticket exists", "status", "open")
        .asks("POST", TICKET)
        .sends(change -> change.stringValue("status", "closed"))
        .isAnswered(
            200,
            ticket -> {
              card(ticket);
              ticket.stringValue("status", "closed");
              data(
                  ticket,
                  data -> {
                    unassigned(data);
                    data.stringMatcher("resolved_date", DATE, "2026-01-02T03:04:05");
                  });
            })
        .when(
            api ->
                assertEquals(
                    "2026-01-02T03:04:05",
                    new MobileClient(api).setStatus(7, "closed").resolved().orElseThrow()));
  }

  @Test
  void aStrictSiteRefusesAnAgentWhomItDoesNotKnow() {
    conversation("an agent who does not exist, on a strict site")
        .by(ROLE)
        .given("the site has a setting", "name", "value_handling", "value", "strict")
        .given("a ticket exists")
        .asks("POST", TICKET)
        .sends(change -> change.stringValue("agent", "nobody@example.com"))
        .isRefused(400, "rest_invalid_param", "agent")
        .when(
            api ->
                assertAtFault(
                    "agent", refusal(() -> new MobileClient(api).assign(7, "nobody@example.com"))));
  }

  @Test
  void theAppCanAskForLeniency() {
    conversation("an agent who does not exist, to be ignored")
        .by(ROLE)
        .given("the site has a setting", "name", "value_handling", "value", "strict")
        .given("a ticket exists")
        .asks("POST", TICKET)
        .header("Prefer", "handling=lenient")
        .sends(change -> change.stringValue("agent", "nobody@example.com"))
        .isAnswered(200, MobileClientConsumerTest::changed)
        .with("Kbs-Ignored-Parameters", "agent", "agent")
        .with("Preference-Applied", "handling=lenient", "handling=lenient")
        .when(
            api ->
                assertEquals(
                    List.of("agent"),
                    new MobileClient(api).assignIfKnown(7, "nobody@example.com").ignored()));
  }

  @Test
  void customersMayNotChangeTickets() {
    conversation("a change by a customer")
        .by("support_customer", "email", "nina@example.com")
        .given("a ticket exists", "customer_email", "nina@example.com")
        .asks("POST", TICKET)
        .sends(change -> change.stringValue("status", "closed"))
        .isRefused(403, "rest_cannot_edit")
        .when(
            api ->
                assertEquals(
                    "rest_cannot_edit",
                    refusal(() -> new MobileClient(api).setStatus(7, "closed")).code()));
  }

  @Test
  void aTicketThatDoesNotExistCannotBeChanged() {
    conversation("a change of a ticket that does not exist")
        .by(ROLE)
        .asks("POST", "/kbs/v1/tickets/999999")
        .sends(change -> change.stringValue("status", "closed"))
        .isRefused(404, "rest_post_invalid_id")
        .when(
            api ->
                assertEquals(
                    404,
                    refusal(() -> new MobileClient(api).setStatus(999_999, "closed")).status()));
  }

  @Test
  void theButtonsDependOnWhatTheAgentMay() {
    conversation("what an agent may do with a ticket")
        .by(ROLE)
        .given("a ticket exists")
        .asks("OPTIONS", TICKET)
        .isAnswered(200, route -> route.stringValue("namespace", "kbs/v1"))
        .with("Allow", "GET|POST|PUT|PATCH", "GET, POST, PUT, PATCH")
        .when(api -> assertTrue(new MobileClient(api).mayChange(7)));
  }

  @Test
  void theButtonsAreHiddenFromCustomers() {
    conversation("what a customer may do with a ticket")
        .by("support_customer", "email", "nina@example.com")
        .given("a ticket exists", "customer_email", "nina@example.com")
        .asks("OPTIONS", TICKET)
        .isAnswered(200, route -> route.stringValue("namespace", "kbs/v1"))
        .with("Allow", "GET", "GET")
        .when(api -> assertFalse(new MobileClient(api).mayChange(7)));
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    Call find =
        new Call(
            "a ticket",
            ROLE,
            true,
            "GET",
            TICKET,
            null,
            null,
            api -> new MobileClient(api).find("7"));
    Call close =
        new Call(
            "a ticket to be closed",
            ROLE,
            true,
            "POST",
            TICKET,
            new TicketUpdate().status("closed"),
            "status",
            api -> new MobileClient(api).setStatus(7, "closed"));
    Call buttons =
        new Call(
            "what an agent may do with a ticket",
            null,
            true,
            "OPTIONS",
            TICKET,
            null,
            null,
            api -> new MobileClient(api).mayChange(7));
    return Stream.of(
            refused(find, AS_SCRIPT, WITHOUT_LOGIN, SWITCHED_OFF, DAMAGED, UNAVAILABLE),
            refused(close, WITHOUT_LOGIN, AS_TEXT, TOO_LARGE, DAMAGED, UNAVAILABLE),
            refused(buttons, AS_SCRIPT, WITH_NONCE, DAMAGED, UNAVAILABLE))
        .flatMap(tests -> tests);
  }

  /** What the app shows of every ticket, but for its data. */
  private static void card(LambdaDslObject ticket) {
    ticket.integerType("id", 7);
    ticket.object("title", title -> title.stringType("raw", "Toner is empty"));
    ticket.object("content", content -> content.stringType("rendered", "<p>No pink.</p>\n"));
  }

  private static void changed(LambdaDslObject ticket) {
    card(ticket);
    ticket.stringType("status", "open");
    data(ticket, MobileClientConsumerTest::unassigned);
  }

  private static void unassigned(LambdaDslObject data) {
    data.stringType("number", "7");
    data.integerType("agent", 0);
  }

  /** The data of every ticket, with more of what the app shows. */
  private static void data(LambdaDslObject ticket, Consumer<LambdaDslObject> more) {
    ticket.object(
        "ticket_data",
        data -> {
          data.stringType("email", "nina@example.com");
          more.accept(data);
        });
  }
}
