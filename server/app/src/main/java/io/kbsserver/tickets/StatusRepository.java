package io.kbsserver.tickets;

import io.kbsserver.site.NamedValues;
import io.kbsserver.storage.Jdbc;
import io.micronaut.cache.annotation.CacheConfig;
import io.micronaut.cache.annotation.Cacheable;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;

/** The statuses that a ticket can have. */
@Singleton
@CacheConfig("ticket-statuses")
public class StatusRepository implements NamedValues {

  /**
   * A status.
   *
   * @param registered whether lists show and filters know it
   * @param assignable whether an update may set it
   * @param tickets how many tickets are in it
   */
  public record Status(
      String slug, String label, boolean registered, boolean assignable, long tickets) {}

  private final Jdbc jdbc;

  StatusRepository(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String format() {
    return "ticket-status";
  }

  /** The registered statuses: those that lists show and filters know. */
  @Override
  @Cacheable
  @Connectable
  public List<String> values() {
    return jdbc.query(
        "SELECT slug FROM ticket_status WHERE registered = TRUE ORDER BY position, slug",
        List.of(),
        row -> row.getString("slug"));
  }

  /** All statuses, those that are not registered last. */
  @Connectable
  public List<Status> all() {
    return jdbc.query(
        "SELECT s.slug, s.label, s.registered, s.assignable,"
            + " (SELECT COUNT(*) FROM ticket t WHERE t.status = s.slug) AS tickets"
            + " FROM ticket_status s ORDER BY s.registered DESC, s.position, s.slug",
        List.of(),
        row ->
            new Status(
                row.getString("slug"),
                row.getString("label"),
                row.getBoolean("registered"),
                row.getBoolean("assignable"),
                row.getLong("tickets")));
  }

  /** From now on lists show this status, filters know it, and updates may set it. */
  @Transactional
  public void register(String slug, String label) {
    jdbc.update(
        "INSERT INTO ticket_status (slug, label, registered, assignable, position)"
            + " SELECT ?, ?, TRUE, TRUE, COALESCE(MAX(s.position), 0) + 10 FROM ticket_status s"
            + " ON DUPLICATE KEY UPDATE label = VALUES(label), registered = TRUE,"
            + " assignable = TRUE",
        slug,
        label);
  }

  /** From now on this status is neither listed nor set; tickets in it stay in it. */
  @Transactional
  public boolean unregister(String slug) {
    return jdbc.update(
            "UPDATE ticket_status SET registered = FALSE, assignable = FALSE WHERE slug = ?", slug)
        > 0;
  }

  /** Whether an update may set this status. */
  boolean isAssignable(String slug) {
    // To the database, blanks at the end make no difference.
    return jdbc.query(
            "SELECT slug FROM ticket_status"
                + " WHERE slug = ? AND registered = TRUE AND assignable = TRUE",
            List.of(slug),
            row -> row.getString("slug"))
        .contains(slug);
  }
}
