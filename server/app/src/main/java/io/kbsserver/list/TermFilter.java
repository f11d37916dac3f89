package io.kbsserver.list;

import io.kbsserver.storage.SqlCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * By which terms a list is filtered.
 *
 * @param wanted terms of which the rows have one, by the name of the taxonomy
 * @param excluded terms of which they have none
 * @param any whether it is enough that one of all these conditions is met
 */
public record TermFilter(
    Map<String, List<Long>> wanted, Map<String, List<Long>> excluded, boolean any) {

  /**
   * The condition on the rows of a list.
   *
   * @param links the table that links them to their terms: {@code ticket_term}
   * @param owner its column with the id of the row: {@code ticket_id}
   * @param id the id of the row: {@code t.id}
   */
  public SqlCondition on(String links, String owner, String id) {
    return on(links, owner, id, SqlCondition::isFound);
  }

  /** The same, asked for each row. */
  public SqlCondition onEach(String links, String owner, String id) {
    return on(links, owner, id, SqlCondition::isFoundForEach);
  }

  private SqlCondition on(
      String links, String owner, String id, UnaryOperator<SqlCondition> isFound) {
    String terms =
        "SELECT 1 FROM %s x JOIN term te ON te.id = x.term_id WHERE x.%s = %s AND "
            .formatted(links, owner, id);
    List<SqlCondition> all = new ArrayList<>();
    wanted.forEach((taxonomy, ids) -> has(terms, taxonomy, ids).map(isFound).ifPresent(all::add));
    excluded.forEach(
        (taxonomy, ids) ->
            has(terms, taxonomy, ids).map(isFound).map(SqlCondition::not).ifPresent(all::add));
    return any && !all.isEmpty() ? SqlCondition.any(all) : SqlCondition.all(all);
  }

  private static Optional<SqlCondition> has(String terms, String taxonomy, List<Long> ids) {
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    SqlCondition term =
        SqlCondition.of("te.missing = FALSE AND te.taxonomy = ?", taxonomy)
            .and(SqlCondition.in("te.id", ids));
    return Optional.of(new SqlCondition(terms + term.sql(), term.args()));
  }
}
