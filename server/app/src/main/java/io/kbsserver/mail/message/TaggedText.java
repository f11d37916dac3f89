package io.kbsserver.mail.message;

import io.kbsserver.text.LinkedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values in the place of tags, once: what a value looks like is never taken for a tag. */
final class TaggedText {

  private static final Pattern TAG = Pattern.compile("\\{([A-Za-z0-9_-]+)}");

  /** What ends a sentence: its mark, a line, or the end of what it stands in. */
  private static final Pattern END =
      Pattern.compile(
          "(?i)</?(?:p|div|li|ul|ol|table|tbody|thead|tr|td|th|h[1-6]|blockquote|hr|br|pre)\\b[^>]*>"
              + "|\\n|[.!?\u2026\u3002](?:</\\w+>)*(?=\\s|<|$)");

  private final Map<String, TagValue> tags;

  TaggedText(Map<String, TagValue> tags) {
    this.tags = tags;
  }

  /** A text as HTML; tags that are not known stay as they are. */
  String html(String text) {
    return replaced(withoutMissing(text), TagValue::html);
  }

  /** A text in one line, without HTML. */
  String line(String text) {
    return OneLine.of(replaced(LinkedText.line(text), TagValue::plain));
  }

  /** Whether a tag stands in a text. */
  static boolean names(String text, String tag) {
    return text.contains("{" + tag + "}");
  }

  private String replaced(String text, Function<TagValue, String> value) {
    return TAG.matcher(text)
        .replaceAll(
            found -> {
              TagValue tag = tags.get(found.group(1));
              return Matcher.quoteReplacement(tag == null ? found.group() : value.apply(tag));
            });
  }

  /** The text without the sentences that lead nowhere, and without what introduces them. */
  private String withoutMissing(String text) {
    List<String> parts = parts(text);
    for (int i = 0; i < parts.size(); i++) {
      if (leadsNowhere(parts.get(i))) {
        parts.set(i, "");
        introduction(parts, i);
      }
    }
    return String.join("", parts);
  }

  private boolean leadsNowhere(String part) {
    return TAG.matcher(part)
        .results()
        .map(found -> tags.get(found.group(1)))
        .anyMatch(tag -> tag != null && tag.missing());
  }

  private static void introduction(List<String> parts, int missing) {
    int before = missing - 1;
    while (before >= 0 && LinkedText.line(parts.get(before)).isEmpty()) {
      before--;
    }
    if (before >= 0 && LinkedText.line(parts.get(before)).endsWith(":")) {
      parts.set(before, "");
    }
  }

  /** Sentences, and the tags and line ends between them. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    Matcher end = END.matcher(text);
    while (end.find()) {
      boolean between = end.group().startsWith("<") || end.group().equals("\n");
      int behind = between ? end.start() : end.end();
      parts.add(text.substring(from, behind));
      if (between) {
        parts.add(end.group());
      }
      from = end.end();
    }
    parts.add(text.substring(from));
    return parts;
  }
}
