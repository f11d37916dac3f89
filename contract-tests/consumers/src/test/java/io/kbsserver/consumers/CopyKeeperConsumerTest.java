package io.kbsserver.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A copy begins with the export, follows the changes, and begins anew where it has to. */
class CopyKeeperConsumerTest extends ConsumerTest {

  private static final String CHANGES = "/kbs/v1/changes";
  private static final String EVENTS = "/kbs/v1/events";
  private static final String EXPORT = "/kbs/v1/tickets/export";
  private static final String BEHIND = "after=${position}&kinds=ticket";
  private static final String MANAGER = "support_manager";
  private static final String ANNA = "anna@example.com";
  private static final String AT = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z";

  CopyKeeperConsumerTest() {
    super("copy-keeper");
  }

  private static CopyKeeper on(Api api) {
    return new CopyKeeper(api, 4711);
  }

  @Test
  void theExportTellsWhereToGoOn() {
    conversation("all tickets at once")
        .by(MANAGER)
        .given("a ticket exists")
        .asks("GET", EXPORT)
        // Of lines of JSON, Pact would make one document.
        .query("format=csv")
        .isSent(200, "")
        .with("Kbs-Position", "\\d+", "4711")
        .with("Content-Type", "text/csv.*", "text/csv; charset=utf-8")
        .when(
            api -> {
              CopyKeeper keeper = new CopyKeeper(api, 0);
              assertEquals(0, keeper.beginWithTable().length());
              assertEquals(4711, keeper.position());
            });
  }

  @Test
  void aNewTicketIsKept() {
    conversation("a ticket that is new since the last look")
        .by(MANAGER)
        .given("the changes so far are known")
        .given("a ticket exists")
        .asks("GET", CHANGES)
        .query(BEHIND)
        .isAnswered(
            200,
            page -> {
              page.minArrayLike(
                  "changes",
                  1,
                  change -> {
                    change.integerType("position", 4712);
                    change.stringMatcher("type", "ticket\\.(created|updated)", "ticket.created");
                    change.stringValue("kind", "ticket");
                    change.valueFromProviderState("id", "${ticketId}", 7);
                    change.valueFromProviderState("ticket", "${ticketId}", 7);
                    change.stringMatcher("at", AT, "2026-01-02T02:04:05.678901Z");
                    change.booleanValue("gone", false);
                    change.booleanValue("appeared", false);
                    change.object(
                        "object", ticket -> ticket.valueFromProviderState("id", "${ticketId}", 7));
                  });
              page.integerType("next", 4713);
              page.booleanValue("more", false);
            })
        .when(
            api -> {
              CopyKeeper keeper = on(api);
              assertFalse(keeper.follow());
              assertEquals(Set.of(7L), keeper.tickets().keySet());
              assertEquals(4713, keeper.position());
            });
  }

  @Test
  void whatIsGoneIsKeptNoLonger() {
    conversation("a ticket that is somebody else's since the last look")
        .by("support_agent", "email", ANNA)
        .given("the site has a setting", "name", "restrict_agent_view", "value", "on")
        .given("a ticket exists", "agent", ANNA)
        .given("the changes so far are known")
        .given("the ticket was assigned to another agent")
        .asks("GET", CHANGES)
        .query(BEHIND)
        .isAnswered(
            200,
            page -> {
              page.array(
                  "changes",
                  changes ->
                      changes.object(
                          change -> {
                            change.stringValue("type", "ticket.deleted");
                            change.valueFromProviderState("id", "${ticketId}", 7);
                            change.booleanValue("gone", true);
                            change.booleanValue("appeared", false);
                            change.integerType("position", 4712);
                            change.stringValue("kind", "ticket");
                            change.valueFromProviderState("ticket", "${ticketId}", 7);
                            change.stringMatcher("at", AT, "2026-01-02T02:04:05.678901Z");
                          }));
              page.integerType("next", 4712);
              page.booleanValue("more", false);
            })
        .when(
            api -> {
              CopyKeeper keeper = on(api);
              keeper.tickets().put(7L, "A ticket of Anna's");
              keeper.follow();
              assertTrue(keeper.tickets().isEmpty());
            });
  }

  @Test
  void whoSeesTicketsOtherwiseBeginsAnew() {
    conversation("changes since the time zone of the site is another")
        .by(MANAGER)
        .given("the changes so far are known")
        .given("the site has a setting", "name", "time_zone", "value", "Europe/Berlin")
        .asks("GET", CHANGES)
        .query(BEHIND)
        .isRefused(410, "rest_sight_changed", "after")
        .when(api -> assertEquals(410, refusal(() -> on(api).follow()).status()));
  }

  @Test
  void aPositionThatIsNoneIsRefused() {
    conversation("changes behind a position that there is not")
        .by(MANAGER)
        .asks("GET", CHANGES)
        .query("after=999999999&kinds=ticket")
        .isRefused(400, "rest_invalid_param", "after")
        .when(
            api ->
                assertAtFault("after", refusal(() -> new CopyKeeper(api, 999_999_999).follow())));
  }

  @Test
  void eventsAreHeardUntilThereIsNothingMore() {
    conversation("a stream of what there is")
        .by(MANAGER)
        .given("a ticket exists")
        .asks("GET", EVENTS)
        .query("wait=0")
        .isSent(200, "")
        .with("Content-Type", "text/event-stream.*", "text/event-stream")
        .when(api -> assertEquals(0, on(api).listen().length()));
  }

  @Test
  void aStreamBeginsAnewAsWell() {
    conversation("events since the time zone of the site is another")
        .by(MANAGER)
        .given("the changes so far are known")
        .given("the site has a setting", "name", "time_zone", "value", "Europe/Berlin")
        .asks("GET", EVENTS)
        .query("after=${position}")
        .isRefused(410, "rest_sight_changed", "after")
        .when(api -> assertEquals(410, refusal(() -> on(api).listenBehind()).status()));
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    return Stream.of(
            described("changes", CHANGES, api -> on(api).whatCanBeFollowed()),
            described("events", EVENTS, api -> on(api).whatCanBeHeard()),
            described("the export", EXPORT, api -> on(api).whatCanBeExported()))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    return Stream.of(
            read("changes", CHANGES, api -> on(api).ask()),
            read("events", EVENTS, api -> on(api).listenOn()),
            read("the export", EXPORT, api -> on(api).begin()))
        .flatMap(tests -> tests);
  }

  private Stream<DynamicTest> read(String what, String route, Conversation.Part part) {
    return refused(Call.read(what, MANAGER, route, part), RefusedRequest.OF_READING);
  }
}
