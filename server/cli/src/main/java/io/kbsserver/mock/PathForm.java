package io.kbsserver.mock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of an operation as it stands in addresses, to tell what these name.
 *
 * @param names of its variable parts, in their order
 */
record PathForm(Pattern pattern, List<String> names) {

  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

  static PathForm of(String path) {
    List<String> names = new ArrayList<>();
    Matcher variable = VARIABLE.matcher(path);
    while (variable.find()) {
      names.add(variable.group(1));
    }
    return new PathForm(Pattern.compile(variable.replaceAll("([^/?]+)")), List.copyOf(names));
  }

  /** The form of what a path begins with, as far as it says which object it is about. */
  static PathForm upToLastVariable(String path) {
    return of(path.substring(0, path.lastIndexOf('}') + 1));
  }

  /** The variable parts of a path, if it is one of this form. */
  Optional<Map<String, String>> in(String path) {
    Matcher matcher = pattern.matcher(path);
    return matcher.matches() ? Optional.of(values(matcher)) : Optional.empty();
  }

  /** The variable parts of a path that begins so. */
  Optional<Map<String, String>> before(String path) {
    Matcher matcher = pattern.matcher(path);
    return matcher.lookingAt() ? Optional.of(values(matcher)) : Optional.empty();
  }

  private Map<String, String> values(Matcher matcher) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), matcher.group(i + 1));
    }
    return values;
  }
}
