package io.kbsserver.list;

import static java.util.stream.Collectors.joining;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kbsserver.refusal.EndedStatement;
import io.kbsserver.storage.Jdbc;
import io.kbsserver.storage.SqlCondition;
import io.micronaut.cache.annotation.CacheConfig;
import io.micronaut.cache.annotation.CacheInvalidate;
import io.micronaut.cache.annotation.Cacheable;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The database's index of the words that tickets' texts have, where somebody has made one. It is
 * asked by a statement of its own: it knows nothing of the moment that a statement reads of, and
 * nothing of filters. What servers know of it is read again after a second.
 */
@Singleton
@CacheConfig("word-index")
public class WordIndex {

  private static final String NAME = "ticket_words";

  /** How many of the newest tickets tell whether few have a word, by the beginning of a text. */
  private static final int SAMPLE = 512;

  private static final List<String> SAMPLED = List.of("t.title_raw", "LEFT(t.content_raw, 1000)");

  /** So many of them at most: what many have takes the index far longer than a look at each. */
  private static final long FEW = 4;

  /** So many words are looked at, the longest: of those there is one sooner that few have. */
  private static final int MOST_WORDS = 4;

  /** More are not asked for by their ids. */
  private static final int MOST_TICKETS = 512;

  private static final int MOST_REMEMBERED = 10_000;

  private static final String THERE =
      """
      SELECT COUNT(*) FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND table_name = 'ticket' AND index_name = ?
      """;
  private static final String SHORTEST = "SELECT @@innodb_ft_min_token_size";
  private static final String NEWEST =
      """
      SELECT %s FROM (SELECT s.id FROM ticket s ORDER BY s.id DESC LIMIT ?) newest
      STRAIGHT_JOIN ticket t ON t.id = newest.id
      """;
  private static final String HAVING =
      """
      SELECT t.id FROM ticket t
      WHERE MATCH (t.title_raw, t.content_raw) AGAINST (? IN BOOLEAN MODE) LIMIT ?
      """;

  private final Jdbc jdbc;

  /** What it was of no use for: many tickets have it, new or old, or it took too long. */
  private final Cache<List<String>, Boolean> useless =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterWrite(Duration.ofHours(1))
          .build();

  WordIndex(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** How many characters have the shortest words in it; nothing where there is no index. */
  @Cacheable
  @Connectable
  public OptionalInt shortestWord() {
    // A database that knows no such index need not know that variable.
    return isThere()
        ? OptionalInt.of(Math.toIntExact(jdbc.number(SHORTEST, List.of())))
        : OptionalInt.empty();
  }

  private boolean isThere() {
    return jdbc.number(THERE, List.of(NAME)) > 0;
  }

  /**
   * The tickets that have words which begin with some of these, those that few have; nothing where
   * many have each, or the index is of no use.
   */
  @Connectable
  public Optional<List<Long>> having(List<String> words) {
    List<String> longest =
        words.stream()
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .limit(MOST_WORDS)
            .toList();
    if (longest.isEmpty() || useless.getIfPresent(longest) != null) {
      return Optional.empty();
    }
    try {
      Optional<List<Long>> ids = known(longest);
      if (ids.isEmpty()) {
        useless.put(longest, true);
      }
      return ids;
    } catch (DataAccessException e) {
      if (EndedStatement.tookTooLong(e)) {
        useless.put(longest, true);
        return Optional.empty();
      }
      if (EndedStatement.isOfWordIndex(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Optional<List<Long>> known(List<String> words) {
    List<String> rare = rare(words);
    if (rare.isEmpty()) {
      return Optional.empty();
    }
    String wanted = rare.stream().map(word -> "+" + word + "*").collect(joining(" "));
    List<Long> ids = jdbc.query(HAVING, List.of(wanted, MOST_TICKETS + 1), row -> row.getLong(1));
    return Optional.of(ids).filter(all -> all.size() <= MOST_TICKETS);
  }

  private List<String> rare(List<String> words) {
    List<String> counts = new ArrayList<>();
    List<Object> args = new ArrayList<>();
    for (String word : words) {
      SqlCondition contained = SearchTerms.contains(SAMPLED, word);
      counts.add("COUNT(CASE WHEN " + contained.sql() + " THEN 1 END)");
      args.addAll(contained.args());
    }
    args.add(SAMPLE);
    return jdbc.first(NEWEST.formatted(String.join(", ", counts)), args, row -> rare(words, row))
        .orElseThrow();
  }

  private static List<String> rare(List<String> words, ResultSet counted) throws SQLException {
    List<String> rare = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (counted.getLong(i + 1) <= FEW) {
        rare.add(words.get(i));
      }
    }
    return rare;
  }

  /** Makes it; tickets are not written meanwhile. Tells whether there was none. */
  @CacheInvalidate(all = true)
  @Connectable
  public boolean make() {
    if (isThere()) {
      return false;
    }
    alter("ADD FULLTEXT INDEX " + NAME + " (title_raw, content_raw)");
    return true;
  }

  /** Takes it away: searches do without from then on. Tells whether there was one. */
  @CacheInvalidate(all = true)
  @Connectable
  public boolean drop() {
    if (!isThere()) {
      return false;
    }
    alter("DROP INDEX " + NAME);
    return true;
  }

  private void alter(String change) {
    // While it waits for somebody who reads tickets for long, all others wait behind it.
    jdbc.update("SET SESSION lock_wait_timeout = 2", List.of());
    jdbc.update("ALTER TABLE ticket " + change, List.of());
  }
}
