package io.kbsserver.tickets;

import io.kbsserver.storage.SqlCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search text taken apart: words and quoted phrases that must all occur in title or content, and
 * those behind a minus that must not.
 */
final class SearchTerms {

  /** Quoted phrases, or runs of anything but the characters that part words. */
  private static final Pattern TERM = Pattern.compile("\"[^\"]*\"?|[^\\s\",+]+");

  private static final int MOST_TERMS = 30;

  /** The English words that WordPress does not search for. */
  private static final Set<String> STOP_WORDS =
      Set.of(
          "about", "an", "are", "as", "at", "be", "by", "com", "for", "from", "how", "in", "is",
          "it", "of", "on", "or", "that", "the", "this", "to", "was", "what", "when", "where",
          "who", "will", "with", "www");

  private SearchTerms() {}

  /** The condition on {@code t.title_raw} and {@code t.content_raw}. */
  static SqlCondition condition(String search) {
    String text = search.replace("\\", "");
    if (text.isBlank()) {
      return SqlCondition.ALWAYS;
    }
    List<SqlCondition> all = new ArrayList<>();
    for (String term : terms(text)) {
      boolean excluded = term.startsWith("-") && term.length() > 1;
      SqlCondition contains = contains(excluded ? term.substring(1) : term);
      all.add(excluded ? contains.not() : contains);
    }
    return SqlCondition.all(all);
  }

  private static List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    Matcher matcher = TERM.matcher(text);
    while (matcher.find() && terms.size() < MOST_TERMS) {
      String term = matcher.group();
      boolean phrase = term.startsWith("\"");
      String bare = phrase ? term.replace("\"", "").strip() : term;
      if (!bare.isEmpty() && (phrase || !isIgnored(bare))) {
        terms.add(bare);
      }
    }
    return terms.isEmpty() ? List.of(text) : terms;
  }

  private static boolean isIgnored(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.matches("[a-z]") || STOP_WORDS.contains(lower);
  }

  private static SqlCondition contains(String term) {
    String pattern = "%" + term.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    return SqlCondition.of(
        "t.title_raw LIKE ? ESCAPE '!' OR t.content_raw LIKE ? ESCAPE '!'", pattern, pattern);
  }
}
