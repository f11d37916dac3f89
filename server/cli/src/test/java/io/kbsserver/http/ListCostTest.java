package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.change.ChangeReader;
import io.kbsserver.change.Forgetting;
import io.kbsserver.change.RememberedTotals;
import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.http.SentStatements.Sent;
import io.kbsserver.http.TicketRequests.TicketSort;
import io.kbsserver.http.TicketRequests.View;
import io.kbsserver.list.WordIndex;
import io.kbsserver.testing.LateCommit;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * What each kind of list makes the database read, at two sizes of the same site: rows, not seconds.
 * What grows with the site is written down with the rows that it may read at the larger size, and
 * fails once it reads more, or once it reads so much less that the line is to be shortened. {@code
 * -Dcosts.write} writes what is measured.
 */
class ListCostTest {

  private static final Path PINNED = Path.of("src", "test", "resources", "list-costs.txt");
  private static final int SMALL = 300;
  private static final int LARGE = 3_000;

  /**
   * A list only reads; what the server does beside it is about the log and what is read from it.
   */
  private static final Pattern OF_A_LIST =
      Pattern.compile(
          "(?s)\\(*SELECT( \\(SELECT CONCAT\\(\\s+s\\.last_position| u\\.id, u\\.login, "
              + "|(?!.*\\b(change_|mail|job|webhook|kept_answer))).*");

  private static final Pattern TOTAL =
      Pattern.compile("(?s)SELECT .*?AS mark, (\\(SELECT COUNT|moment\\.last_position)");

  /** So many rows more are none that grow with the site: a page, and what hangs on it. */
  private static final long PAGE = 150;

  /** So many rows are read for a total that is remembered: how much was changed by now. */
  private static final long REMEMBERED = 20;

  /**
   * So many are read for one that was asked for twice, when a ticket is changed: some 340 of 3,000
   * are in its part of the ids, and none is asked for more than ten rows.
   */
  private static final long OF_A_PART = 3_500;

  /** Where there are so many, one of them is found soon. */
  private static final long MANY = 600;

  /** What a line may read beyond what was measured, since databases choose by estimates. */
  private static final double SLACK = 1.25;

  /** A line that reads less than this share of what it may is to be shortened. */
  private static final double SHORTENED = 0.5;

  /** What a request costs: how many statements, and the rows that each kind of them reads. */
  private record Cost(int statements, Map<String, Long> rows) {}

