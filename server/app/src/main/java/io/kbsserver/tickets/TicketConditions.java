package io.kbsserver.tickets;

import io.kbsserver.list.SearchTerms;
import io.kbsserver.list.TermFilter;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.terms.Taxonomy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a list's filters mean in SQL, on the table {@code ticket} with the alias {@code t}. */
final class TicketConditions {

  private static final List<String> SEARCHED = List.of("t.title_raw", "t.content_raw");

  private TicketConditions() {}

  static SqlCondition of(TicketFilter filter, List<String> statuses) {
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
            SqlCondition.ifGiven("t.modified_local < ?", filter.modifiedBefore()),
            terms(filter)));
  }

  static SqlCondition search(TicketFilter filter) {
    return SearchTerms.in(SEARCHED, filter.search());
  }

  private static SqlCondition terms(TicketFilter filter) {
    return new TermFilter(
            byName(filter.terms()), byName(filter.termsExcluded()), filter.anyTaxonomy())
        .on("ticket_term", "ticket_id", "t.id");
  }

  private static Map<String, List<Long>> byName(Map<Taxonomy, List<Long>> terms) {
    Map<String, List<Long>> named = new LinkedHashMap<>();
    terms.forEach((taxonomy, ids) -> named.put(taxonomy.wireName(), ids));
    return named;
  }
}
