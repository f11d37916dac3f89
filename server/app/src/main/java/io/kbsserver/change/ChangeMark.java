package io.kbsserver.change;

import io.kbsserver.storage.Statements;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tells how much was changed: as long as the mark is the same, nothing else is committed that
 * the log tells of, by whatever server.
 *
 * <p>It is how many rows were ever committed to the log: the last position, since positions have no
 * gap, and the rows that have none yet. Rows are only added by commits, in whatever order their ids
 * were given; a position that is given takes one from here and adds it there; what is folded away
 * had its position. The newest row is in it for those whose database was brought back from a backup
 * and went another way.
 */
@Singleton
public class ChangeMark {

  /**
   * What it is in a statement, of the same moment as all else that this reads: null where very much
   * has no position yet, behind a large import that takes longer to count than it saves. A table
   * made for it, and joined, would cost the database as much as the page that it stands beside.
   */
  public static final String VALUE =
      """
      (SELECT CONCAT(
          s.last_position
            + (SELECT NULLIF(COUNT(*), 1001)
              FROM (SELECT 1 FROM change_log WHERE position IS NULL LIMIT 1001) few),
          COALESCE((SELECT CONCAT('.', id, '.', at) FROM change_log ORDER BY id DESC LIMIT 1), ''))
        FROM change_sequence s WHERE s.number = 1)
      """;

  /** The newest row of a mark, as {@code newest} of the id that it has there. */
  static final String NEWEST =
      "(SELECT CONCAT_WS('.', n.id, n.at) FROM change_log n WHERE n.id = ?)";

  private static final String SELECT = "SELECT " + VALUE;

  private record Read(@Nullable String mark) {}

  private final Statements statements;

  ChangeMark(Statements statements) {
    this.statements = statements;
  }

  /** How many rows a mark tells of. */
  static long rows(String mark) {
    return Long.parseLong(upToDot(mark));
  }

  /** What the newest row of a mark is: its id and its time; nothing where there was none. */
  static String newest(String mark) {
    return mark.contains(".") ? mark.substring(mark.indexOf('.') + 1) : "";
  }

  /** The id of the newest row of a mark; 0 where there was none. */
  static long newestId(String mark) {
    String newest = newest(mark);
    return newest.isEmpty() ? 0 : Long.parseLong(upToDot(newest));
  }

  private static String upToDot(String text) {
    return text.contains(".") ? text.substring(0, text.indexOf('.')) : text;
  }

  /** As it is now; nothing where nobody can know for long. */
  @Connectable
  public Optional<String> now() {
    return Optional.ofNullable(
        statements.query(SELECT, List.of(), row -> new Read(row.getString(1))).get(0).mark());
  }
}