  /** A site of one size. */
  private record Side(
      int tickets, TestServer server, Connection connection, Map<String, String> ids)
      implements AutoCloseable {

    static Side of(int tickets) throws SQLException {
      TestDatabase database = TestDatabase.get();
      String url = database.createMigratedSchema("list_cost_" + tickets);
      Connection connection =
          DriverManager.getConnection(url, database.user(), database.password());
      try (Statement statement = connection.createStatement()) {
        for (String table :
            List.of("ticket", "ticket_term", "ticket_agent", "ticket_participant")) {
          // All of it is looked at, when it is made: plans do not depend on which pages were.
          statement.execute(
              "ALTER TABLE " + table + " STATS_SAMPLE_PAGES = 65535, STATS_AUTO_RECALC = 0");
        }
      }
      CommandLineRun made =
          CommandLineRun.of(
              CommandLineRun.environment(url),
              "demo",
              "--tickets",
              String.valueOf(tickets),
              "--into",
              url.replaceFirst(".*/([^/?]*)(\\?.*)?$", "$1"));
      assertEquals(0, made.exitCode(), made.err());
      TestServer server =
          TestServer.through(
              url,
              SentStatements.listenedTo(url),
              Map.of(
                  "kbs.database.watched",
                  false,
                  // What was answered a moment ago would not be read at all.
                  "micronaut.caches.answers.expire-after-write",
                  "0s",
                  "kbs.logins.uses-written",
                  "1h",
                  "micronaut.caches.site.expire-after-write",
                  "1h",
                  "micronaut.caches.ticket-statuses.expire-after-write",
                  "1h",
                  "micronaut.caches.word-index.expire-after-write",
                  "1h"));
      server.set("restrict_agent_view", "1");
      // From now on it is known, and no list asks.
      assertTrue(server.bean(WordIndex.class).shortestWord().isEmpty());
      Map<String, String> ids = TicketRequests.ids(sql -> String.valueOf(server.number(sql)));
      return new Side(tickets, server, connection, ids);
    }

    /** All that was changed has its position, of which the server would see to at some time. */
    void settle() {
      while (!server.bean(ChangeReader.class).extent().whole()) {
        // A large import is placed a part at a time.
      }
    }

    void forget() {
      Forgetting.totals(server.bean(RememberedTotals.class));
    }

    HttpApi login(String userId) {
      String login = server.values("SELECT login FROM app_user WHERE id = ?", userId).get(0);
      String password = server.bean(UserAccounts.class).addPassword(login, "cost").password();
      HttpApi api = server.login(login, password);
      api.get("").assertOk();
      return api;
    }

    Map<String, String> places(HttpApi api) {
      Answer list = api.get("").assertOk();
      Map<String, String> places = new HashMap<>(ids);
      places.putAll(
          TicketRequests.places(
              Long.parseLong(list.header("X-WP-TotalPages")),
              list.text("0.id"),
              list.text("0.ticket_data.number")));
      return places;
    }

    Cost cost(HttpApi api, String request) throws SQLException {
      List<Sent> sent =
          SentStatements.wholeDuring(() -> api.get(request).assertOk()).stream()
              .filter(one -> OF_A_LIST.matcher(one.sql()).matches())
              .toList();
      Map<String, Long> rows = new TreeMap<>();
      for (Sent one : sent) {
        rows.merge(kind(one.sql()), ReadRows.of(connection, one), Long::sum);
      }
      return new Cost(sent.size(), rows);
    }

    private static String kind(String sql) {
      if (TOTAL.matcher(sql).lookingAt()) {
        return "total";
      }
      return sql.contains(") page ") ? "page" : sql.contains("UNION ALL") ? "children" : "other";
    }

    @Override
    public void close() throws SQLException {
      connection.close();
      server.close();
    }
  }

  private final Map<String, String> measured = new LinkedHashMap<>();
  private final List<String> wrong = new ArrayList<>();

  @Test
  @EnabledIf("onMariaDb")
  void whatAListReadsDoesNotGrowWithTheSite() throws SQLException, IOException {
    Map<String, String> pinned = pinned();
    try (Side small = Side.of(SMALL);
        Side large = Side.of(LARGE)) {
      for (View view : View.values()) {
        measure(view, small, large, pinned);
      }
      assertFarPagesAreThoseOfTheDatabase(large);
    }
    if (System.getProperty("costs.write") != null) {
      Files.write(
          PINNED,
          measured.entrySet().stream()
              .map(line -> line.getKey() + ": " + line.getValue())
              .toList());
      return;
    }
    pinned.keySet().removeAll(measured.keySet());
    pinned.keySet().forEach(name -> wrong.add("nobody asks for " + name));
    assertEquals(List.of(), wrong);
  }

  static boolean onMariaDb() {
    return TestDatabase.get().embedded();
  }

  private void measure(View view, Side small, Side large, Map<String, String> pinned)
      throws SQLException {
    HttpApi before = small.login(view.userId(small.ids()));
    HttpApi after = large.login(view.userId(large.ids()));
    small.settle();
    large.settle();
    Map<String, String> placesBefore = small.places(before);
    Map<String, String> placesAfter = large.places(after);
    small.forget();
    large.forget();
    for (String request : view.requests()) {
      String name = (view.label() + " " + request).strip();
      String asked = TicketRequests.in(request, placesAfter);
      compare(
          name,
          small.cost(before, TicketRequests.in(request, placesBefore)),
          large.cost(after, asked),
          pinned);
      Map<String, Long> again = large.cost(after, asked).rows();
      assertRemembered(name, again.get("total"));
      assertTurned(name, again.get("page"));
      if (request.contains("page=:middle")) {
        long next = Long.parseLong(placesAfter.get(":middle")) + 1;
        String turned = request.replace(":middle", String.valueOf(next));
        assertTurned(name + " and the next one", large.cost(after, turned).rows().get("page"));
      }
    }
    for (String request : view.requests()) {
      String name = (view.label() + " " + request).strip();
      String asked = TicketRequests.in(request, placesAfter);
      // In whatever order, it is the same total.
      if (!request.contains("orderby=")) {
        assertCountedByParts(name, large, after, asked);
      }
      assertFoundSoon(name, large, after, asked);
    }
  }

