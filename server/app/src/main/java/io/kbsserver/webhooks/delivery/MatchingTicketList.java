package io.kbsserver.webhooks.delivery;

import io.kbsserver.list.TermFilter;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.terms.Taxonomy;
import io.kbsserver.webhooks.WantedTickets;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tickets are, as they are now, some of those that a webhook tells of. */
@Singleton
class MatchingTicketList {

  private final Jdbc jdbc;

  MatchingTicketList(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** Of these tickets, those that are wanted. */
  @Connectable
  Set<Long> among(List<Long> tickets, WantedTickets wanted) {
    if (tickets.isEmpty() || wanted.all()) {
      return Set.copyOf(tickets);
    }
    SqlCondition condition =
        SqlCondition.all(
            List.of(
                SqlCondition.in("t.id", tickets),
                wanted.statuses().isEmpty()
                    ? SqlCondition.ALWAYS
                    : SqlCondition.in("t.status", wanted.statuses()),
                new TermFilter(
                        Map.of(Taxonomy.DEPARTMENTS.wireName(), wanted.departments()),
                        Map.of(),
                        false)
                    .onEach("ticket_term", "ticket_id", "t.id")));
    return Set.copyOf(
        jdbc.query(
            "SELECT t.id FROM ticket t WHERE " + condition.sql(),
            condition.args(),
            row -> row.getLong(1)));
  }
}
