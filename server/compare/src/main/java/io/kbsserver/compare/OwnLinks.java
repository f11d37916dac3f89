package io.kbsserver.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The links of a site to its own routes ({@code href}, and the header {@code Link}), as a site at
 * the root of its host with permalinks has them: where a site is, and how its addresses look, is no
 * difference between two answers.
 */
final class OwnLinks {

  private static final String HOST = "(https?://[^/?#\"\\s<>]+)";

  private final Pattern plain;
  private final Pattern below;

  /**
   * Those of a site.
   *
   * @param folder the folder of its host that it is in, empty or with a slash before it
   */
  OwnLinks(String folder) {
    String site = HOST + Pattern.quote(folder);
    plain = Pattern.compile(site + "(/(?:index\\.php)?\\?[^\"\\s<>]*\\brest_route=[^\"\\s<>]*)");
    below = Pattern.compile(site + "(?:/index\\.php)?(/wp-json)(?=[/?\"\\s<>]|$)");
  }

  /** An answer with its links so. */
  SiteAnswer in(SiteAnswer answer) {
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    headers.computeIfPresent("link", (name, value) -> in(value));
    return new SiteAnswer(
        answer.status(), headers, answer.body() == null ? null : in(answer.body()));
  }

  private JsonNode in(JsonNode node) {
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(node.size());
      node.forEach(item -> array.add(in(item)));
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(field -> object.set(field.getKey(), in(field)));
      return object;
    }
    return node;
  }

  private JsonNode in(Map.Entry<String, JsonNode> field) {
    JsonNode value = field.getValue();
    return field.getKey().equals("href") && value.isTextual()
        ? TextNode.valueOf(in(value.textValue()))
        : in(value);
  }

  private String in(String text) {
    String links =
        plain
            .matcher(text)
            .replaceAll(
                link ->
                    Matcher.quoteReplacement(
                        link.group(1) + RouteParameter.resolved(link.group(2))));
    return below.matcher(links).replaceAll("$1$2");
  }
}
