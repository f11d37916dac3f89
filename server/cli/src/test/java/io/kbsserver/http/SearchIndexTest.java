package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.http.SentStatements.Sent;
import io.kbsserver.http.TestServer.User;
import io.kbsserver.testing.TestDatabase;
import io.micronaut.cache.CacheManager;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * With an index of words a search finds what it found without, but for what is inside of words; and
 * what few tickets have it does not look for in all.
 */
class SearchIndexTest {

  private static final int TICKETS = 2_048;
  private static final List<String> WORDS =
      List.of(
          "marigold",
          "Gold",
          "golden",
          "the",
          "of",
          "und",
          "ünder",
          "printer",
          "PRINT",
          "Straße",
          "strasse",
          "café",
          "cafe",
          "Zürich",
          "naïve",
          "don't",
          "rock'n'roll",
          "4711",
          "KBS-1003",
          "x_y",
          "ΑΘΗΝΑ",
          "Москва",
          "東京",
          "東京都",
          "ราคา",
          "e\u0301tude",
          "étude",
          "GROẞE",
          "quokka",
          "whereas",
          "where is",
          "whe",
          "_quokka_",
          "ab12cd",
          "ab12cd" + "0f".repeat(64),
          "1º",
          "foo.bar",
          "a@b.test",
          "<b>bold</b>",
          "😀smile",
          "co\u00adop",
          "ﬁne",
          "²x",
          "O’Brien",
          "C++",
          "'quoted'");
  private static final List<String> BETWEEN =
      List.of(" ", " ", ", ", "-", ".", "\n", "/", "", "(", "…", " – ", "_", "'");

  private static String url;
  private static TestServer server;
  private static User manager;

  @BeforeAll
  static void start() {
    url = TestDatabase.get().createMigratedSchema("http_search_index");
    server =
        TestServer.through(
            url,
            SentStatements.listenedTo(url),
            Map.of(
                "kbs.database.watched",
                false,
                // What was answered a moment ago would not be read at all.
                "micronaut.caches.answers.expire-after-write",
                "0s",
                // The tests say when it is read again.
                "micronaut.caches.word-index.expire-after-write",
                "1h"));
    manager = server.user("support_manager");
    long first = manager.api().post("", HttpApi.ticket("first@example.org")).assertOk().id();
    server.sql(
        "INSERT INTO post (id, type) SELECT ? + seq, 'kbs_ticket' FROM seq_1_to_" + TICKETS, first);
    server.sql(
        """
        INSERT INTO ticket (id, ticket_key, status, date_local, date_gmt, modified_local,
          modified_gmt, title_key, title_raw, title_rendered, content_raw, content_rendered)
        SELECT t.id + seq, CONCAT('key', seq), 'open', t.date_local, t.date_gmt, t.modified_local,
          t.modified_gmt, '', '', '', '', '' FROM ticket t JOIN seq_1_to_%d WHERE t.id = ?
        """
            .formatted(TICKETS),
        first);
  }

  @BeforeEach
  void emptyAll() {
    server.sql("UPDATE ticket SET title_raw = '', content_raw = ''");
  }

