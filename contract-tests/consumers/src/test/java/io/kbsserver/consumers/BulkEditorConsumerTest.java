package io.kbsserver.consumers;

import static io.kbsserver.consumers.RefusedRequest.TOO_OFTEN;

import io.kbsserver.client.TicketsApi.APIListTicketsRequest;
import io.kbsserver.client.model.TicketCreate;
import io.kbsserver.client.model.TicketUpdate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A program that goes through all tickets as fast as it may, and waits when it is told to. */
class BulkEditorConsumerTest extends ConsumerTest {

  private static final String TICKETS = "/kbs/v1/tickets";
  private static final String TICKET = TICKETS + "/${ticketId}";
  private static final String ROLE = "support_manager";

  BulkEditorConsumerTest() {
    super("bulk-editor");
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    TicketCreate form =
        new TicketCreate()
            .ticketTitle("The printer on floor 2 does not answer")
            .ticketContent("It was fine yesterday.")
            .customerEmail("nina@example.com")
            .customerFirst("Nina")
            .customerLast("Newman");
    return Stream.of(
            new Call(
                "the tickets",
                ROLE,
                false,
                "GET",
                TICKETS,
                null,
                null,
                api -> new AgentDashboard(api).page(APIListTicketsRequest.newBuilder().build())),
            new Call(
                "a new ticket",
                ROLE,
                false,
                "POST",
                TICKETS,
                form,
                "ticket_content",
                api -> new IntakeForm(api).submit(form)),
            new Call(
                "a ticket",
                ROLE,
                true,
                "GET",
                TICKET,
                null,
                null,
                api -> new MobileClient(api).find("7")),
            change(
                "a ticket to be closed",
                "POST",
                new TicketUpdate().status("closed"),
                api -> new MobileClient(api).setStatus(7, "closed")),
            change(
                "a ticket to be booked",
                "PUT",
                new TicketUpdate().company(12L).customer(2L),
                api -> new BillingSync(api).book(7, 12, 2)),
            change(
                "a ticket to be filed",
                "PATCH",
                new TicketUpdate().postCategory(10L),
                api -> new BillingSync(api).file(7, 10)))
        .flatMap(call -> refused(call, TOO_OFTEN));
  }

  private static Call change(
      String what, String method, TicketUpdate changes, Conversation.Part part) {
    return new Call(what, ROLE, true, method, TICKET, changes, null, part);
  }
}
