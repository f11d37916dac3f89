package io.kbsserver.change;

import io.kbsserver.storage.Statements;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** Reads the log in the order of positions, whoever may see what. */
@Singleton
public class ChangeReader {

  /** What one reader gives positions to; behind an import there may be more. */
  private static final int MOST_TO_PLACE = 10_000;

  private final ChangeSequence sequence;
  private final Statements statements;

  ChangeReader(ChangeSequence sequence, Statements statements) {
    this.sequence = sequence;
    this.statements = statements;
  }

  /**
   * What was changed behind a position, all that is committed by now included. Who asks with the
   * last position that this has given misses none, whichever server is asked.
   *
   * @param position 0 for the beginning
   * @param most so many at most
   * @return nothing where it is not known any more what came behind it
   */
  public Optional<List<LoggedChange>> after(long position, int most) {
    sequence.give(MOST_TO_PLACE);
    return read(position, most);
  }

  /** How far the log reaches: to all that is committed by now. */
  public LogExtent extent() {
    sequence.give(MOST_TO_PLACE);
    return sequence.extent();
  }

  @Connectable
  Optional<List<LoggedChange>> read(long position, int most) {
    List<LoggedChange> found =
        statements.query(
            "SELECT position, at, kind, subject_id, action, ticket_id, revision, fields, user_id,"
                + " source FROM change_log WHERE position > ? ORDER BY position LIMIT ?",
            List.of(position, most),
            row ->
                new LoggedChange(
                    row.getLong(1),
                    row.getObject(2, LocalDateTime.class),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getObject(6, Long.class),
                    row.getObject(7, Long.class),
                    row.getString(8),
                    row.getObject(9, Long.class),
                    row.getString(10)));
    // Asked behind the rows: what was folded away before them counts.
    return sequence.folded() > position ? Optional.empty() : Optional.of(found);
  }
}
