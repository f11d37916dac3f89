package io.kbsserver.tickets;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The additional agents of tickets. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface TicketAgentRepository extends GenericRepository<TicketAgent, TicketAgent.Key> {

  /** Adds them, all in one batch. */
  void insertAll(List<TicketAgent> agents);

  @Query("DELETE FROM ticket_agent WHERE ticket_id = :ticketId")
  void deleteByTicketId(long ticketId);
}
