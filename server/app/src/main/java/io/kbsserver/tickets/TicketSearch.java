package io.kbsserver.tickets;

import io.kbsserver.list.IndexedWords;
import io.kbsserver.list.SearchTerms;
import io.kbsserver.list.WordIndex;
import io.kbsserver.storage.SqlCondition;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a search for tickets means in SQL. Each text is looked at; where there is an index of words,
 * and it knows of few that can be meant, only theirs.
 */
@Singleton
class TicketSearch {

  private static final List<String> COLUMNS = List.of("t.title_raw", "t.content_raw");

  /**
   * The condition on the table {@code ticket} with the alias {@code t}.
   *
   * @param lasting whether it says the same for whatever is changed
   */
  record Searched(SqlCondition sql, boolean lasting) {}

  private final WordIndex index;

  TicketSearch(WordIndex index) {
    this.index = index;
  }

  /**
   * What it means.
   *
   * @param search what is searched for; null where nothing is
   * @param few whether few texts are looked at anyway: of who sees few, or filters for few
   */
  Searched condition(@Nullable String search, boolean few) {
    SqlCondition contained = SearchTerms.in(COLUMNS, search);
    OptionalInt shortest =
        few || contained.equals(SqlCondition.ALWAYS) ? OptionalInt.empty() : index.shortestWord();
    Optional<List<Long>> having =
        shortest.isEmpty() ? Optional.empty() : index.having(words(search, shortest.getAsInt()));
    return having
        .map(ids -> new Searched(SqlCondition.inPadded("t.id", ids).and(contained), false))
        .orElse(new Searched(contained, true));
  }

  private static List<String> words(@Nullable String search, int shortest) {
    return SearchTerms.wanted(search).stream()
        .flatMap(text -> IndexedWords.of(text, shortest).stream())
        .toList();
  }
}