  @AfterEach
  void takeTheIndexAway() {
    run("drop");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void nothingIsMissedButWhatIsInsideOfWords() throws Exception {
    Random random = new Random(20);
    Map<Long, String> texts = new LinkedHashMap<>();
    // Of the newest no text has any of them: the index is asked for all that it can be asked for.
    for (long id :
        server.values("SELECT id FROM ticket ORDER BY id LIMIT 300").stream()
            .map(Long::valueOf)
            .toList()) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(4); i >= 0; i--) {
        text.append(WORDS.get(random.nextInt(WORDS.size())));
        text.append(BETWEEN.get(random.nextInt(BETWEEN.size())));
      }
      String column = random.nextBoolean() ? "title_raw" : "content_raw";
      server.sql("UPDATE ticket SET " + column + " = ? WHERE id = ?", text.toString(), id);
      texts.put(id, text.toString());
    }
    List<String> searches = new ArrayList<>(WORDS);
    WORDS.forEach(word -> searches.add(word.substring(0, word.offsetByCodePoints(0, 2))));
    WORDS.forEach(word -> searches.add('"' + word + " und\""));
    for (int i = 0; i < 150; i++) {
      String first = WORDS.get(random.nextInt(WORDS.size()));
      String second = WORDS.get(random.nextInt(WORDS.size()));
      searches.add(first + " " + second);
      searches.add(first + " -" + second);
      searches.add(first + BETWEEN.get(random.nextInt(BETWEEN.size())) + second);
    }
    Map<String, List<Long>> without = new LinkedHashMap<>();
    searches.forEach(search -> without.put(search, found(search)));
    assertEquals("Made.\n", run("make"));
    assertEquals("There is one already.\n", run("make"));
    List<String> wrong = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    without.forEach(
        (search, all) -> {
          TreeSet<Long> missed = new TreeSet<>(all);
          List<Long> with = new ArrayList<>();
          if (SentStatements.wholeDuring(() -> with.addAll(found(search))).stream()
              .anyMatch(sent -> sent.sql().contains("MATCH"))) {
            asked.add(search);
          }
          with.forEach(missed::remove);
          if (!all.containsAll(with)) {
            wrong.add(search + " finds more: " + with + " " + all);
          }
          missed.stream()
              .map(texts::get)
              .filter(text -> !isInside(search, text))
              .forEach(text -> wrong.add("[" + search + "] misses [" + text + "]"));
        });
    assertEquals(List.of(), wrong);
    assertTrue(asked.size() > 300, asked::toString);
    assertEquals("Dropped.\n", run("drop"));
    assertEquals("There was none.\n", run("drop"));
    without.forEach((search, all) -> assertEquals(all, found(search), search));
  }

  @Test
  void whatFewHaveIsNotLookedForInAll() throws SQLException {
    server.sql("UPDATE ticket SET title_raw = 'a common word'");
    server.sql("UPDATE ticket SET title_raw = 'Quokka, common' ORDER BY id LIMIT 3");
    List<String> oldest = server.values("SELECT id FROM ticket ORDER BY id DESC");
    oldest = oldest.subList(oldest.size() - 3, oldest.size());
    assertTrue(rowsOfPage("quokka") > TICKETS);
    run("make");
    for (String search : List.of("quokka", "Quokka common", "common quok", "\"quokka, com\"")) {
      assertEquals(oldest, found(search).stream().map(String::valueOf).toList(), search);
      long read = rowsOfPage(search);
      assertTrue(read < 50, search + " read " + read);
    }
    server.sql("UPDATE ticket SET title_raw = 'The QUOKKA' WHERE id = ?", oldest.get(0));
    assertEquals(oldest, found("quokka").stream().map(String::valueOf).toList());
    Answer few = manager.api().get("?search=quokka").assertOk();
    assertEquals("3", few.header("X-WP-Total"));
    // The index knows nothing of the moment that a tag stands for.
    assertEquals("", few.header("ETag"));
    assertNotEquals("", manager.api().get("?search=common").assertOk().header("ETag"));
    // The newest page of what most have is found by looking at each.
    long common = rowsOfPage("common");
    assertTrue(common < 500, "read " + common);
    assertTrue(
        SentStatements.wholeDuring(() -> found("common")).stream()
            .noneMatch(sent -> sent.sql().contains("MATCH")));
  }

  /** Those of before, of which the newest know nothing. */
  @Test
  void whatManyOlderTicketsHaveIsFoundInAll() {
    server.sql("UPDATE ticket SET title_raw = 'Dodo' ORDER BY id LIMIT 1200");
    run("make");
    for (int i = 0; i < 2; i++) {
      Answer many = manager.api().get("?search=dodo&per_page=1").assertOk();
      assertEquals("1200", many.header("X-WP-Total"));
      assertNotEquals("", many.header("ETag"));
    }
    List<Sent> sent = SentStatements.wholeDuring(() -> found("dodo"));
    assertTrue(sent.stream().noneMatch(each -> each.sql().contains("MATCH")), sent::toString);
  }

  /** Whoever waits for the table has all others wait behind. */
  @Test
  void nobodyIsWaitedForForLong() throws SQLException {
    TestDatabase database = TestDatabase.get();
    try (Connection reader =
        DriverManager.getConnection(url, database.user(), database.password())) {
      reader.setAutoCommit(false);
      reader.createStatement().executeQuery("SELECT id FROM ticket LIMIT 1").close();
      CommandLineRun refused =
          CommandLineRun.of(CommandLineRun.environment(url), "search-index", "make");
      assertEquals(1, refused.exitCode(), refused.err());
      assertTrue(refused.err().contains("try again later"), refused.err());
    }
    assertEquals("There was none.\n", run("drop"));
  }

  /** Servers learn of it a second later. */
  @Test
  void aSearchGoesOnWhereTheIndexIsGone() {
    server.sql("UPDATE ticket SET title_raw = 'Axolotl' ORDER BY id LIMIT 2");
    List<Long> all = found("axolotl");
    assertEquals(2, all.size());
    run("make");
    assertEquals(all, found("axolotl"));
    server.sql("ALTER TABLE ticket DROP INDEX ticket_words");
    assertEquals(all, found("axolotl"));
  }

  private static long rowsOfPage(String search) throws SQLException {
    TestDatabase database = TestDatabase.get();
    try (Connection connection =
        DriverManager.getConnection(url, database.user(), database.password())) {
      for (Sent sent : SentStatements.wholeDuring(() -> found(search))) {
        if (sent.sql().contains(") page ")) {
          return ReadRows.of(connection, sent);
        }
      }
    }
    throw new AssertionError("No page was asked for");
  }

  /** Whether some word that is searched for is inside of one of the text, or of one too long. */
  private static boolean isInside(String search, String text) {
    Matcher term = Pattern.compile("\"[^\"]*\"|[^\\s\",+]+").matcher(search);
    while (term.find()) {
      String wanted = folded(term.group().replace("\"", "").replaceAll("^'+|'+$", ""));
      Pattern begun =
          Pattern.compile("(?<![\\p{L}\\p{N}_'’])(?![\\p{L}\\p{N}_]{85})" + Pattern.quote(wanted));
      if (!wanted.startsWith("-") && !begun.matcher(folded(text)).find()) {
        return true;
      }
    }
    return false;
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }

  private static String run(String command) {
    CommandLineRun run =
        CommandLineRun.of(CommandLineRun.environment(url), "search-index", command);
    assertEquals(0, run.exitCode(), run.err());
    server.bean(CacheManager.class).getCache("word-index").invalidateAll();
    return run.out();
  }

  private static List<Long> found(String search) {
    return manager
        .api()
        .get(
            "?per_page=100&orderby=id&_fields=id&search="
                + URLEncoder.encode(search, StandardCharsets.UTF_8))
        .assertOk()
        .ids();
  }
}
