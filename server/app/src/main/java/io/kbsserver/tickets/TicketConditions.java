package io.kbsserver.tickets;

import io.kbsserver.list.TermFilter;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.TableCondition;
import io.kbsserver.terms.Taxonomy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a list's filters mean in SQL, on the table {@code ticket} with the alias {@code t}. */
final class TicketConditions {

  private TicketConditions() {}

  static TableCondition of(TicketFilter filter, List<String> statuses) {
    SqlCondition columns = columns(filter, statuses);
    TermFilter terms =
        new TermFilter(
            byName(filter.terms()), byName(filter.termsExcluded()), filter.anyTaxonomy());
    return TableCondition.of(
        t -> columns.and(terms.on("ticket_term", "ticket_id", "t.id")),
        t -> columns.and(terms.onEach("ticket_term", "ticket_id", "t.id")));
  }

  /**
   * Whether only few can be wanted, so that it is better to ask these whether somebody sees them
   * than to look up what they see.
   */
  static boolean areFew(TicketFilter filter, boolean ofAgent) {
    return filter.user() != null
        || filter.customer() != null
        || ofAgent && (filter.agent() != null || filter.company() != null);
  }

  private static SqlCondition columns(TicketFilter filter, List<String> statuses) {
    return SqlCondition.all(
        List.of(
            SqlCondition.in("t.status", statuses),
            SqlCondition.ifGiven("t.user_id = ?", filter.user()),
            SqlCondition.ifGiven("t.customer_id = ?", filter.customer()),
            SqlCondition.ifGiven("t.company_id = ?", filter.company()),
            SqlCondition.ifGiven("t.agent_id = ?", filter.agent()),
            SqlCondition.ifGiven("t.date_local > ?", filter.after()),
            SqlCondition.ifGiven("t.date_local < ?", filter.before()),
            SqlCondition.ifGiven("t.modified_local > ?", filter.modifiedAfter()),
            SqlCondition.ifGiven("t.modified_local < ?", filter.modifiedBefore())));
  }

  private static Map<String, List<Long>> byName(Map<Taxonomy, List<Long>> terms) {
    Map<String, List<Long>> named = new LinkedHashMap<>();
    terms.forEach((taxonomy, ids) -> named.put(taxonomy.wireName(), ids));
    return named;
  }
}
