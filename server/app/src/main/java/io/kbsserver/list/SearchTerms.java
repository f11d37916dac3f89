package io.kbsserver.list;

import io.kbsserver.refusal.EndedStatement;
import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.text.PlainText;
import io.micronaut.data.exceptions.DataAccessException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A search text taken apart: words and quoted phrases that must all occur in one of the columns
 * searched, and those behind a minus that must occur in none.
 */
public final class SearchTerms {

  /** Quoted phrases, or runs of anything but the characters that part words. */
  private static final Pattern TERM = Pattern.compile("\"[^\"]*(?:\"|$)|[^\t \",+]+");

  /** With more of them, the text is searched for as it is. */
  private static final int MOST_TERMS = 9;

  /** The English words that WordPress does not search for. */
  static final Set<String> STOP_WORDS =
      Set.of(
          "about", "an", "are", "as", "at", "be", "by", "com", "for", "from", "how", "in", "is",
          "it", "of", "on", "or", "that", "the", "this", "to", "was", "what", "when", "where",
          "who", "will", "with", "www");

  private SearchTerms() {}

  /** The words and phrases that must occur, and those that must not. */
  private record Parts(Set<String> wanted, Set<String> excluded) {

    static Parts of(@Nullable String search) {
      Parts parts = new Parts(new LinkedHashSet<>(), new LinkedHashSet<>());
      String text = search == null ? "" : PlainText.unslashed(PlainText.name(search));
      for (String term : text.isEmpty() ? List.<String>of() : terms(text)) {
        boolean isExcluded = term.startsWith("-");
        (isExcluded ? parts.excluded : parts.wanted).add(isExcluded ? term.substring(1) : term);
      }
      return parts;
    }
  }

  /**
   * The condition on some columns of text.
   *
   * @param search what is searched for; null where nothing is
   */
  public static SqlCondition in(List<String> columns, @Nullable String search) {
    Parts parts = Parts.of(search);
    // Each is a scan of every text: those that others imply are not worth it, and what most texts
    // do not contain comes first.
    List<SqlCondition> all = new ArrayList<>();
    wanted(parts).forEach(term -> all.add(contains(columns, term)));
    parts.excluded().stream()
        .filter(term -> parts.excluded().stream().noneMatch(other -> isPart(other, term)))
        .forEach(term -> all.add(contains(columns, term).not()));
    return SqlCondition.all(all);
  }

  /** The words and phrases that all that is found contains, but those that others imply. */
  public static List<String> wanted(@Nullable String search) {
    return wanted(Parts.of(search));
  }

  private static List<String> wanted(Parts parts) {
    return parts.wanted().stream()
        .filter(term -> parts.wanted().stream().noneMatch(other -> isPart(term, other)))
        .toList();
  }

  /**
   * How well a row that was found fits, as WordPress sees it, the best first: the title has all of
   * the text, all words, one of them; then another column has all of the text.
   *
   * @param title what counts most
   * @param columns what else is searched
   */
  public static SqlCondition rank(String title, List<String> columns, String search) {
    String text = PlainText.unslashed(PlainText.name(search));
    List<String> words =
        terms(text).stream().filter(term -> !term.startsWith("-")).distinct().toList();
    List<SqlCondition> ranks = new ArrayList<>();
    ranks.add(contains(List.of(title), text));
    if (words.size() > 1) {
      List<SqlCondition> each = words.stream().map(word -> contains(List.of(title), word)).toList();
      ranks.add(SqlCondition.all(each));
      ranks.add(SqlCondition.any(each));
      columns.forEach(column -> ranks.add(contains(List.of(column), text)));
    }
    StringBuilder cases = new StringBuilder("CASE");
    List<Object> args = new ArrayList<>();
    for (SqlCondition rank : ranks) {
      args.addAll(rank.args());
      cases.append(" WHEN ").append(rank.sql()).append(" THEN ").append(ranks.indexOf(rank));
    }
    return new SqlCondition(cases + " ELSE " + ranks.size() + " END", args);
  }

  private static boolean isPart(String term, String of) {
    return of.length() > term.length() && of.contains(term);
  }

  /** What is looked for; refused where a search takes longer than a statement may. */
  static <T> T within(Supplier<T> search) {
    try {
      return search.get();
    } catch (DataAccessException e) {
      if (EndedStatement.tookTooLong(e)) {
        String code = "rest_search_too_dear";
        String message =
            "search takes too long here: search for less, or filter by something else.";
        throw new InvalidParameters(code, message, Map.of("search", new Fault(code, message)));
      }
      throw e;
    }
  }

  private static List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    Matcher matcher = TERM.matcher(text);
    while (matcher.find()) {
      String term = matcher.group();
      // The blanks at the ends of a whole phrase belong to it.
      boolean phrase = term.length() > 2 && term.startsWith("\"") && term.endsWith("\"");
      String bare = trimmed(term, phrase ? "\"'" : "\"' ");
      if (!isIgnored(bare)) {
        terms.add(bare);
      }
    }
    return terms.isEmpty() || terms.size() > MOST_TERMS ? List.of(text) : terms;
  }

  private static String trimmed(String term, String characters) {
    int from = 0;
    int to = term.length();
    while (from < to && characters.indexOf(term.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && characters.indexOf(term.charAt(to - 1)) >= 0) {
      to--;
    }
    return term.substring(from, to);
  }

  private static boolean isIgnored(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.isEmpty()
        || lower.equals("0")
        || lower.matches("[a-z-]")
        || STOP_WORDS.contains(lower);
  }

  /**
   * The condition that one of some columns contains a text, whatever signs are in it.
   *
   * @param term null where nothing is searched for
   */
  public static SqlCondition contains(List<String> columns, @Nullable String term) {
    if (term == null) {
      return SqlCondition.ALWAYS;
    }
    String pattern = "%" + term.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    return SqlCondition.any(
        columns.stream()
            .map(column -> SqlCondition.of(column + " LIKE ? ESCAPE '!'", pattern))
            .toList());
  }
}
