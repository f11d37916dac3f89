package io.kbsserver.contract;

import com.fasterxml.jackson.databind.JsonNode;

/** All that a contract says, in which parts refer to others. */
record ContractTree(JsonNode root) {

  /** What a reference refers to; anything else is itself. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
  }
}
