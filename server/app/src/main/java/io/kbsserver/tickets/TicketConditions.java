package io.kbsserver.tickets;

import io.kbsserver.list.SearchTerms;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.terms.Taxonomy;
import java.util.ArrayList;
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
            terms(filter)));
  }

  static SqlCondition search(TicketFilter filter) {
    return SearchTerms.in(SEARCHED, filter.search());
  }

  private static SqlCondition terms(TicketFilter filter) {
    List<SqlCondition> all = new ArrayList<>();
    addTerms(all, filter.terms(), false);
    addTerms(all, filter.termsExcluded(), true);
    return filter.anyTaxonomy() && !all.isEmpty() ? SqlCondition.any(all) : SqlCondition.all(all);
  }

  private static void addTerms(
      List<SqlCondition> all, Map<Taxonomy, List<Long>> terms, boolean excluded) {
    terms.forEach(
        (taxonomy, ids) -> {
          if (ids.isEmpty()) {
            return;
          }
          SqlCondition term =
              SqlCondition.of("te.missing = FALSE AND te.taxonomy = ?", taxonomy.wireName())
                  .and(SqlCondition.in("te.id", ids));
          SqlCondition has =
              new SqlCondition(
                  "EXISTS (SELECT 1 FROM ticket_term x JOIN term te ON te.id = x.term_id"
                      + " WHERE x.ticket_id = t.id AND "
                      + term.sql()
                      + ")",
                  term.args());
          all.add(excluded ? has.not() : has);
        });
  }
}
