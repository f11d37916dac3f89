package io.kbsserver.repair;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;

/** What of a ticket is counted from the rows that hang on it. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface TicketRangeRepository extends GenericRepository<TicketRangeRepository.Range, Long> {

  /**
   * Tickets that follow on each other.
   *
   * @param after the id that they are behind
   * @param last the last of theirs; that before them where there are none
   */
  @MappedEntity("ticket")
  record Range(@Id long after, long last, long tickets) {}

  @Query("SELECT COUNT(*) FROM ticket")
  long count();

  @Query(
      """
      SELECT :id AS after, COALESCE(MAX(some.id), :id) AS last, COUNT(*) AS tickets
      FROM (SELECT t.id FROM ticket t WHERE t.id > :id ORDER BY t.id LIMIT :most) some
      """)
  Range behind(long id, int most);

  /** Those whose replies are not as many as they say, at one moment. */
  @Query(
      """
      SELECT t.id FROM ticket t
      LEFT JOIN (
        SELECT ticket_id, COUNT(*) AS replies FROM reply
        WHERE status = 'publish' AND ticket_id > :after AND ticket_id <= :last
        GROUP BY ticket_id) r ON r.ticket_id = t.id
      WHERE t.id > :after AND t.id <= :last AND t.reply_count <> COALESCE(r.replies, 0)
      ORDER BY t.id
      """)
  List<Long> withWrongReplies(long after, long last);

  /** Whoever adds a reply has locked the ticket before. */
  @Query(
      """
      UPDATE ticket t SET t.reply_count = (
        SELECT COUNT(*) FROM reply r WHERE r.ticket_id = t.id AND r.status = 'publish')
      WHERE t.id IN (:ids)
      """)
  void countReplies(Collection<Long> ids);

  /** Those of which the log tells a later revision than theirs. */
  @Query(
      """
      SELECT t.id FROM ticket t
      JOIN (
        SELECT ticket_id, MAX(revision) AS newest FROM change_log
        WHERE ticket_id > :after AND ticket_id <= :last
        GROUP BY ticket_id) l ON l.ticket_id = t.id
      WHERE t.revision < l.newest
      ORDER BY t.id
      """)
  List<Long> withOldRevision(long after, long last);

  @Query(
      """
      UPDATE ticket t SET t.revision = GREATEST(t.revision, (
        SELECT COALESCE(MAX(c.revision), 0) FROM change_log c WHERE c.ticket_id = t.id))
      WHERE t.id IN (:ids)
      """)
  void setRevision(Collection<Long> ids);
}
