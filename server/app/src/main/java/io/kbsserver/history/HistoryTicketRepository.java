package io.kbsserver.history;

import io.kbsserver.text.WrittenId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The tickets that have a history, whoever may see them. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface HistoryTicketRepository
    extends GenericRepository<HistoryTicketRepository.HistoryTicket, Long> {

  /** One of them. */
  @MappedEntity("ticket")
  record HistoryTicket(@Id long id) {}

  /** Those with this id, or else with this number. */
  default List<Long> find(WrittenId idOrNumber) {
    List<Long> byId = idOrNumber.id().map(this::withId).orElse(List.of());
    return byId.isEmpty() ? withNumber(idOrNumber.text()) : byId;
  }

  @Query("SELECT id FROM ticket WHERE id = :id")
  List<Long> withId(long id);

  @Query("SELECT id FROM ticket WHERE number = :number ORDER BY id DESC")
  List<Long> withNumber(String number);
}
