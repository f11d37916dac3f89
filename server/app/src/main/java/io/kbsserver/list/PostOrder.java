package io.kbsserver.list;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.storage.SqlCondition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The orders of WordPress's posts that are made of other parameters.
 *
 * @param id the column of their id
 * @param date that of when they were made
 * @param slug that of their slug
 * @param title that of their title
 * @param searched those that are searched as well
 */
public record PostOrder(String id, String date, String slug, String title, List<String> searched) {

  /** Those that fit a search best come first. */
  public Sort.Key byRelevance(@Nullable String search, boolean descending) {
    if (search == null || search.isBlank()) {
      String message = "You need to define a search term to order by relevance.";
      String code = "rest_no_search_term_defined";
      throw new InvalidParameters(code, message, Map.of("search", new Fault(code, message)));
    }
    SqlCondition rank = SearchTerms.rank(title, searched, search);
    String direction = descending ? " DESC" : " ASC";
    return new Sort.Key.Ranked(
        new SqlCondition(
            rank.sql() + ", " + date + direction + ", " + id + direction, rank.args()));
  }

  /** As the slugs stand in the request; where it names none, as they were made. */
  public Sort.Key bySlugs(@Nullable List<String> slugs) {
    SqlCondition order = Slugs.order(slug, slugs);
    return new Sort.Key.Ranked(new SqlCondition(order.sql() + ", " + id, order.args()));
  }
}
