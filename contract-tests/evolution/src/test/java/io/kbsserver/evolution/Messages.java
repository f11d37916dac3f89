package io.kbsserver.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What a contract says is sent to others unasked. For those who get it, it is an answer like any
 * other, but for the request.
 */
final class Messages {

  /** The extension in which they are described. */
  static final String WEBHOOKS = "x-webhooks";

  /** The path at which the messages about changes stand among the others. */
  static final String CHANGE = "/" + WEBHOOKS + "/change";

  private Messages() {}

  /** The contract with each of them as the answer to a request that nobody makes. */
  static ObjectNode asAnswers(JsonNode contract) {
    ObjectNode tree = contract.deepCopy();
    JsonNode webhooks = tree.path(WEBHOOKS);
    tree.remove(WEBHOOKS);
    for (Map.Entry<String, JsonNode> webhook : webhooks.properties()) {
      ObjectNode item = webhook.getValue().deepCopy();
      item.properties().stream()
          .filter(entry -> Edition.METHODS.contains(entry.getKey()))
          .forEach(entry -> entry.setValue(answer(tree, entry.getValue())));
      ((ObjectNode) tree.get("paths")).set("/" + WEBHOOKS + "/" + webhook.getKey(), item);
    }
    return tree;
  }

  private static ObjectNode answer(ObjectNode tree, JsonNode sent) {
    ObjectNode operation = sent.deepCopy();
    ObjectNode message = operation.objectNode();
    referred(tree, sent.path("requestBody"))
        .properties()
        .forEach(part -> message.set(part.getKey(), part.getValue()));
    ObjectNode headers = message.putObject("headers");
    ArrayNode others = operation.putArray("parameters");
    for (JsonNode unresolved : sent.path("parameters")) {
      ObjectNode parameter = referred(tree, unresolved).deepCopy();
      if (parameter.path("in").asText().equals("header")) {
        headers.set(parameter.get("name").asText(), parameter);
        parameter.remove(List.of("name", "in"));
      } else {
        others.add(parameter);
      }
    }
    operation.remove("requestBody");
    // Wherever routes stand and whoever may ask: nobody asks for it.
    operation.putArray("servers").addObject().put("url", "/wp-json");
    operation.putArray("security");
    // What may be answered to it is no answer of ours. It is compared as a whole.
    operation.set("x-answers", operation.path("responses"));
    operation.putObject("responses").set("200", message);
    return operation;
  }

  private static JsonNode referred(ObjectNode tree, JsonNode node) {
    return node.has("$ref") ? tree.at(node.get("$ref").asText().substring(1)) : node;
  }
}
