package io.kbsserver.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import au.com.dius.pact.consumer.dsl.LambdaDsl;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The portal shows customers their own tickets, and nobody else's. */
class CustomerPortalConsumerTest extends ConsumerTest {

  private static final String TICKETS = "/kbs/v1/tickets";
  private static final String TICKET = TICKETS + "/${ticketId}";
  private static final String ROLE = "support_customer";
  private static final String NINA = "nina@example.com";
  private static final String DATE = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}";

  CustomerPortalConsumerTest() {
    super("customer-portal");
  }

  @Test
  void customersSeeTheirOwnTicketsOnly() {
    conversation("the tickets of a customer")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", "somebody.else@example.com")
        .given("a ticket exists", "customer_email", NINA, "title", "Toner's empty")
        .asks("GET", TICKETS)
        .query("per_page=100&_fields=id,status,title.rendered,date")
        .isAnswered(
            200,
            LambdaDsl.newJsonArray(
                    list ->
                        list.object(
                            ticket -> {
                              ticket.valueFromProviderState("id", "${ticketId}", 7);
                              ticket.stringValue("status", "new");
                              ticket.stringMatcher("date", DATE, "2026-01-02T03:04:05");
                              ticket.object(
                                  "title",
                                  title -> title.stringValue("rendered", "Toner&#8217;s empty"));
                            }))
                .build())
        .when(
            api ->
                assertEquals(
                    List.of(
                        new CustomerPortal.Entry(
                            7, "Toner&#8217;s empty", "new", "2026-01-02T03:04:05")),
                    new CustomerPortal(api).mine()));
  }

  @Test
  void customersReadTheirOwnTicket() {
    conversation("a customer's own ticket")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", NINA, "content", "No pink any more.")
        .asks("GET", TICKET)
        .isAnswered(
            200,
            ticket -> {
              ticket.object(
                  "content", text -> text.stringValue("rendered", "<p>No pink any more.</p>\n"));
              ticket.object(
                  "ticket_data",
                  data -> {
                    data.stringType("number", "KBS1010");
                    data.array("participants", all -> all.stringValue(NINA));
                    data.array("files", none -> {});
                  });
            })
        .when(
            api -> {
              CustomerPortal.Details details = new CustomerPortal(api).open(7);
              assertEquals(List.of(NINA), details.participants());
              assertEquals(List.of(), details.files());
            });
  }

  @Test
  void theTicketsOfOthersAreHidden() {
    conversation("somebody else's ticket")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", "somebody.else@example.com")
        .asks("GET", TICKET)
        .isRefused(403, "rest_forbidden")
        .when(api -> assertEquals(403, refusal(() -> new CustomerPortal(api).open(7)).status()));
  }

  @Test
  void aTicketThatDoesNotExistIsSaidSo() {
    conversation("a ticket that does not exist")
        .by(ROLE, "email", NINA)
        .asks("GET", TICKETS + "/999999")
        .isRefused(404, "rest_post_invalid_id")
        .when(
            api ->
                assertEquals(
                    "rest_post_invalid_id",
                    refusal(() -> new CustomerPortal(api).open(999_999)).code()));
  }
}
