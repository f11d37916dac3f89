package io.kbsserver.consumers;

import static io.kbsserver.consumers.RefusedRequest.AS_SCRIPT;
import static io.kbsserver.consumers.RefusedRequest.DAMAGED;
import static io.kbsserver.consumers.RefusedRequest.SWITCHED_OFF;
import static io.kbsserver.consumers.RefusedRequest.UNAVAILABLE;
import static io.kbsserver.consumers.RefusedRequest.WITHOUT_LOGIN;
import static io.kbsserver.consumers.RefusedRequest.WITH_NONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.kbsserver.client.TicketsApi.APIListTicketsRequest;
import io.kbsserver.client.model.ListTicketsOrderby;
import io.kbsserver.client.model.Order;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The dashboard lists, filters, turns pages and reads totals. */
class AgentDashboardConsumerTest extends ConsumerTest {

  private static final String TICKETS = "/kbs/v1/tickets";
  private static final String ROLE = "support_agent";
  private static final String DATE = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}";

  AgentDashboardConsumerTest() {
    super("agents-dashboard");
  }

  @Test
  void whatIsOpenOrOnHoldIsListedByTheLastChange() {
    conversation("what is open or on hold")
        .by(ROLE)
        .given("tickets exist", "count", 2, "status", "open")
        .given("tickets exist", "count", 1, "status", "hold")
        .given("tickets exist", "count", 1, "status", "closed")
        .asks("GET", TICKETS)
        .query("orderby=modified&order=asc&status=open,hold")
        .isAnswered(200, page(3, line -> line.stringMatcher("status", "open|hold", "open")))
        .with("X-WP-Total", "3", "3")
        .with("X-WP-TotalPages", "1", "1")
        .when(
            api -> {
              AgentDashboard.ShownPage page =
                  new AgentDashboard(api)
                      .page(
                          APIListTicketsRequest.newBuilder()
                              .status(List.of("open", "hold"))
                              .orderby(ListTicketsOrderby.MODIFIED)
                              .order(Order.ASC)
                              .build());
              assertEquals(3, page.lines().size());
              assertEquals(3, page.total());
            });
  }

  @Test
  void thePagesAreCountedAndLinked() {
    conversation("the second of three pages")
        .by(ROLE)
        .given("tickets exist", "count", 5)
        .asks("GET", TICKETS)
        .query("page=2&per_page=2")
        .isAnswered(200, page(2, line -> {}))
        .with("X-WP-Total", "5", "5")
        .with("X-WP-TotalPages", "3", "3")
        .with(
            "Link",
            ".*/kbs/v1/tickets\\?.*page=(1|3).*",
            "<http://kbs.example/wp-json/kbs/v1/tickets?per_page=2&page=3>; rel=\"next\"")
        .when(
            api -> {
              AgentDashboard.ShownPage page =
                  new AgentDashboard(api)
                      .page(APIListTicketsRequest.newBuilder().page(2L).perPage(2).build());
              assertEquals(3, page.pages());
              assertEquals(
                  "http://kbs.example/wp-json/kbs/v1/tickets?per_page=2&page=3",
                  page.next().orElseThrow());
            });
  }

  @Test
  void ownTicketsAreFoundByAWord() {
    conversation("the agent's own tickets about a word")
        .by(ROLE)
        .given("an agent works here", "email", "anna@example.com")
        .given("a ticket exists", "title", "Toner is empty", "agent", "anna@example.com")
        .given("a ticket exists", "title", "Toner is late")
        .asks("GET", TICKETS)
        .query("search=toner&agent=${agentId}")
        .isAnswered(200, page(1, line -> {}))
        .with("X-WP-Total", "1", "1")
        .with("X-WP-TotalPages", "1", "1")
        .when(
            api ->
                assertEquals(
                    1,
                    new AgentDashboard(api)
                        .page(APIListTicketsRequest.newBuilder().search("toner").agent(3L).build())
                        .total()));
  }

  @Test
  void anEmptyListIsNoError() {
    conversation("a column without tickets")
        .by(ROLE)
        .asks("GET", TICKETS)
        .query("status=closed")
        .isAnswered(200, LambdaDsl.newJsonArray(none -> {}).build())
        .with("X-WP-Total", "0", "0")
        .with("X-WP-TotalPages", "0", "0")
        .when(
            api ->
                assertEquals(
                    List.of(),
                    new AgentDashboard(api)
                        .page(APIListTicketsRequest.newBuilder().status(List.of("closed")).build())
                        .lines()));
  }

  @Test
  void tooLongAPageIsRefused() {
    conversation("a page that is too long")
        .by(ROLE)
        .asks("GET", TICKETS)
        .query("per_page=500")
        .isRefused(400, "rest_invalid_param", "per_page")
        .when(
            api ->
                assertAtFault(
                    "per_page",
                    refusal(
                        () ->
                            new AgentDashboard(api)
                                .page(APIListTicketsRequest.newBuilder().perPage(500).build()))));
  }

  @Test
  void aPageBehindTheLastIsRefused() {
    conversation("a page behind the last one")
        .by(ROLE)
        .given("a ticket exists")
        .asks("GET", TICKETS)
        .query("page=9")
        .isRefused(400, "rest_post_invalid_page_number", "page")
        .when(
            api ->
                assertAtFault(
                    "page",
                    refusal(
                        () ->
                            new AgentDashboard(api)
                                .page(APIListTicketsRequest.newBuilder().page(9L).build()))));
  }

  @Test
  void theZoneOfTheDatesIsKnown() {
    conversation("the time zone of the site")
        .given("the site has a setting", "name", "time_zone", "value", "Europe/Berlin")
        .asks("GET", "/")
        .isAnswered(200, site -> site.stringValue("timezone_string", "Europe/Berlin"))
        .when(api -> assertEquals(ZoneId.of("Europe/Berlin"), new AgentDashboard(api).zone()));
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    Call list =
        new Call(
            "the list of tickets",
            ROLE,
            false,
            "GET",
            TICKETS,
            null,
            null,
            api -> new AgentDashboard(api).page(APIListTicketsRequest.newBuilder().build()));
    Call zone =
        new Call(
            "the time zone of the site",
            null,
            false,
            "GET",
            "/",
            null,
            null,
            api -> new AgentDashboard(api).zone());
    return Stream.concat(
        refused(list, WITHOUT_LOGIN, WITH_NONCE, SWITCHED_OFF, DAMAGED, UNAVAILABLE),
        refused(zone, AS_SCRIPT, WITH_NONCE, DAMAGED, UNAVAILABLE));
  }

  /** So many lines, with what the dashboard shows of each. */
  private static DslPart page(int lines, java.util.function.Consumer<LambdaDslObject> more) {
    return LambdaDsl.newJsonArray(
            page -> {
              for (int i = 0; i < lines; i++) {
                page.object(
                    line -> {
                      line.integerType("id", 7);
                      line.stringType("status", "open");
                      line.stringMatcher("modified", DATE, "2026-01-02T03:04:05");
                      line.object("title", title -> title.stringType("rendered", "Toner"));
                      line.object("ticket_data", data -> data.stringType("number", "KBS1010"));
                      more.accept(line);
                    });
              }
            })
        .build();
  }
}
