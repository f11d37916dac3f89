package io.kbsserver.change;

import io.kbsserver.site.BuiltInStatus;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of a thing. */
public enum Action {
  CREATED,
  UPDATED,
  DELETED;

  /** As it stands in the log and in answers. */
  public String kept() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What turned one state into another; a row that only stands for an id is as good as none. */
  static Action of(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    boolean was = isThere(before);
    boolean is = isThere(after);
    return was == is ? UPDATED : is ? CREATED : DELETED;
  }

  private static boolean isThere(Map<String, @Nullable Object> state) {
    return !state.isEmpty()
        && !Boolean.TRUE.equals(state.get("missing"))
        && !BuiltInStatus.DELETED.equals(state.get("status"));
  }
}
