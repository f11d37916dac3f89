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
import static org.junit.jupiter.api.Assertions.assertTrue;

import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.kbsserver.client.model.TicketCreate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The form creates tickets, and shows why it cannot. */
class IntakeFormConsumerTest extends ConsumerTest {

  private static final String TICKETS = "/kbs/v1/tickets";
  private static final String ROLE = "support_customer";

  IntakeFormConsumerTest() {
    super("intake-form");
  }

  @Test
  void aCompleteFormBecomesATicket() {
    conversation("a complete form")
        .by(ROLE)
        .asks("POST", TICKETS)
        .sends(this::filledIn)
        .isAnswered(
            200,
            ticket -> {
              ticket.integerType("id", 7);
              ticket.stringValue("status", "new");
              ticket.object("ticket_data", data -> data.stringType("number", "KBS1010"));
            })
        .with("Location", ".*/kbs/v1/tickets/\\d+", "http://kbs.example/kbs/v1/tickets/7")
        .when(
            api -> {
              IntakeForm.Receipt receipt = new IntakeForm(api).submit(form());
              assertEquals("new", receipt.status());
              assertEquals("KBS1010", receipt.number());
              assertTrue(receipt.address().endsWith("/" + receipt.id()));
            });
  }

  @Test
  void aFormForOneTeamIsAssignedAtOnce() {
    conversation("a form for one team")
        .by(ROLE)
        .given("an agent works here", "email", "anna@example.com")
        .given("a category exists", "name", "Hardware")
        .given("a department exists", "name", "Workshop")
        .asks("POST", TICKETS)
        .sends(
            form -> {
              filledIn(form);
              form.stringValue("customer_phone1", "+49 30 1234567");
              form.stringValue("customer_phone2", "+49 170 7654321");
              form.stringValue("customer_website", "https://www.example.com");
              form.stringValue("agent_id", "anna@example.com");
              form.valueFromProviderState("post_category", "${categoryId}", 10);
              form.valueFromProviderState("department", "${departmentId}", 8);
            })
        .isAnswered(
            200,
            ticket -> {
              ticket.integerType("id", 7);
              ticket.stringValue("status", "open");
              ticket.array("ticket_categories", ids -> ids.integerType(10L));
              ticket.array("ticket_departments", ids -> ids.integerType(8L));
              ticket.object(
                  "ticket_data",
                  data -> {
                    data.stringType("number", "KBS1010");
                    data.valueFromProviderState("agent", "${agentId}", 3);
                    data.object(
                        "user_info",
                        info -> {
                          info.stringValue("primary_phone", "+49 30 1234567");
                          info.stringValue("additional_phone", "+49 170 7654321");
                          info.stringValue("website", "https://www.example.com");
                        });
                  });
            })
        .with("Location", ".*/kbs/v1/tickets/\\d+", "http://kbs.example/kbs/v1/tickets/7")
        .when(
            api -> {
              TicketCreate form =
                  form()
                      .customerPhone1("+49 30 1234567")
                      .customerPhone2("+49 170 7654321")
                      .customerWebsite("https://www.example.com")
                      .agentId("anna@example.com")
                      .postCategory(10)
                      .department(8L);
              assertEquals("open", new IntakeForm(api).submit(form).status());
            });
  }

  @Test
  void allEmptyFieldsAreNamedAtOnce() {
    conversation("a form with empty fields")
        .by(ROLE)
        .asks("POST", TICKETS)
        .sends(
            form -> {
              form.stringValue("ticket_title", "");
              form.stringType("ticket_content", "It was fine yesterday.");
              form.stringValue("customer_email", "");
              form.stringType("customer_first", "Nina");
              form.stringType("customer_last", "Newman");
            })
        .isRefused(400, "required_fields", "ticket_title", "customer_email")
        .when(
            api -> {
              Refused refused =
                  refusal(
                      () -> new IntakeForm(api).submit(form().ticketTitle("").customerEmail("")));
              assertAtFault("ticket_title", refused);
              assertAtFault("customer_email", refused);
            });
  }

  @Test
  void anAddressThatIsNoneIsNamed() {
    conversation("a form with a wrong e-mail address")
        .by(ROLE)
        .asks("POST", TICKETS)
        .sends(
            form -> {
              filledIn(form);
              form.stringValue("customer_email", "nina@example");
            })
        .isRefused(400, "invalid_email", "customer_email")
        .when(
            api ->
                assertAtFault(
                    "customer_email",
                    refusal(
                        () -> new IntakeForm(api).submit(form().customerEmail("nina@example")))));
  }

  @Test
  void theFormAsksForWhatIsRequired() {
    conversation("what a form has to ask for")
        .asks("OPTIONS", TICKETS)
        .isAnswered(
            200,
            route ->
                route.array(
                    "endpoints",
                    endpoints -> {
                      endpoints.object(
                          read -> read.array("methods", methods -> methods.stringValue("GET")));
                      endpoints.object(
                          create -> {
                            create.array("methods", methods -> methods.stringValue("POST"));
                            create.object(
                                "args",
                                arguments -> {
                                  for (String name : List.of("ticket_title", "customer_email")) {
                                    arguments.object(
                                        name, argument -> argument.booleanValue("required", true));
                                  }
                                  arguments.object(
                                      "department",
                                      argument -> argument.booleanValue("required", false));
                                });
                          });
                    }))
        .when(
            api ->
                assertEquals(
                    Set.of("ticket_title", "customer_email"),
                    new IntakeForm(api).requiredFields()));
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    Call submit =
        new Call(
            "a form",
            ROLE,
            false,
            "POST",
            TICKETS,
            form(),
            "ticket_content",
            api -> new IntakeForm(api).submit(form()));
    Call describe =
        new Call(
            "what a form has to ask for",
            null,
            false,
            "OPTIONS",
            TICKETS,
            null,
            null,
            api -> new IntakeForm(api).requiredFields());
    return Stream.concat(
        refused(
            submit,
            WITHOUT_LOGIN,
            WITH_NONCE,
            SWITCHED_OFF,
            AS_TEXT,
            TOO_LARGE,
            DAMAGED,
            UNAVAILABLE),
        refused(describe, AS_SCRIPT, WITH_NONCE, DAMAGED, UNAVAILABLE));
  }

  private void filledIn(LambdaDslObject form) {
    form.stringType("ticket_title", "The printer on floor 2 does not answer");
    form.stringType("ticket_content", "It was fine yesterday.");
    form.stringType("customer_email", "nina@example.com");
    form.stringType("customer_first", "Nina");
    form.stringType("customer_last", "Newman");
  }

  private static TicketCreate form() {
    return new TicketCreate()
        .ticketTitle("The printer on floor 2 does not answer")
        .ticketContent("It was fine yesterday.")
        .customerEmail("nina@example.com")
        .customerFirst("Nina")
        .customerLast("Newman");
  }
}
