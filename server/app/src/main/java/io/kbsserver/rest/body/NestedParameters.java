package io.kbsserver.rest.body;

import io.kbsserver.rest.errors.RestException;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes parameters in the bracket notation that WordPress clients use: {@code a[]=1},
 * {@code a[0]=1}, {@code a[b]=1}, with PHP's rules. A name that comes again replaces what was
 * there; all that was given is remembered.
 */
public final class NestedParameters {

  private static final int DEEPEST = 16;

  private final Level root = new Level();
  private final Map<String, List<Object>> given = new HashMap<>();
  private final Set<String> repeated = new LinkedHashSet<>();
  private final Set<String> noLists = new HashSet<>();
  private int levels;

  /** Adds one decoded name and value. */
  void add(String name, String value) {
    int bracket = name.indexOf('[');
    boolean plain = bracket <= 0 || name.indexOf(']', bracket) < 0;
    String top = plain ? name : name.substring(0, bracket);
    List<String> keys = plain ? List.of() : keys(name, bracket);
    given.computeIfAbsent(top, key -> new ArrayList<>()).add(value);
    if (keys.size() > 1 || keys.stream().anyMatch(key -> !key.isEmpty() && !Level.isIndex(key))) {
      noLists.add(top);
    }
    if (replaces(top, keys, value)) {
      repeated.add(top);
    }
  }

  /** The parameters: texts, lists where all keys are numbers, maps elsewhere. */
  Parameters toParameters(Set<String> files) {
    Map<String, Object> values = new LinkedHashMap<>();
    root.children.forEach((name, value) -> values.put(name, simplified(value)));
    Map<String, List<Object>> again = new LinkedHashMap<>();
    repeated.forEach(name -> again.put(name, noLists.contains(name) ? List.of() : given.get(name)));
    return new Parameters(values, again, files);
  }

  /** A list as one text with commas, where it is taken apart at them; anything else as it is. */
  public static Object compact(Object value) {
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
  public static String toQuery(Map<String, Object> parameters) {
    List<String> pairs = new ArrayList<>();
    parameters.forEach((name, value) -> write(name, value, pairs));
    return String.join("&", pairs);
  }

  /** The keys between the brackets. Deeper than anything is taken, the last ones do not count. */
  private static List<String> keys(String name, int start) {
    List<String> keys = new ArrayList<>();
    int open = start;
    while (keys.size() < DEEPEST && open < name.length() && name.charAt(open) == '[') {
      int close = name.indexOf(']', open);
      if (close < 0) {
        break;
      }
      keys.add(name.substring(open + 1, close));
      open = close + 1;
    }
    return keys;
  }

  /** Puts a value in its place; whether something else had been there. */
  private boolean replaces(String top, List<String> keys, String value) {
    boolean replaced = false;
    Level level = root;
    String name = top;
    for (String key : keys) {
      Object child = level.children.get(name);
      if (!(child instanceof Level)) {
        replaced |= child != null;
        child = newLevel();
        level.put(name, child);
      }
      level = (Level) child;
      name = key.isEmpty() ? level.nextKey() : key;
    }
    return level.put(name, value) != null || replaced;
  }

  private Level newLevel() {
    // Each takes a hundred times the two brackets that it is written with.
    if (++levels > FormBody.MOST_PARAMETERS) {
      throw RestException.tooManyParameters(FormBody.MOST_PARAMETERS);
    }
    return new Level();
  }

  private static Object simplified(Object value) {
    if (!(value instanceof Level level)) {
      return value;
    }
    if (level.isList) {
      return level.children.values().stream().map(NestedParameters::simplified).toList();
    }
    Map<String, Object> result = new LinkedHashMap<>();
    level.children.forEach((key, child) -> result.put(key, simplified(child)));
    return result;
  }

  /** What stands in one pair of brackets: to PHP, an array. */
  private static final class Level {

    private static final Pattern INDEX = Pattern.compile("0|-?[1-9]\\d{0,18}");

    private final Map<String, Object> children = new LinkedHashMap<>();
    private boolean isList = true;

    /** Behind the highest number that is a key; larger than a number can be where there is none. */
    private BigInteger next = BigInteger.ZERO;

    static boolean isIndex(String key) {
      return INDEX.matcher(key).matches() && new BigInteger(key).bitLength() < Long.SIZE;
    }

    String nextKey() {
      return next.toString();
    }

    @Nullable Object put(String key, Object value) {
      if (isIndex(key)) {
        next = next.max(new BigInteger(key).add(BigInteger.ONE));
      } else {
        isList = false;
      }
      return children.put(key, value);
    }
  }

  private static void write(String name, @Nullable Object value, List<String> pairs) {
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