  /** Where a page tells how much was changed, nothing is asked at all. */
  private void assertRemembered(String name, Long read) {
    if (read != null && (read > REMEMBERED || !name.contains("page="))) {
      wrong.add(name + ": asked again, its total reads " + read);
    }
  }

  /** What comes before a far page is not read again for it, nor for the page behind it. */
  private void assertTurned(String name, Long read) {
    if (name.contains("page=") && read > PAGE) {
      wrong.add(name + ": asked again, its page reads " + read);
    }
  }

  /** Of what is asked for again and again, only those are counted that were near a change. */
  private void assertCountedByParts(String name, Side side, HttpApi api, String request)
      throws SQLException {
    long ticket = side.server.number("SELECT id FROM ticket ORDER BY id LIMIT 1 OFFSET 200");
    String sql = "UPDATE ticket SET website = CONCAT(COALESCE(website, ''), '/') WHERE id = ?";
    long read = 0;
    // Once for what is not remembered any more, once for its parts.
    for (int i = 0; i < 3; i++) {
      LateCommit.of(side.server, ticket, sql, List.of(ticket), () -> {});
      side.settle();
      read = side.cost(api, request).rows().getOrDefault("total", 0L);
    }
    if (read > OF_A_PART) {
      wrong.add(name + ": behind a change, its total reads " + read);
    }
  }

  /** Where it is known that there are many, one of them is not looked up among all. */
  private void assertFoundSoon(String name, Side side, HttpApi api, String request)
      throws SQLException {
    String first = request + (request.contains("?") ? "&" : "?") + "per_page=1";
    if (request.contains("page=") || request.contains("search=") || request.startsWith("/")) {
      return;
    }
    Answer one = api.get(first).assertOk();
    String total = one.header("X-WP-Total");
    assertEquals(api.get(request).ids().stream().limit(1).toList(), one.ids(), name);
    Cost cost = side.cost(api, first);
    long read = cost.rows().getOrDefault("page", 0L);
    if (Long.parseLong(total) >= MANY && read > 2 * PAGE) {
      wrong.add(name + ": one of " + total + " reads " + read);
    }
  }

  /** Whichever end they are read from: in the middle, across it, and a last one that is short. */
  private static void assertFarPagesAreThoseOfTheDatabase(Side side) throws SQLException {
    HttpApi api = side.login("1");
    for (TicketSort column : TicketSort.values()) {
      for (String order : List.of("asc", "desc")) {
        for (int skipped : List.of(1_000, LARGE / 2 - 7, LARGE / 2 + 1, LARGE - 20, LARGE - 5)) {
          String list =
              "?_fields=id&per_page=20&orderby=%s&order=%s&offset=%d"
                  .formatted(column.name(), order, skipped);
          assertEquals(
              side.server.values(
                  "SELECT id FROM ticket ORDER BY %1$s %2$s, id %2$s LIMIT 20 OFFSET %3$d"
                      .formatted(column.sql, order, skipped)),
              api.get(list).ids().stream().map(String::valueOf).toList(),
              list);
        }
      }
    }
    assertFarPagesOfAnAgent(side);
    assertEquals(0, api.get("?offset=" + LARGE).assertOk().ids().size());
    api.get("?page=" + (LARGE / 10 + 1)).assertError(400, "rest_post_invalid_page_number");
    // What comes in between count and page pushes nothing off the page.
    List<Long> last = new ArrayList<>(api.get("?_fields=id&per_page=5&orderby=id").ids());
    Collections.reverse(last);
    SentStatements.beforeAPage(() -> api.post("", HttpApi.ticket("late@example.org")).assertOk());
    String end = "?_fields=id&per_page=20&orderby=id&order=asc&offset=" + (LARGE - 5);
    assertEquals(last, api.get(end).ids());
    assertEquals(6, api.get(end).ids().size());
  }

