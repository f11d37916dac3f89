package io.kbsserver.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an example says of one thing, said of another. In an example of the contract the same number
 * means the same thing.
 *
 * @param site the address that takes the place of the examples' one
 * @param names what is called otherwise: ids, and the words of which a path has some
 */
record Retelling(String site, Map<String, String> names) {

  /** Where the examples of the contract are from. */
  static final String SITE = "https://example.com";

  private static final Pattern IN_ADDRESSES = Pattern.compile("(?<=[/?&=])[\\w-]+(?![\\w.-])");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  JsonNode of(JsonNode told) {
    if (told.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      told.properties().forEach(field -> object.set(field.getKey(), of(field.getValue())));
      return object;
    }
    if (told.isArray()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      told.forEach(item -> list.add(of(item)));
      return list;
    }
    if (told.isTextual()) {
      return TextNode.valueOf(of(told.asText()));
    }
    String other = told.isIntegralNumber() ? names.get(told.asText()) : null;
    return other == null ? told : LongNode.valueOf(Long.parseLong(other));
  }

  /** An address, a word, or a text that is left as it is. What was told once can be told again. */
  String of(String text) {
    if (text.contains(SITE) || text.contains(site)) {
      return IN_ADDRESSES.matcher(text).replaceAll(this::renamed).replace(SITE, site);
    }
    return NUMBER.matcher(text).matches() ? text : names.getOrDefault(text, text);
  }

  private String renamed(MatchResult found) {
    return Matcher.quoteReplacement(names.getOrDefault(found.group(), found.group()));
  }
}
