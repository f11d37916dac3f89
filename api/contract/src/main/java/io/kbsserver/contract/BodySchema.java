package io.kbsserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The schema of a body: its properties by name. */
public record BodySchema(Map<String, Schema> properties) {

  static BodySchema of(JsonNode node, ContractTree tree) {
    Map<String, Schema> properties = new LinkedHashMap<>();
    node.path("properties")
        .properties()
        .forEach(
            property -> properties.put(property.getKey(), Schema.of(property.getValue(), tree)));
    return new BodySchema(properties);
  }
}
