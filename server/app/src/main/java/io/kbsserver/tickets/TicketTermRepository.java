package io.kbsserver.tickets;

import io.kbsserver.terms.Taxonomy;
import io.kbsserver.terms.TermCounts;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;

/** The terms of tickets, which are counted as they come and go. */
@JdbcRepository(dialect = Dialect.MYSQL)
abstract class TicketTermRepository
    implements GenericRepository<TicketTermRepository.TermOfTicket, Long> {

  /** A term that a ticket has. */
  @MappedEntity("ticket_term")
  record TermOfTicket(@Id long termId) {}

  private final TermCounts counts;

  TicketTermRepository(TermCounts counts) {
    this.counts = counts;
  }

  /** Sorts a new ticket into terms. */
  void addToNew(long ticketId, Collection<Long> termIds) {
    List<Long> added = termIds.stream().distinct().toList();
    if (!added.isEmpty()) {
      insertAll(ticketId, added);
      counts.add(added, ticketId);
    }
  }

  /** Sorts a ticket that is locked into terms; it stays where it is already. */
  void add(long ticketId, Collection<Long> termIds) {
    if (!termIds.isEmpty()) {
      List<Long> there = findAll(ticketId);
      addToNew(ticketId, termIds.stream().filter(id -> !there.contains(id)).toList());
    }
  }

  /** Takes a ticket that is locked out of terms; those in which it is not do not matter. */
  void remove(long ticketId, Collection<Long> termIds) {
    if (!termIds.isEmpty()) {
      List<Long> removed = findAll(ticketId).stream().filter(termIds::contains).toList();
      if (!removed.isEmpty()) {
        deleteAll(ticketId, removed);
        counts.subtract(removed, ticketId);
      }
    }
  }

  /** Puts these terms of a taxonomy in place of those that a ticket that is locked has. */
  void replace(long ticketId, Taxonomy taxonomy, Collection<Long> termIds) {
    List<Long> there = findAllOf(ticketId, taxonomy.wireName());
    remove(ticketId, there.stream().filter(id -> !termIds.contains(id)).toList());
    addToNew(ticketId, termIds.stream().filter(id -> !there.contains(id)).toList());
  }

  @Query("SELECT x.term_id FROM ticket_term x WHERE x.ticket_id = :ticketId")
  abstract List<Long> findAll(long ticketId);

  @Query(
      """
      SELECT x.term_id FROM ticket_term x JOIN term te ON te.id = x.term_id
      WHERE x.ticket_id = :ticketId AND te.taxonomy = :taxonomy
      """)
  abstract List<Long> findAllOf(long ticketId, String taxonomy);

  @Query(
      """
      INSERT INTO ticket_term (ticket_id, term_id)
      SELECT :ticketId, te.id FROM term te WHERE te.id IN (:termIds)
      """)
  abstract void insertAll(long ticketId, List<Long> termIds);

  @Query("DELETE FROM ticket_term WHERE ticket_id = :ticketId AND term_id IN (:termIds)")
  abstract void deleteAll(long ticketId, List<Long> termIds);
}
