package io.kbsserver.rest.address;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Headers that are lists, whose values may be quoted (RFC 9110, 5.6). */
final class ListHeader {

  private ListHeader() {}

  /** The first element of a header that may stand on several lines; an empty one is none. */
  static Optional<String> first(List<String> lines) {
    return all(lines).stream().findFirst();
  }

  /** All of them. */
  static List<String> all(List<String> lines) {
    return split(String.join(",", lines), ',').stream()
        .filter(element -> !element.isEmpty())
        .toList();
  }

  /** The same where no comma can be part of an element, quoted or not. */
  static List<String> elements(List<String> lines) {
    return Arrays.stream(String.join(",", lines).split(","))
        .map(String::strip)
        .filter(element -> !element.isEmpty())
        .toList();
  }

  /** The parts between separators that stand outside of quotes. */
  static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == separator) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  /** A value without its quotes; nothing where they are not closed. */
  static Optional<String> unquoted(String value) {
    if (!value.contains("\"")) {
      return Optional.of(value);
    }
    if (!value.startsWith("\"")) {
      return Optional.empty();
    }
    StringBuilder plain = new StringBuilder();
    // Not by a pattern, which would need a level of the stack for each character.
    for (int i = 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"') {
        return i == value.length() - 1 ? Optional.of(plain.toString().strip()) : Optional.empty();
      }
      if (c == '\\' && ++i < value.length()) {
        c = value.charAt(i);
      }
      plain.append(c);
    }
    return Optional.empty();
  }
}
