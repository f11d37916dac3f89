package io.kbsserver.tickets;

import io.kbsserver.storage.SqlCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a list's filters mean in SQL, on the table {@code ticket} with the alias {@code t}. */
final class TicketConditions {

  private TicketConditions() {}

  static SqlCondition of(TicketQuery query, List<String> statuses) {
    List<SqlCondition> all = new ArrayList<>();
    all.add(SqlCondition.in("t.status", statuses));
    if (!query.include().isEmpty()) {
      all.add(SqlCondition.in("t.id", query.include()));
    } else if (!query.exclude().isEmpty()) {
      all.add(SqlCondition.in("t.id", query.exclude()).not());
    }
    addEqual(all, "t.user_id", query.user());
    addEqual(all, "t.customer_id", query.customer());
    addEqual(all, "t.company_id", query.company());
    addEqual(all, "t.agent_id", query.agent());
    if (query.search() != null) {
      all.add(SearchTerms.condition(query.search()));
    }
    if (query.after() != null) {
      all.add(SqlCondition.of("t.date_local > ?", query.after()));
    }
    if (query.before() != null) {
      all.add(SqlCondition.of("t.date_local < ?", query.before()));
    }
    List<SqlCondition> byTerm = new ArrayList<>();
    addTerms(byTerm, query.terms(), false);
    addTerms(byTerm, query.termsExcluded(), true);
    if (!byTerm.isEmpty()) {
      all.add(query.anyTaxonomy() ? SqlCondition.any(byTerm) : SqlCondition.all(byTerm));
    }
    return SqlCondition.all(all);
  }

  /** The query that takes the newest of what a condition allows. */
  static TicketQuery newestFirst(int limit) {
    return new TicketQuery(
        limit,
        0,
        TicketQuery.Sort.ID,
        true,
        List.of(),
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        false);
  }

  private static void addEqual(List<SqlCondition> all, String column, Long value) {
    if (value != null) {
      all.add(SqlCondition.of(column + " = ?", value));
    }
  }

  private static void addTerms(
      List<SqlCondition> byTerm, Map<String, List<Long>> terms, boolean excluded) {
    terms.forEach(
        (taxonomy, ids) -> {
          if (ids.isEmpty()) {
            return;
          }
          SqlCondition term =
              SqlCondition.of("te.taxonomy = ?", taxonomy).and(SqlCondition.in("te.id", ids));
          SqlCondition has =
              new SqlCondition(
                  "EXISTS (SELECT 1 FROM ticket_term x JOIN term te ON te.id = x.term_id"
                      + " WHERE x.ticket_id = t.id AND "
                      + term.sql()
                      + ")",
                  term.args());
          byTerm.add(excluded ? has.not() : has);
        });
  }
}
