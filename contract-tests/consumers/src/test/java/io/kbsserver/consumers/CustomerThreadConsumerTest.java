package io.kbsserver.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In the portal, customers read what was written about their ticket, and answer. */
class CustomerThreadConsumerTest extends ConsumerTest {

  private static final String REPLIES = "/kbs/v1/replies/ticket/${ticketId}";
  private static final String ROLE = "support_customer";
  private static final String NINA = "nina@example.com";
  private static final String OTHER = "somebody.else@example.com";
  private static final String DATE = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}";
  private static final String ALL = "order=asc&per_page=100";

  CustomerThreadConsumerTest() {
    super("customer-thread");
  }

  @Test
  void customersReadTheirOwnThread() {
    conversation("what was written about a customer's own ticket")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", NINA)
        .given("the ticket has a reply", "content", "On its way.")
        .asks("GET", REPLIES)
        .query(ALL)
        .isAnswered(
            200, LambdaDsl.newJsonArray(all -> all.object(reply -> entry(reply, "On its way."))).build())
        .when(
            api ->
                assertEquals(
                    List.of(
                        new CustomerThread.Entry("<p>On its way.</p>\n", "2026-01-02T03:04:05")),
                    new CustomerThread(api).read(7)));
  }

  @Test
  void theThreadsOfOthersAreHidden() {
    conversation("what was written about somebody else's ticket")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", OTHER)
        .given("the ticket has a reply", "content", "On its way.")
        .asks("GET", REPLIES)
        .query(ALL)
        .isRefused(403, "rest_forbidden_context")
        .when(api -> assertEquals(403, refusal(() -> new CustomerThread(api).read(7)).status()));
  }

  @Test
  void theRepliesToOthersAreHidden() {
    conversation("a reply to somebody else")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", OTHER)
        .given("the ticket has a reply", "content", "On its way.")
        .asks("GET", "/kbs/v1/replies/${replyId}")
        .isRefused(403, "rest_forbidden_context")
        .when(api -> assertEquals(403, refusal(() -> new CustomerThread(api).open(9)).status()));
  }

  @Test
  void customersAnswer() {
    conversation("an answer to a customer's own ticket")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", NINA)
        .asks("POST", REPLIES)
        .sends(reply -> reply.stringValue("reply_content", "Thank you."))
        .isAnswered(200, reply -> entry(reply, "Thank you."))
        .when(
            api ->
                assertEquals(
                    "<p>Thank you.</p>\n", new CustomerThread(api).write(7, "Thank you.").text()));
  }

  @Test
  void customersDoNotAnswerOthers() {
    conversation("an answer to somebody else's ticket")
        .by(ROLE, "email", NINA)
        .given("a ticket exists", "customer_email", OTHER)
        .asks("POST", REPLIES)
        .sends(reply -> reply.stringValue("reply_content", "Me too."))
        .isRefused(403, "rest_forbidden_context")
        .when(
            api ->
                assertEquals(
                    403, refusal(() -> new CustomerThread(api).write(7, "Me too.")).status()));
  }

  @Test
  void customersDoNotAnswerWhereTheSiteDoesNotLetThem() {
    conversation("an answer where customers may not reply")
        .by(ROLE, "email", NINA)
        .given("the site has a setting", "name", "customers_may_reply", "value", "off")
        .given("a ticket exists", "customer_email", NINA)
        .asks("POST", REPLIES)
        .sends(reply -> reply.stringValue("reply_content", "Thank you."))
        .isRefused(403, "rest_forbidden_context")
        .when(
            api ->
                assertEquals(
                    403, refusal(() -> new CustomerThread(api).write(7, "Thank you.")).status()));
  }

  private static void entry(LambdaDslObject reply, String text) {
    reply.stringMatcher("date", DATE, "2026-01-02T03:04:05");
    reply.object("content", content -> content.stringValue("rendered", "<p>" + text + "</p>\n"));
  }
}
