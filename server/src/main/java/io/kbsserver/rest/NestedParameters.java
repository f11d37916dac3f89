package io.kbsserver.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes parameters in the bracket notation that WordPress clients use: {@code a[]=1},
 * {@code a[0]=1}, {@code a[b]=1}. A name that comes again replaces what was there.
 */
final class NestedParameters {

  private static final int DEEPEST = 16;

  private final Map<String, Object> root = new LinkedHashMap<>();

  /** Adds one decoded name and value. */
  void add(String name, String value) {
    int bracket = name.indexOf('[');
    if (bracket <= 0 || name.indexOf(']', bracket) < 0) {
      root.put(name, value);
      return;
    }
    List<String> keys = keys(name, bracket);
    if (keys.size() > DEEPEST) {
      return;
    }
    Map<String, Object> level = child(root, name.substring(0, bracket));
    for (String key : keys.subList(0, keys.size() - 1)) {
      level = child(level, key.isEmpty() ? nextIndex(level) : key);
    }
    String last = keys.get(keys.size() - 1);
    level.put(last.isEmpty() ? nextIndex(level) : last, value);
  }

  /** The parameters: texts, lists where all keys are numbers, maps elsewhere. */
  Map<String, Object> toMap() {
    Map<String, Object> result = new LinkedHashMap<>();
    root.forEach((name, value) -> result.put(name, simplified(value)));
    return result;
  }

  /** A list as one text with commas, where it is taken apart at them; anything else as it is. */
  static Object compact(Object value) {
    boolean list = value instanceof List<?> items && !items.isEmpty();
    return list && Scalars.items(joined(value)).equals(texts(value)) ? joined(value) : value;
  }

  private static String joined(Object list) {
    return String.join(",", texts(list));
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }

  /** The query string that gives these parameters again. */
  static String toQuery(Map<String, Object> parameters) {
    List<String> pairs = new ArrayList<>();
    parameters.forEach((name, value) -> write(name, value, pairs));
    return String.join("&", pairs);
  }

  private static List<String> keys(String name, int start) {
    List<String> keys = new ArrayList<>();
    int open = start;
    while (open >= 0 && open < name.length() && name.charAt(open) == '[') {
      int close = name.indexOf(']', open);
      if (close < 0) {
        break;
      }
      keys.add(name.substring(open + 1, close));
      open = close + 1;
    }
    return keys;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> child(Map<String, Object> level, String key) {
    Object child = level.get(key);
    if (!(child instanceof Map)) {
      child = new LinkedHashMap<String, Object>();
      level.put(key, child);
    }
    return (Map<String, Object>) child;
  }

  private static String nextIndex(Map<String, Object> level) {
    int next = level.size();
    while (level.containsKey(String.valueOf(next))) {
      next++;
    }
    return String.valueOf(next);
  }

  private static Object simplified(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    boolean list = map.keySet().stream().allMatch(key -> key.toString().matches("\\d{1,9}"));
    if (list) {
      return map.values().stream().map(NestedParameters::simplified).toList();
    }
    Map<String, Object> result = new LinkedHashMap<>();
    map.forEach((key, child) -> result.put(key.toString(), simplified(child)));
    return result;
  }

  private static void write(String name, Object value, List<String> pairs) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        write(name + "[" + i + "]", list.get(i), pairs);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, child) -> write(name + "[" + key + "]", child, pairs));
    } else if (value != null) {
      pairs.add(encoded(name) + "=" + encoded(value.toString()));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2C", ",");
  }
}