  /** Of whom all is asked that may be seen, and from where the page before ended. */
  private static void assertFarPagesOfAnAgent(Side side) throws SQLException {
    HttpApi api = side.login("2");
    long total = api.get("?per_page=1").assertOk().total();
    assertTrue(total > 1_010, "too few");
    for (TicketSort column : TicketSort.values()) {
      for (String order : List.of("asc", "desc")) {
        String list = "?_fields=id&per_page=5&orderby=" + column + "&order=" + order + "&offset=";
        Set<Long> seen = new LinkedHashSet<>();
        for (long skipped = 1_000; skipped < total; skipped += 5) {
          seen.addAll(api.get(list + skipped).assertOk().ids());
          assertEquals(api.get(list + skipped).ids(), api.get(list + skipped).ids());
        }
        assertEquals(total - 1_000, seen.size(), list);
        for (int page = 1; page <= 10; page++) {
          seen.removeAll(
              api.get(list.replace("per_page=5", "per_page=100") + (page - 1) * 100).ids());
        }
        assertEquals(total - 1_000, seen.size(), list + " and what comes before");
        assertEquals(
            side.server.values(
                "SELECT id FROM ticket WHERE id IN (%1$s) ORDER BY %2$s %3$s, id %3$s"
                    .formatted(
                        String.join(",", seen.stream().map(String::valueOf).toList()),
                        column.sql,
                        order)),
            seen.stream().map(String::valueOf).toList(),
            list);
      }
    }
  }

  /** Compares with what is written down, and says what would be. */
  private void compare(String name, Cost small, Cost large, Map<String, String> pinned) {
    Map<String, Long> bounds = bounds(pinned.getOrDefault(name, "0 statements"));
    StringBuilder line = new StringBuilder(large.statements() + " statements");
    if (!pinned.getOrDefault(name, "").startsWith(large.statements() + " statements")) {
      wrong.add(name + ": " + large.statements() + " statements");
    }
    large
        .rows()
        .forEach(
            (kind, rows) -> {
              long before = small.rows().getOrDefault(kind, 0L);
              boolean grows = rows > 2 * before + PAGE;
              Long bound = bounds.remove(kind);
              if (grows) {
                long may = (long) (rows * SLACK);
                // What is written down may only shrink.
                long less = bound == null || rows > bound ? may : Math.min(may, bound);
                line.append(", ").append(kind).append(" ").append(less);
              }
              String read =
                  name + ": " + kind + " reads " + rows + ", and " + before + " of " + SMALL;
              if (grows && (bound == null || rows > bound)) {
                wrong.add(read);
              } else if (bound != null && rows < bound * SHORTENED) {
                wrong.add(read + "; so little that the line can be shortened");
              }
            });
    bounds.keySet().forEach(kind -> wrong.add(name + ": there is no " + kind + " any more"));
    measured.put(name, line.toString());
  }

  private static Map<String, Long> bounds(String line) {
    Map<String, Long> bounds = new LinkedHashMap<>();
    for (String part : line.split(", ")) {
      String[] words = part.split(" ");
      if (!words[1].equals("statements")) {
        bounds.put(words[0], Long.valueOf(words[1]));
      }
    }
    return bounds;
  }

  private static Map<String, String> pinned() throws IOException {
    Map<String, String> pinned = new LinkedHashMap<>();
    if (Files.exists(PINNED)) {
      for (String line : Files.readAllLines(PINNED)) {
        int colon = line.lastIndexOf(": ");
        pinned.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return pinned;
  }
}
