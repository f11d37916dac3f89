package io.kbsserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A query parameter.
 *
 * @param defaultValue its value where it is not given; may be null
 * @param setting the setting of the site without which there is no such parameter; may be null
 * @param source the parameter as it stands in the file
 */
public record Parameter(
    String name, Schema schema, Object defaultValue, String setting, JsonNode source) {

  static Parameter of(JsonNode node, ContractTree tree) {
    JsonNode schema = tree.resolved(node.path("schema"));
    JsonNode value = schema.path("default");
    Object defaultValue = null;
    if (value.isTextual()) {
      defaultValue = value.asText();
    } else if (value.isIntegralNumber()) {
      defaultValue = value.asLong();
    } else if (value.isBoolean()) {
      defaultValue = value.asBoolean();
    } else if (value.isArray()) {
      defaultValue = List.of();
    }
    return new Parameter(
        node.get("name").asText(),
        Schema.of(schema, tree),
        defaultValue,
        node.has("x-kbs-setting") ? node.get("x-kbs-setting").asText() : null,
        node);
  }

  /** Whether much has to be looked at for this value: no index has the order that it asks for. */
  public boolean isDear(Object value) {
    for (JsonNode dear : source.path("x-kbs-dear")) {
      if (dear.asText().equals(String.valueOf(value))) {
        return true;
      }
    }
    return false;
  }
}
