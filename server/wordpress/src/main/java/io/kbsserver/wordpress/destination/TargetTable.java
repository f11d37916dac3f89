package io.kbsserver.wordpress.destination;

import io.kbsserver.wordpress.report.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that is filled here, with the tables that belong to its rows.
 *
 * @param kind what its rows are
 * @param name its name
 * @param postType the type in table {@code post}, whose ids its rows share; null for none
 * @param standIns whether a row may only stand for an id, marked by a column {@code missing}
 * @param columns the columns that are brought over, without the id
 * @param derived the columns that are worked out from those when a row is written
 * @param children the tables whose rows belong to a row, and are replaced with it
 */
public record TargetTable(
    Kind kind,
    String name,
    @Nullable String postType,
    boolean standIns,
    List<String> columns,
    List<String> derived,
    List<Child> children) {

  /**
   * What makes rows give up the value that must be theirs alone, in SQL: it may have gone over to
   * another row. Null where there is none.
   */
  @Nullable String release() {
    return switch (kind) {
      case USER -> "login = CONCAT('missing-', id)";
      case CUSTOMER -> "email = NULL";
      case TERM -> "slug = CONCAT('missing-', id)";
      default -> null;
    };
  }

  /**
   * A table whose rows belong to a row of another.
   *
   * @param name its name
   * @param owner its column with the id of that row
   * @param columns its other columns
   */
  public record Child(String name, String owner, List<String> columns) {}
}
