package io.kbsserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The schema of a body.
 *
 * @param properties its properties by name
 * @param required the names of those that it has to have
 */
public record BodySchema(Map<String, Schema> properties, List<String> required) {

  /** Whether null is no wrong value; of what has to be there it says that it is missing. */
  public boolean takesNull(String name) {
    return required.contains(name) || properties.get(name).nullable();
  }

  static BodySchema of(JsonNode node, ContractTree tree) {
    Map<String, Schema> properties = new LinkedHashMap<>();
    node.path("properties")
        .properties()
        .forEach(
            property -> properties.put(property.getKey(), Schema.of(property.getValue(), tree)));
    List<String> required = new ArrayList<>();
    node.path("required").forEach(name -> required.add(name.asText()));
    return new BodySchema(properties, List.copyOf(required));
  }
}
