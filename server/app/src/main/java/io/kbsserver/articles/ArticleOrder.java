package io.kbsserver.articles;

import io.kbsserver.list.SearchTerms;
import io.kbsserver.list.Slugs;
import io.kbsserver.list.Sort;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.storage.SqlCondition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The orders of articles that are made of other parameters. */
final class ArticleOrder {

  private ArticleOrder() {}

  /** Those that fit a search best come first; whoever asks, by what everybody may read. */
  static Sort.Key byRelevance(@Nullable String search, boolean descending) {
    if (search == null || search.isBlank()) {
      String message = "You need to define a search term to order by relevance.";
      String code = "rest_no_search_term_defined";
      throw new InvalidParameters(code, message, Map.of("search", new Fault(code, message)));
    }
    SqlCondition rank = SearchTerms.rank("a.title_raw", Readership.EVERYBODY.searched(), search);
    String direction = descending ? " DESC" : " ASC";
    return new Sort.Key.Ranked(
        new SqlCondition(
            rank.sql() + ", a.date_local" + direction + ", a.id" + direction, rank.args()));
  }

  /** As the slugs stand in the request; where it names none, as they were made. */
  static Sort.Key bySlugs(@Nullable List<String> slugs) {
    SqlCondition order = Slugs.order("a.slug", slugs);
    return new Sort.Key.Ranked(new SqlCondition(order.sql() + ", a.id", order.args()));
  }
}
