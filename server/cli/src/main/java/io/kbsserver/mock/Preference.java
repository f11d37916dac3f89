package io.kbsserver.mock;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which answer a request asks for: {@code Prefer: code=404}, {@code Prefer: example=assigned}, or
 * both; and whether parameters that nobody knows are ignored: {@code Prefer: handling=lenient}.
 * Other preferences are for other servers.
 */
record Preference(Optional<String> code, Optional<String> example, boolean lenient) {

  static Preference of(List<String> headers) {
    return new Preference(
        value(headers, "code="),
        value(headers, "example="),
        value(headers, "handling=").filter("lenient"::equalsIgnoreCase).isPresent());
  }

  boolean isStated() {
    return code.isPresent() || example.isPresent();
  }

  private static Optional<String> value(List<String> headers, String name) {
    return headers.stream()
        .flatMap(header -> List.of(header.split("[,;]")).stream())
        .map(String::strip)
        .filter(preference -> preference.toLowerCase(Locale.ROOT).startsWith(name))
        .map(preference -> preference.substring(name.length()).replace("\"", "").strip())
        .findFirst();
  }
}
