package io.kbsserver.mail.incoming;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How deep HTML may be nested, at most, told from its tags alone: a parser takes a time that grows
 * with the square of it.
 */
final class HtmlDepth {

  /**
   * Also what only looks like tags: in comments, in texts of elements that hold none, in values.
   */
  private static final Pattern TAG =
      Pattern.compile(
          "(?is)<!--.*?(?:-->|--!>|$)"
              + "|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\\b.*?(?:</\\1|$)"
              + "|<(/?)([a-z][a-z0-9:-]{0,30})(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+");

  /** Nothing is within these, or the next one ends them. */
  private static final Set<String> NEVER_NESTED =
      Set.of(
          "area",
          "base",
          "body",
          "br",
          "col",
          "colgroup",
          "dd",
          "dt",
          "embed",
          "head",
          "hr",
          "html",
          "img",
          "input",
          "li",
          "link",
          "meta",
          "option",
          "p",
          "param",
          "source",
          "tbody",
          "td",
          "tfoot",
          "th",
          "thead",
          "tr",
          "wbr");

  private HtmlDepth() {}

  static int of(String html) {
    Map<String, Integer> open = new HashMap<>();
    int depth = 0;
    int deepest = 0;
    Matcher tag = TAG.matcher(html);
    while (tag.find()) {
      String name = tag.group(3) == null ? "" : tag.group(3).toLowerCase(Locale.ROOT);
      int same = open.getOrDefault(name, 0);
      if (name.isEmpty() || NEVER_NESTED.contains(name)) {
        continue;
      }
      if (tag.group(2).isEmpty()) {
        open.put(name, same + 1);
        depth++;
      } else if (same > 0) {
        open.put(name, same - 1);
        depth--;
      }
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }
}
