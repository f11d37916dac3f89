package io.kbsserver.replies;

import io.kbsserver.storage.StandIn;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who takes part in a ticket, by which address. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface CorrespondentRepository
    extends GenericRepository<CorrespondentRepository.ListedTicket, Long> {

  /**
   * A ticket in a status that is listed.
   *
   * @param open whether there is a customer, and no password keeps them out
   * @param userId the login of the customer
   * @param blocked whether that is disabled
   */
  @MappedEntity("ticket")
  record ListedTicket(
      @Id long id, boolean open, @Nullable Long agentId, @Nullable Long userId, boolean blocked) {}

  @Query(
      """
      SELECT t.id, (t.customer_id IS NOT NULL AND NOT t.protected) AS open, t.agent_id,
        u.id AS user_id, COALESCE(u.disabled, FALSE) AS blocked
      FROM ticket t JOIN ticket_status s ON s.slug = t.status AND s.registered = TRUE
        LEFT JOIN customer c ON c.id = t.customer_id
        LEFT JOIN app_user u ON u.id = c.user_id AND u.missing = FALSE
      WHERE t.id = :id
      """)
  Optional<ListedTicket> listed(long id);

  @Query("SELECT user_id FROM ticket_agent WHERE ticket_id = :ticketId")
  List<Long> additionalAgents(long ticketId);

  /** All addresses of the customer of a ticket. */
  @Query(
      "SELECT t.email FROM ticket t WHERE t.id = :ticketId AND t.email IS NOT NULL"
          + " UNION SELECT c.email FROM ticket t JOIN customer c ON c.id = t.customer_id"
          + " WHERE t.id = :ticketId AND c."
          + StandIn.LEFT_OUT
          + " UNION SELECT e.email FROM ticket t"
          + " JOIN customer_email e ON e.customer_id = t.customer_id WHERE t.id = :ticketId"
          + " UNION SELECT u.email FROM ticket t JOIN customer c ON c.id = t.customer_id"
          + " JOIN app_user u ON u.id = c.user_id WHERE t.id = :ticketId AND u."
          + StandIn.LEFT_OUT)
  List<String> customerAddresses(long ticketId);

  @Query("SELECT email FROM ticket_participant WHERE ticket_id = :ticketId")
  List<String> participants(long ticketId);
}
