package io.kbsserver.demo;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** Writes the past of the demo. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface TicketAgeRepository extends GenericRepository<TicketAgeRepository.Ticket, Long> {

  /** A ticket, of which nothing else counts here. */
  @MappedEntity("ticket")
  record Ticket(@Id long id) {}

  /** From now on a ticket was opened so many hours earlier. */
  @Query(
      """
      UPDATE ticket
      SET date_local = date_local - INTERVAL :hours HOUR, date_gmt = date_gmt - INTERVAL :hours HOUR
      WHERE id = :id
      """)
  void makeOlder(long id, int hours);

  /** From now on a ticket has the same key in every demo. */
  @Query("UPDATE ticket SET ticket_key = LEFT(SHA2(id, 256), 32) WHERE id = :id")
  void settleKey(long id);

  /** From now on the notes on a ticket were written so many hours earlier. */
  @Query(
      """
      UPDATE ticket_note
      SET date_local = date_local - INTERVAL :hours HOUR, date_gmt = date_gmt - INTERVAL :hours HOUR
      WHERE ticket_id = :ticketId
      """)
  void makeNotesOlder(long ticketId, int hours);

  /** From now on a reply was written so many hours earlier. */
  @Query(
      """
      UPDATE reply
      SET date_local = date_local - INTERVAL :hours HOUR, date_gmt = date_gmt - INTERVAL :hours HOUR,
        modified_local = date_local, modified_gmt = date_gmt
      WHERE id = :id
      """)
  void makeReplyOlder(long id, int hours);
}
