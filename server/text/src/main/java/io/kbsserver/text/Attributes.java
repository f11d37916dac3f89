package io.kbsserver.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the attributes of a tag, leaving out everything that is not clearly one. */
final class Attributes {

  /** An attribute; the quote is a NUL character if there is no value. */
  record Attribute(String name, char quote, String value) {

    boolean hasValue() {
      return quote != 0;
    }

    Attribute withValue(String other) {
      return new Attribute(name, quote, other);
    }

    @Override
    public String toString() {
      return hasValue() ? name + '=' + quote + value + quote : name;
    }
  }

  /**
   * What stands in a tag behind its name.
   *
   * @param whole whether all of it is attributes
   */
  record Parsed(List<Attribute> list, boolean whole) {}

  private final String text;
  private int at;

  private Attributes(String text) {
    this.text = text;
  }

  static Parsed parse(String text) {
    List<Attribute> attributes = new ArrayList<>();
    boolean whole = true;
    Attributes reader = new Attributes(text);
    reader.skipSpace();
    while (reader.at < text.length()) {
      Attribute attribute = reader.read();
      if (attribute != null) {
        attributes.add(attribute);
      } else {
        reader.skipJunk();
        whole = false;
      }
      reader.skipSpace();
    }
    return new Parsed(attributes, whole);
  }

  /** The same attribute with {@code noopener} among its words. */
  static Attribute withNoOpener(Attribute rel) {
    Set<String> words = new LinkedHashSet<>();
    if (rel.hasValue()) {
      words.addAll(List.of(rel.value().strip().split("\\s+")));
      words.remove("");
    }
    words.add("noopener");
    return new Attribute(rel.name(), '"', String.join(" ", words).replace("\"", "&quot;"));
  }

  private @Nullable Attribute read() {
    int start = at;
    while (at < text.length() && isNameChar(text.charAt(at), at == start)) {
      at++;
    }
    String name = text.substring(start, at);
    int end = at;
    skipSpace();
    if (name.isEmpty() || !isAt('=')) {
      return name.isEmpty() || at < text.length() && at == end
          ? null
          : new Attribute(name, '\0', "");
    }
    at++;
    skipSpace();
    return readValue(name);
  }

  private @Nullable Attribute readValue(String name) {
    boolean quoted = isAt('"') || isAt('\'');
    char quote = quoted ? text.charAt(at) : '"';
    int start = quoted ? at + 1 : at;
    int end = start;
    while (end < text.length() && !endsValue(text.charAt(end), quoted, quote)) {
      end++;
    }
    int next = quoted ? end + 1 : end;
    boolean complete =
        (quoted ? end < text.length() : end > start)
            && (next >= text.length() || Markup.isSpace(text.charAt(next)));
    if (!complete) {
      return null;
    }
    at = next;
    return new Attribute(name, quote, text.substring(start, end));
  }

  private static boolean endsValue(char c, boolean quoted, char quote) {
    return quoted ? c == quote : Markup.isSpace(c) || c == '"' || c == '\'';
  }

  /** Goes on behind the next white space that is not in quotes. */
  private void skipJunk() {
    char quote = 0;
    while (at < text.length() && (quote != 0 || !Markup.isSpace(text.charAt(at)))) {
      char c = text.charAt(at);
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
      at++;
    }
  }

  private void skipSpace() {
    while (at < text.length() && Markup.isSpace(text.charAt(at))) {
      at++;
    }
  }

  private boolean isAt(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private static boolean isNameChar(char c, boolean first) {
    return Markup.isLetter(c)
        || c == '_'
        || !first && (Markup.isDigit(c) || c == '-' || c == ':' || c == '.');
  }
}
