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

import au.com.dius.pact.consumer.dsl.LambdaDsl;
import io.kbsserver.client.model.TicketUpdate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The billing system looks around first, and then books tickets. */
class BillingSyncConsumerTest extends ConsumerTest {

  private static final String NAMESPACE = "/kbs/v1";
  private static final String TICKET = NAMESPACE + "/tickets/${ticketId}";
  private static final String ROLE = "support_manager";

  BillingSyncConsumerTest() {
    super("billing-sync");
  }

  @Test
  void theRoutesAreListed() {
    conversation("the routes of the help desk")
        .asks("GET", NAMESPACE)
        .isAnswered(
            200,
            index ->
                index.object(
                    "routes",
                    routes ->
                        routes.object(
                            "/kbs/v1/tickets", route -> route.stringValue("namespace", "kbs/v1"))))
        .when(api -> assertTrue(new BillingSync(api).routes().contains("/kbs/v1/tickets")));
  }

  @Test
  void theNamespaceIsThere() {
    conversation("what the namespace can do")
        .asks("OPTIONS", NAMESPACE)
        .isAnswered(200, route -> route.array("methods", all -> all.stringValue("GET")))
        .when(api -> assertEquals(Set.of("GET"), new BillingSync(api).methodsOfNamespace()));
  }

  @Test
  void theSiteIsThere() {
    conversation("what the index can do")
        .asks("OPTIONS", "/")
        .isAnswered(200, route -> route.array("methods", all -> all.stringValue("GET")))
        .when(api -> assertEquals(Set.of("GET"), new BillingSync(api).methodsOfSite()));
  }

  @Test
  void whatWasDoneForACompanyIsBilled() {
    String january = "2026-01-02T03:04:05";
    conversation("what was done for a company in a month")
        .by(ROLE)
        .given("a company exists", "name", "Harbour Ltd")
        .given("a ticket exists", "company", "Harbour Ltd", "status", "closed")
        .given("a ticket exists", "company", "Harbour Ltd", "date", january)
        .given("a ticket exists", "status", "closed", "date", january)
        .given("a ticket exists", "company", "Harbour Ltd", "status", "closed", "date", january)
        .asks("GET", NAMESPACE + "/tickets")
        .query(
            "company=${companyId}&status=closed&after=2025-12-31T23:59:59"
                + "&before=2026-02-01T00:00:00")
        .isAnswered(
            200,
            LambdaDsl.newJsonArray(
                    all ->
                        all.object(
                            ticket -> {
                              ticket.stringValue("date", january);
                              ticket.stringValue("status", "closed");
                              ticket.object(
                                  "ticket_data", data -> data.stringType("number", "KBS-1010"));
                            }))
                .build())
        .when(
            api ->
                assertEquals(
                    List.of("KBS-1010"),
                    new BillingSync(api)
                        .doneFor(12, "2025-12-31T23:59:59", "2026-02-01T00:00:00")));
  }

  @Test
  void aTicketIsBookedOnACompany() {
    conversation("a ticket to be booked on a company")
        .by(ROLE)
        .given("a company exists", "name", "Harbour Ltd")
        .given("a customer exists", "email", "olga@example.com")
        .given("a ticket exists")
        .asks("PUT", TICKET)
        .sends(
            change -> {
              change.valueFromProviderState("company", "${companyId}", 12);
              change.valueFromProviderState("customer", "${customerId}", 2);
            })
        .isAnswered(
            200,
            ticket ->
                ticket.object(
                    "ticket_data",
                    data -> {
                      data.valueFromProviderState("company", "${companyId}", 12);
                      data.valueFromProviderState("customer", "${customerId}", 2);
                    }))
        .when(api -> assertEquals(12, new BillingSync(api).book(7, 12, 2)));
  }

  @Test
  void aTicketIsFiledUnderACategory() {
    conversation("a ticket to be filed")
        .by(ROLE)
        .given("a category exists", "name", "Paid")
        .given("a ticket exists")
        .asks("PATCH", TICKET)
        .sends(change -> change.valueFromProviderState("post_category", "${categoryId}", 10))
        .isAnswered(200, ticket -> ticket.array("ticket_categories", ids -> ids.integerType(10L)))
        .when(api -> assertEquals(Set.of(10L), new BillingSync(api).file(7, 10)));
  }

  @Test
  void anUnknownCompanyIsNamed() {
    conversation("a ticket to be booked on a company that does not exist")
        .by(ROLE)
        .given("the site has a setting", "name", "value_handling", "value", "strict")
        .given("a customer exists", "email", "olga@example.com")
        .given("a ticket exists")
        .asks("PUT", TICKET)
        .sends(
            change -> {
              change.numberValue("company", 999_999);
              change.valueFromProviderState("customer", "${customerId}", 2);
            })
        .isRefused(400, "rest_invalid_param", "company")
        .when(
            api ->
                assertAtFault("company", refusal(() -> new BillingSync(api).book(7, 999_999, 2))));
  }

  @Test
  void anUnknownCategoryIsNamed() {
    conversation("a ticket to be filed under a category that does not exist")
        .by(ROLE)
        .given("the site has a setting", "name", "value_handling", "value", "strict")
        .given("a ticket exists")
        .asks("PATCH", TICKET)
        .sends(change -> change.numberValue("post_category", 999_999))
        .isRefused(400, "rest_invalid_param", "post_category")
        .when(
            api ->
                assertAtFault(
                    "post_category", refusal(() -> new BillingSync(api).file(7, 999_999))));
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    Call routes =
        look("the routes of the help desk", "GET", NAMESPACE, api -> new BillingSync(api).routes());
    Call namespace =
        look(
            "what the namespace can do",
            "OPTIONS",
            NAMESPACE,
            api -> new BillingSync(api).methodsOfNamespace());
    Call site =
        look("what the index can do", "OPTIONS", "/", api -> new BillingSync(api).methodsOfSite());
    Call book =
        change(
            "a ticket to be booked on a company",
            "PUT",
            new TicketUpdate().company(12L).customer(2L),
            "customer",
            api -> new BillingSync(api).book(7, 12, 2));
    Call file =
        change(
            "a ticket to be filed",
            "PATCH",
            new TicketUpdate().postCategory(10L),
            "post_category",
            api -> new BillingSync(api).file(7, 10));
    return Stream.of(
            refused(routes, AS_SCRIPT, WITH_NONCE, DAMAGED, UNAVAILABLE),
            refused(namespace, AS_SCRIPT, WITH_NONCE, DAMAGED, UNAVAILABLE),
            refused(site, AS_SCRIPT, WITH_NONCE, DAMAGED, UNAVAILABLE),
            refused(book, changes()),
            refused(file, changes()))
        .flatMap(tests -> tests);
  }

  private static RefusedRequest[] changes() {
    return new RefusedRequest[] {
      WITHOUT_LOGIN, WITH_NONCE, SWITCHED_OFF, AS_TEXT, TOO_LARGE, DAMAGED, UNAVAILABLE
    };
  }

  private static Call look(String what, String method, String route, Conversation.Part part) {
    return new Call(what, null, false, method, route, null, null, part);
  }

  private static Call change(
      String what, String method, TicketUpdate changes, String field, Conversation.Part part) {
    return new Call(what, ROLE, true, method, TICKET, changes, field, part);
  }
}
