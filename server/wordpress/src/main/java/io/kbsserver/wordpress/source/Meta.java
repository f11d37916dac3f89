package io.kbsserver.wordpress.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of one row: WordPress keeps any number of values by key, the first one counts. */
public final class Meta {

  public static final Meta NONE = new Meta();

  private final Map<String, List<String>> values = new HashMap<>();

  void add(String key, String value) {
    values.computeIfAbsent(key, name -> new ArrayList<>(1)).add(value);
  }

  /** The value of a key; null where there is none. */
  public @Nullable String first(String key) {
    List<String> all = values.get(key);
    return all == null ? null : all.get(0);
  }

  /** All values of a key, in the order in which they were added. */
  public List<String> all(String key) {
    return values.getOrDefault(key, List.of());
  }
}
