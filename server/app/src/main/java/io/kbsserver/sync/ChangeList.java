package io.kbsserver.sync;

import io.kbsserver.access.ChangeVisibility;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The statement that reads the log of changes as somebody sees it. */
@Singleton
class ChangeList {

  /**
   * What rows are to somebody, as conditions.
   *
   * @see LookedAt
   */
  record Sight(
      SqlCondition seen, SqlCondition wasSeen, SqlCondition wasHidden, SqlCondition turned) {}

  private static final String ROWS =
      """
      SELECT l.position, l.at, l.kind, l.subject_id, l.action, l.ticket_id,
        :seen AS seen, :was_seen AS was_seen, :was_hidden AS was_hidden, :turned AS turned
      FROM
      """
          + ChangeVisibility.TABLES
          + "ORDER BY l.position";

  private static final String BEHIND =
      "(SELECT position FROM change_log WHERE position > ? ORDER BY position LIMIT ?) page"
          + " JOIN change_log l ON l.position = page.position";

  private final Jdbc jdbc;

  ChangeList(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** The first so many rows behind a position. */
  @Connectable
  List<LookedAt> behind(long position, int most, Sight sight) {
    return read(SqlCondition.of(BEHIND, position, most), sight);
  }

  /** The rows at these positions. */
  @Connectable
  List<LookedAt> at(Collection<Long> positions, Sight sight) {
    return read(
        new SqlCondition(
            "(SELECT position FROM change_log WHERE position IN ("
                + SqlCondition.placeholders(positions.size())
                + ")) page JOIN change_log l ON l.position = page.position",
            List.copyOf(positions)),
        sight);
  }

  private List<LookedAt> read(SqlCondition rows, Sight sight) {
    List<Object> args = new ArrayList<>();
    args.addAll(sight.seen().args());
    args.addAll(sight.wasSeen().args());
    args.addAll(sight.wasHidden().args());
    args.addAll(sight.turned().args());
    args.addAll(rows.args());
    return jdbc.query(
        ROWS.replace(":seen", sight.seen().sql())
            .replace(":was_seen", sight.wasSeen().sql())
            .replace(":was_hidden", sight.wasHidden().sql())
            .replace(":turned", sight.turned().sql())
            .replace(":rows l", rows.sql()),
        args,
        row ->
            new LookedAt(
                row.getLong("position"),
                row.getObject("at", LocalDateTime.class),
                row.getString("kind"),
                row.getString("subject_id"),
                row.getString("action"),
                row.getObject("ticket_id", Long.class),
                row.getBoolean("seen"),
                row.getBoolean("was_seen"),
                row.getBoolean("was_hidden"),
                row.getBoolean("turned")));
  }
}
