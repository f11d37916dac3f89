package io.kbsserver.consumers;

import static io.kbsserver.consumers.RefusedRequest.AS_SCRIPT;
import static io.kbsserver.consumers.RefusedRequest.DAMAGED;
import static io.kbsserver.consumers.RefusedRequest.TOO_OFTEN;
import static io.kbsserver.consumers.RefusedRequest.UNAVAILABLE;
import static io.kbsserver.consumers.RefusedRequest.WITHOUT_LOGIN;
import static io.kbsserver.consumers.RefusedRequest.WITH_NONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.kbsserver.client.AgentsApi.APIListAgentsRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The directory searches agents and shows one, to those who run the help desk. */
class StaffDirectoryConsumerTest extends ConsumerTest {

  private static final String AGENTS = "/kbs/v1/agents";
  private static final String ROLE = "support_manager";
  private static final String ANNA = "anna@example.com";

  StaffDirectoryConsumerTest() {
    super("staff-directory");
  }

  @Test
  void agentsAreSearched() {
    conversation("the agents with an address")
        .by(ROLE)
        .given("an agent works here", "email", ANNA)
        .asks("GET", AGENTS)
        .query("per_page=50&search=" + ANNA)
        .isAnswered(
            200,
            LambdaDsl.newJsonArray(all -> all.object(StaffDirectoryConsumerTest::anna)).build())
        .with("X-WP-Total", "1", "1")
        .with("X-WP-TotalPages", "1", "1")
        .when(
            api -> {
              StaffDirectory.Listed page =
                  new StaffDirectory(api)
                      .page(APIListAgentsRequest.newBuilder().perPage(50).search(ANNA).build());
              assertEquals(1, page.total());
              assertEquals(ANNA, page.entries().get(0).email());
            });
  }

  @Test
  void anAgentIsRead() {
    conversation("an agent")
        .by(ROLE)
        .given("an agent works here", "email", ANNA)
        .asks("GET", AGENTS + "/${agentId}")
        .isAnswered(200, StaffDirectoryConsumerTest::anna)
        .when(api -> assertEquals(ANNA, new StaffDirectory(api).entry(3).email()));
  }

  @Test
  void whoIsNoAgentIsNotFound() {
    conversation("an agent who is gone")
        .by(ROLE)
        .asks("GET", AGENTS + "/999999")
        .isRefused(404, "rest_agent_invalid_id")
        .when(
            api ->
                assertEquals(404, refusal(() -> new StaffDirectory(api).entry(999_999)).status()));
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    return Stream.of(
            described("agents", AGENTS, api -> new StaffDirectory(api).withAll()),
            described("an agent", AGENTS + "/3", api -> new StaffDirectory(api).withOne(3)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    APIListAgentsRequest all = APIListAgentsRequest.newBuilder().build();
    return Stream.of(
            new Call(
                "the agents",
                ROLE,
                false,
                "GET",
                AGENTS,
                null,
                null,
                api -> new StaffDirectory(api).page(all)),
            new Call(
                "one agent",
                ROLE,
                false,
                "GET",
                AGENTS + "/3",
                null,
                null,
                api -> new StaffDirectory(api).entry(3)))
        .flatMap(
            call ->
                refused(
                    call, AS_SCRIPT, WITHOUT_LOGIN, TOO_OFTEN, WITH_NONCE, DAMAGED, UNAVAILABLE));
  }

  private static void anna(LambdaDslObject agent) {
    agent.valueFromProviderState("id", "${agentId}", 3);
    agent.stringType("name", "Anna Agent");
    agent.stringType("first_name", "Anna");
    agent.stringType("last_name", "Agent");
    agent.stringValue("email", ANNA);
  }
}
