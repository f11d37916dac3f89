package io.kbsserver.consumers;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Nobody's client. It sends and reads what the contract has and no consumer of ours needs, so that
 * the server takes and answers all of it; where a change of the contract breaks it and nobody else,
 * no consumer that we know is broken. What is sent is not all proven: some filters are sent only
 * where others would leave the same.
 *
 * <p>Its exchanges stand in {@code contract-coverage.json}: what has to be so before, the request,
 * an example of the answer, and of its headers what they match, and an example.
 */
class ContractCoverageConsumerTest extends ConsumerTest {

  private static final String LOGGED_IN = "a user is logged in";

  ContractCoverageConsumerTest() {
    super("contract-coverage");
  }

  @TestFactory
  Stream<DynamicTest> whatTheContractHas() throws IOException {
    JsonNode exchanges =
        new ObjectMapper().readTree(getClass().getResource("/contract-coverage.json"));
    return StreamSupport.stream(exchanges.spliterator(), false)
        .map(exchange -> dynamicTest(exchange.get("does").asText(), () -> have(exchange)));
  }

  private void have(JsonNode exchange) {
    Conversation conversation = conversation(exchange.get("does").asText());
    exchange.get("given").forEach(state -> given(conversation, state));
    String[] asked = exchange.get("asks").asText().split("[ ?]", 3);
    conversation.asks(asked[0], asked[1]);
    if (asked.length > 2) {
      conversation.query(asked[2]);
    }
    exchange
        .path("headers")
        .properties()
        .forEach(header -> conversation.header(header.getKey(), header.getValue().asText()));
    JsonNode sent = exchange.path("sends");
    if (sent.isObject()) {
      conversation.sends(JsonByExample.of(sent));
    } else if (sent.isTextual()) {
      conversation.sends(sent.asText(), exchange.get("as").asText());
    }
    int status = exchange.get("status").asInt();
    if (exchange.has("answer")) {
      conversation.isAnswered(status, JsonByExample.of(exchange.get("answer")));
    } else {
      conversation.isSent(status, exchange.get("text").asText());
    }
    if (exchange.has("type")) {
      String type = exchange.get("type").asText();
      conversation.with("Content-Type", type + ".*", type + "; charset=utf-8");
    }
    exchange
        .path("heads")
        .properties()
        .forEach(
            header ->
                conversation.with(
                    header.getKey(),
                    header.getValue().get(0).asText(),
                    header.getValue().get(1).asText()));
    JsonNode prefer = exchange.at("/headers/Prefer");
    if (prefer.isTextual()) {
      conversation.with("Preference-Applied", prefer.asText(), prefer.asText());
    }
    conversation.asWritten();
  }

  /** A state: its name, and what it is told. */
  private static void given(Conversation conversation, JsonNode state) {
    List<Object> parameters = new ArrayList<>();
    for (Map.Entry<String, JsonNode> parameter : state.path(1).properties()) {
      if (!parameter.getKey().equals("role")) {
        parameters.add(parameter.getKey());
        parameters.add(parameter.getValue().asText());
      }
    }
    String name = state.get(0).asText();
    if (name.equals(LOGGED_IN)) {
      conversation.by(state.at("/1/role").asText(), parameters.toArray());
    } else {
      conversation.given(name, parameters.toArray());
    }
  }
}
