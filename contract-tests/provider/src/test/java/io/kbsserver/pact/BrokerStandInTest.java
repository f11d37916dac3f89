package io.kbsserver.pact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.pact.BrokerStandIn.Offer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link BrokerPactsTest} asks a broker for, and what it tells it. */
class BrokerStandInTest {

  private static final String ASKED = "POST /pacts/for/kbs-server";

  private static final Map<String, String> PUBLISHED =
      Map.of(
          "PACT_BROKER_TOKEN", "t0ken",
          "pactbroker.enablePending", "true",
          "pact.verifier.publishResults", "true",
          "pact.provider.version", "1a2b3c4",
          "pact.provider.branch", "main");

  @Test
  void resultsArePublishedWithVersionAndBranch() throws IOException {
    try (BrokerStandIn broker =
        new BrokerStandIn(
            "Bearer t0ken", new Offer("modest", 401, false), new Offer("hopeful", 200, true))) {
      Launched verification = verify(broker, PUBLISHED);

      assertEquals(new Launched(2, List.of()), verification);
      JsonNode asked = broker.told().get(ASKED);
      assertEquals(
          "[{\"mainBranch\":true},{\"deployedOrReleased\":true}]",
          asked.get("consumerVersionSelectors").toString());
      assertTrue(asked.get("includePendingStatus").asBoolean());
      assertEquals("main", asked.get("providerVersionBranch").asText());
      assertEquals(
          Set.of(
              ASKED, "PUT /branch/main/1a2b3c4", "POST /results/modest", "POST /results/hopeful"),
          broker.told().keySet());
      assertResult(true, broker.told().get("POST /results/modest"));
      assertResult(false, broker.told().get("POST /results/hopeful"));
    }
  }

  /** Nothing is asked, or the answer would be the one that is expected. */
  @Test
  void aStateOfTomorrowIsTheResultOfWhatIsPending() throws IOException {
    try (BrokerStandIn broker =
        new BrokerStandIn(
            "Bearer t0ken", new Offer("feverish", 401, true, "a ticket is on fire"))) {
      Launched verification = verify(broker, PUBLISHED);

      assertEquals(new Launched(0, List.of()), verification);
      JsonNode result = broker.told().get("POST /results/feverish");
      assertResult(false, result);
      String told = result.get("testResults").toString();
      assertTrue(told.contains("There is no state \\\"a ticket is on fire\\\""), told);
    }
  }

  @Test
  void whatConsumersAreThereCanBeChosen() throws IOException {
    String login =
        Base64.getEncoder().encodeToString("ann:s3cret".getBytes(StandardCharsets.UTF_8));
    try (BrokerStandIn broker =
        new BrokerStandIn("Basic " + login, new Offer("greedy", 200, false))) {
      String selectors = "[{\"deployed\":true,\"environment\":\"live\"}]";
      Launched verification =
          verify(
              broker,
              Map.of(
                  "PACT_BROKER_USERNAME", "ann",
                  "PACT_BROKER_PASSWORD", "s3cret",
                  "pactbroker.consumerversionselectors.rawjson", selectors));

      assertEquals(0, verification.succeeded());
      assertFailure("expected status of 200 but was 401", verification);
      assertEquals(Set.of(ASKED), broker.told().keySet(), "Nothing is published unless asked for");
      assertEquals(selectors, broker.told().get(ASKED).get("consumerVersionSelectors").toString());
    }
  }

  @Test
  void aWrongTokenFails() throws IOException {
    try (BrokerStandIn broker = new BrokerStandIn("Bearer t0ken", new Offer("any", 401, false))) {
      assertFailure("HTTP response 401", verify(broker, Map.of("PACT_BROKER_TOKEN", "wrong")));
    }
  }

  @Test
  void resultsOfNoVersionAreNotPublished() throws IOException {
    try (BrokerStandIn broker = new BrokerStandIn("Bearer t0ken", new Offer("any", 401, false))) {
      Map<String, String> properties =
          Map.of("PACT_BROKER_TOKEN", "t0ken", "pact.verifier.publishResults", "true");
      assertFailure("give the commit", verify(broker, properties));
      assertEquals(Set.of(), broker.told().keySet());
    }
  }

  /** What the environment says about a real broker does not count. */
  private static Launched verify(BrokerStandIn broker, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>();
    all.put("PACT_BROKER_USERNAME", "");
    all.put("PACT_BROKER_TOKEN", "");
    all.put("pact.verifier.publishResults", "false");
    all.put("pact.provider.version", "");
    all.put("pact.provider.branch", "");
    all.putAll(properties);
    all.put("PACT_BROKER_BASE_URL", broker.address());
    return Launched.run(BrokerPactsTest.class, all);
  }

  private static void assertResult(boolean success, JsonNode result) {
    assertEquals(success, result.get("success").asBoolean(), result::toString);
    assertEquals("1a2b3c4", result.get("providerApplicationVersion").asText());
  }

  private static void assertFailure(String text, Launched verification) {
    assertEquals(1, verification.failures().size(), verification::toString);
    assertTrue(verification.failures().get(0).contains(text), verification::toString);
  }
}
