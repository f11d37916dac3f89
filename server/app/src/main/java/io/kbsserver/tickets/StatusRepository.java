package io.kbsserver.tickets;

import io.kbsserver.site.NamedValues;
import io.micronaut.cache.annotation.CacheConfig;
import io.micronaut.cache.annotation.Cacheable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The statuses that a ticket can have. */
@JdbcRepository(dialect = Dialect.MYSQL)
@CacheConfig("ticket-statuses")
public interface StatusRepository
    extends GenericRepository<StatusRepository.Status, String>, NamedValues {

  /**
   * A status.
   *
   * @param registered whether lists show and filters know it
   * @param assignable whether an update may set it
   * @param tickets how many tickets are in it
   */
  @MappedEntity("ticket_status")
  record Status(
      @Id String slug, String label, boolean registered, boolean assignable, long tickets) {}

  @Override
  default String format() {
    return "ticket-status";
  }

  /** The registered statuses: those that lists show and filters know. */
  @Override
  @Cacheable
  @Query("SELECT slug FROM ticket_status WHERE registered = TRUE ORDER BY position, slug")
  List<String> values();

  /** All statuses, those that are not registered last. */
  @Query(
      """
      SELECT s.slug, s.label, s.registered, s.assignable,
        (SELECT COUNT(*) FROM ticket t WHERE t.status = s.slug) AS tickets
      FROM ticket_status s
      ORDER BY s.registered DESC, s.position, s.slug
      """)
  List<Status> all();

  /** From now on lists show this status, filters know it, and updates may set it. */
  @Query(
      """
      INSERT INTO ticket_status (slug, label, registered, assignable, position)
      SELECT :slug, :label, TRUE, TRUE, COALESCE(MAX(s.position), 0) + 10 FROM ticket_status s
      ON DUPLICATE KEY UPDATE label = VALUES(label), registered = TRUE, assignable = TRUE
      """)
  void register(String slug, String label);

  /** From now on this status is neither listed nor set; tells how many there were. */
  @Query("UPDATE ticket_status SET registered = FALSE, assignable = FALSE WHERE slug = :slug")
  int setUnregistered(String slug);

  /** Whether an update may set this status. */
  default boolean isAssignable(String slug) {
    // To the database, blanks at the end make no difference.
    return assignable(slug).contains(slug);
  }

  /** The statuses that look like this one and that an update may set. */
  @Query(
      """
      SELECT slug FROM ticket_status
      WHERE slug = :slug AND registered = TRUE AND assignable = TRUE
      """)
  List<String> assignable(String slug);
}
