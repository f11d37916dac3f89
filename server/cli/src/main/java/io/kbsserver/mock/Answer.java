package io.kbsserver.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What the mock says. */
record Answer(int status, Map<String, String> headers, JsonNode body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A refusal in the form that all refusals have; the parameters at fault may be none. */
  static Answer refusal(int status, String code, String message, Map<String, String> parameters) {
    ObjectNode body = JSON.createObjectNode().put("code", code).put("message", message);
    ObjectNode data = body.putObject("data").put("status", status);
    if (!parameters.isEmpty()) {
      data.set("params", JSON.valueToTree(parameters));
    }
    return new Answer(status, Map.of(), body);
  }
}
