package io.kbsserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A schema, flat as the contract keeps them.
 *
 * @param items the schema of a list's items; null elsewhere
 * @param values the values allowed; null where all are
 * @param minimum the smallest number allowed; null where there is no limit
 * @param maximum the largest number allowed; null where there is no limit
 * @param maxLength the longest text allowed; null where there is no limit
 * @param maxItems the longest list allowed; null where there is no limit
 * @param format the format; null where none is stated
 * @param several how several values are written as one; null where there is only one
 * @param id whether it is the id of something
 * @param emptyCounts whether an empty value is one, and not the same as none
 * @param nullable whether null is as good as nothing; where no type is stated, it is
 * @param object what an object consists of; null where that is not described
 */
public record Schema(
    Schema.Type type,
    Schema items,
    List<String> values,
    Long minimum,
    Long maximum,
    Integer maxLength,
    Integer maxItems,
    String format,
    Schema.Several several,
    boolean id,
    boolean emptyCounts,
    boolean nullable,
    BodySchema object) {

  /** A list of any texts. */
  public static final Schema LIST_OF_TEXTS =
      new Schema(
          Type.ARRAY,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          Several.LIST,
          false,
          false,
          false,
          null);

  /** What a value must be. */
  public enum Type {
    STRING,
    INTEGER,
    BOOLEAN,
    ARRAY,
    OBJECT,
    /** No type is stated: any value. */
    ANY
  }

  /** How several values are written as one. */
  public enum Several {
    LIST,
    COMMA
  }

  static Schema of(JsonNode unresolved, ContractTree tree) {
    JsonNode node = tree.resolved(unresolved);
    List<String> values = null;
    if (node.has("enum")) {
      values = new ArrayList<>();
      for (JsonNode value : node.get("enum")) {
        values.add(value.asText());
      }
    }
    return new Schema(
        switch (node.path("type").asText()) {
          case "string" -> Type.STRING;
          case "integer" -> Type.INTEGER;
          case "boolean" -> Type.BOOLEAN;
          case "array" -> Type.ARRAY;
          case "object" -> Type.OBJECT;
          default -> Type.ANY;
        },
        node.has("items") ? of(node.get("items"), tree) : null,
        values,
        node.has("minimum") ? node.get("minimum").asLong() : null,
        node.has("maximum") ? node.get("maximum").asLong() : null,
        node.has("maxLength") ? node.get("maxLength").asInt() : null,
        node.has("maxItems") ? node.get("maxItems").asInt() : null,
        node.has("format") ? node.get("format").asText() : null,
        several(node),
        node.path("x-kbs-id").asBoolean(),
        node.path("x-kbs-empty-counts").asBoolean(),
        node.path("nullable").asBoolean() || !node.has("type"),
        node.has("properties") ? BodySchema.of(node, tree) : null);
  }

  private static Several several(JsonNode node) {
    if (node.has("x-kbs-several")) {
      return Several.valueOf(node.get("x-kbs-several").asText().toUpperCase(Locale.ROOT));
    }
    return node.path("type").asText().equals("array") ? Several.LIST : null;
  }

  /** Whether a text has too many characters; those beyond the first 65,536 are one each, too. */
  public boolean isTooLong(String text) {
    return maxLength != null && text.codePointCount(0, text.length()) > maxLength;
  }
}
