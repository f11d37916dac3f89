package io.kbsserver.change;

import io.kbsserver.storage.WallClockTime;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log by positions, and the one row that says which was given last. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface ChangeSequenceRepository extends GenericRepository<LoggedChange, Long> {

  /** A row without a position. */
  @MappedEntity("change_log")
  record Unplaced(@Id long id, @Nullable Long ticketId, long revision) {}

  /** A row with one. */
  @MappedEntity("change_log")
  record Placed(@Id long id, long position, @WallClockTime LocalDateTime at) {}

  @Query(
      "SELECT position, at, kind, subject_id, action, ticket_id, revision, fields, user_id, source"
          + " FROM change_log WHERE position > :position ORDER BY position LIMIT :most")
  List<LoggedChange> behind(long position, int most);

  /** Nothing where all that is committed has a position. */
  @Query("SELECT id FROM change_log WHERE position IS NULL LIMIT 1")
  Optional<Long> firstUnplaced();

  /**
   * The first of them, as they stand in the index. Asked for in an order, a database that knows of
   * many reads all others as well, or sorts them all.
   */
  @Query(
      "SELECT id, ticket_id, COALESCE(revision, 0) AS revision FROM change_log"
          + " FORCE INDEX (change_log_position) WHERE position IS NULL LIMIT :most")
  List<Unplaced> unplaced(int most);

  /** All those of tickets. */
  @Query(
      "SELECT id, ticket_id, COALESCE(revision, 0) AS revision FROM change_log"
          + " FORCE INDEX (change_log_ticket) WHERE position IS NULL AND ticket_id IN (:tickets)")
  List<Unplaced> unplacedOf(Collection<Long> tickets);

  /** Gives them the positions behind one, in their order. */
  @Query("UPDATE change_log SET position = :last + FIELD(id, :ids) WHERE id IN (:ids)")
  void place(long last, List<Long> ids);

  @Query("SELECT last_position FROM change_sequence WHERE number = 1")
  long last();

  /** The same; nobody else gives positions until the end of the transaction. */
  @Query("SELECT last_position FROM change_sequence WHERE number = 1 FOR UPDATE")
  long lockLast();

  @Query("UPDATE change_sequence SET last_position = :position WHERE number = 1")
  void setLast(long position);

  /** The last that a row has, or had. */
  @Query(
      "SELECT GREATEST(s.folded, (SELECT COALESCE(MAX(c.position), 0) FROM change_log c))"
          + " FROM change_sequence s WHERE s.number = 1")
  long newest();

  @Query("SELECT folded FROM change_sequence WHERE number = 1")
  long folded();

  @Query("UPDATE change_sequence SET folded = GREATEST(folded, :position) WHERE number = 1")
  void setFolded(long position);

  @Query(
      "SELECT id, position, at FROM change_log WHERE position IS NOT NULL ORDER BY position"
          + " LIMIT :most")
  List<Placed> first(int most);

  @Query("DELETE FROM change_log WHERE id IN (:ids)")
  void remove(List<Long> ids);
}
