package io.kbsserver.mock;

import com.fasterxml.jackson.databind.JsonNode;

/** Follows the references within the contract. */
record References(JsonNode contract) {

  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? contract.at(node.get("$ref").asText().substring(1)) : node;
  }
}
