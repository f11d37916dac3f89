package io.kbsserver.demo;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;

/** Writes the past of the demo. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface TicketAgeRepository {

  /** From now on a ticket was opened so many hours earlier. */
  @Query(
      """
      UPDATE ticket
      SET date_local = date_local - INTERVAL :hours HOUR, date_gmt = date_gmt - INTERVAL :hours HOUR
      WHERE id = :id
      """)
  void makeOlder(long id, int hours);
}
