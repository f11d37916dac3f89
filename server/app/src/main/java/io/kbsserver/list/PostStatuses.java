package io.kbsserver.list;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.SqlCondition;
import java.util.List;

/** In which statuses WordPress lists posts, to whom. */
public final class PostStatuses {

  private static final String ANY = "any";

  /** In {@code any} as well, nobody means what is thrown away or was never saved. */
  private static final List<String> NOT_IN_ANY =
      List.of("trash", BuiltInStatus.AUTO_DRAFT, "inherit");

  private PostStatuses() {}

  /**
   * The condition on the column of the status.
   *
   * @param asked those that are asked for; those that are published, where none is
   * @param editing whether the caller may edit such posts, and so know of others
   */
  public static SqlCondition on(String column, List<String> asked, boolean editing) {
    if (!editing && !asked.stream().allMatch(BuiltInStatus.PUBLISHED::equals)) {
      throw new InvalidParameters(
          "status", new Fault("rest_forbidden_status", "Status is forbidden."));
    }
    if (asked.contains(ANY)) {
      return SqlCondition.in(column, NOT_IN_ANY).not();
    }
    return SqlCondition.in(column, asked.isEmpty() ? List.of(BuiltInStatus.PUBLISHED) : asked);
  }
}
