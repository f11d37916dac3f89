package io.kbsserver.site;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** The statuses that WordPress's lists of posts may be asked for. */
@Singleton
class PostStatusNames implements NamedValues {

  private static final List<String> ALL = all();

  @Override
  public String format() {
    return "post-status";
  }

  @Override
  public List<String> values() {
    return ALL;
  }

  private static List<String> all() {
    List<String> all =
        new ArrayList<>(
            List.of(
                BuiltInStatus.PUBLISHED,
                "future",
                BuiltInStatus.DRAFT,
                BuiltInStatus.PENDING,
                BuiltInStatus.PRIVATE,
                "trash",
                BuiltInStatus.AUTO_DRAFT,
                "inherit",
                "request-pending",
                "request-confirmed",
                "request-failed",
                "request-completed"));
    all.addAll(BuiltInStatus.OF_THE_HELP_DESK);
    all.add("any");
    return List.copyOf(all);
  }
}
