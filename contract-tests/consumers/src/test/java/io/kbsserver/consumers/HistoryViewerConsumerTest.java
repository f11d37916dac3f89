package io.kbsserver.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.PactDslJsonRootValue;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Agents see what has become of a ticket; its customer, in the portal, does not. */
class HistoryViewerConsumerTest extends ConsumerTest {

  private static final String HISTORY = "/kbs/v1/tickets/${ticketId}/history";
  private static final String SOME_HISTORY = "/kbs/v1/tickets/7/history";
  private static final String ROLE = "support_agent";
  private static final String NINA = "nina@example.com";
  private static final String AT = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z";

  HistoryViewerConsumerTest() {
    super("history-viewer");
  }

  private static HistoryViewer on(Api api) {
    return new HistoryViewer(api, 7);
  }

  @Test
  void theNewestChangeIsShown() {
    conversation("the newest change of a ticket")
        .by(ROLE)
        .given("a ticket exists")
        .asks("GET", HISTORY)
        .query("per_page=1")
        .isAnswered(
            200, LambdaDsl.newJsonArray(all -> all.object(HistoryViewerConsumerTest::made)).build())
        .with("X-WP-Total", "1", "1")
        .when(
            api -> {
              HistoryViewer.Shown shown = on(api).newest(1);
              assertEquals(1, shown.total());
              HistoryViewer.Line line = shown.lines().get(0);
              assertEquals("ticket.created", line.what());
              assertTrue(line.changes().contains("status:  -> new"), line::toString);
            });
  }

  private static void made(LambdaDslObject entry) {
    entry.stringValue("type", "ticket.created");
    entry.stringMatcher("at", AT, "2026-01-02T02:04:05.123456Z");
    entry.stringType("user_name", "Mira Manager");
    entry.minArrayLike(
        "changes",
        1,
        change -> {
          change.stringType("field", "status");
          change.array("from", values -> {});
          change.minArrayLike("to", 0, PactDslJsonRootValue.stringType("new"), 1);
        });
  }

  @Test
  void theCustomerDoesNotSeeTheHistoryOfTheOwnTicket() {
    conversation("the history of the own ticket, for its customer")
        .by("support_customer", "email", NINA)
        .given("a ticket exists", "customer_email", NINA)
        .asks("GET", HISTORY)
        .isRefused(403, "rest_forbidden")
        .when(api -> assertEquals(403, refusal(() -> on(api).newest(null)).status()));
  }

  @Test
  void whatIsNotThereHasNone() {
    conversation("the history of a ticket that is gone")
        .by(ROLE)
        .asks("GET", "/kbs/v1/tickets/999999/history")
        .isRefused(404, "rest_post_invalid_id")
        .when(
            api ->
                assertEquals(
                    "rest_post_invalid_id",
                    refusal(() -> new HistoryViewer(api, 999_999).newest(null)).code()));
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    return described("history", SOME_HISTORY, api -> on(api).ways());
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    return refused(
        Call.read("the whole history", ROLE, SOME_HISTORY, api -> on(api).newest(null)),
        RefusedRequest.OF_READING);
  }
}
