package io.kbsserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.access.UserAccounts;
import io.kbsserver.change.ChangeReader;
import io.kbsserver.change.Forgetting;
import io.kbsserver.change.RememberedTotals;
import io.kbsserver.cli.CommandLineRun;
import io.kbsserver.http.SentStatements.Sent;
import io.kbsserver.testing.LateCommit;
import io.kbsserver.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
          "(?s)\\(*SELECT( newest\\.mark| CASE WHEN unplaced|(?!.*\\b(change_|mail|job|webhook|kept_answer))).*");

  private static final Pattern TOTAL =
      Pattern.compile("SELECT newest\\.mark, (\\(SELECT COUNT|newest\\.position)");

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
  private static final long MANY = 200;

  /** What a line may read beyond what was measured, since databases choose by estimates. */
  private static final double SLACK = 1.25;

  /** A line that reads less than this share of what it may is to be shortened. */
  private static final double SHORTENED = 0.5;

  private static final List<String> FILTERS =
      List.of(
          "status=closed",
          "status=new,hold",
          "user=:user",
          "customer=:customer",
          "company=1",
          "agent=:agent",
          "agent=:agent&status=open",
          "company=1&status=closed",
          "search=marigold",
          "search=order",
          "after=2025-11-01T00:00:00",
          "before=2019-03-01T00:00:00",
          "after=2022-03-01T00:00:00&before=2022-03-08T00:00:00",
          "modified_after=2025-11-01T00:00:00",
          "modified_before=2019-03-01T00:00:00",
          "ticket_categories=:category",
          "ticket_categories_exclude=:category",
          "ticket_departments=:department",
          "ticket_departments_exclude=:department",
          "ticket_tag=:tag",
          "ticket_tag_exclude=:tag");

  /** What a request costs: how many statements, and the rows that each kind of them reads. */
  private record Cost(int statements, Map<String, Long> rows) {}

  /** A site of one size. */
  private record Side(
      int tickets, TestServer server, Connection connection, Map<String, String> ids)
      implements AutoCloseable {

    static Side of(int tickets) throws SQLException {
      TestDatabase database = TestDatabase.get();
      String url = database.createMigratedSchema("list_cost_" + tickets);
      CommandLineRun made =
          CommandLineRun.of(
              CommandLineRun.environment(url),
              "demo",
              "--tickets",
              String.valueOf(tickets),
              "--into",
              url.replaceFirst(".*/([^/?]*)(\\?.*)?$", "$1"));
      assertEquals(0, made.exitCode(), made.err());
      Connection connection =
          DriverManager.getConnection(url, database.user(), database.password());
      try (Statement statement = connection.createStatement()) {
        for (String table :
            List.of("ticket", "ticket_term", "ticket_agent", "ticket_participant")) {
          // All of it is looked at: plans do not depend on which pages were.
          statement.execute(
              "ALTER TABLE " + table + " STATS_SAMPLE_PAGES = 65535, STATS_AUTO_RECALC = 0");
          statement.executeQuery("ANALYZE TABLE " + table).close();
        }
      }
      TestServer server =
          TestServer.through(
              url,
              SentStatements.listenedTo(url),
              Map.of(
                  "kbs.database.watched",
                  false,
                  "kbs.logins.uses-written",
                  "1h",
                  "micronaut.caches.site.expire-after-write",
                  "1h",
                  "micronaut.caches.ticket-statuses.expire-after-write",
                  "1h"));
      server.set("restrict_agent_view", "1");
      Map<String, String> ids = new LinkedHashMap<>();
      ids.put(
          "alone",
          id(
              server,
              "SELECT user_id FROM customer WHERE user_id IS NOT NULL"
                  + " AND company_id IS NULL ORDER BY id LIMIT 1"));
      ids.put("changed", id(server, "SELECT id FROM ticket ORDER BY id LIMIT 1 OFFSET 200"));
      ids.put("user", ids.get("alone"));
      ids.put("customer", id(server, "SELECT id FROM customer WHERE user_id = " + ids.get("user")));
      ids.put("agent", "2");
      for (String kind : List.of("category", "department", "tag")) {
        String taxonomy =
            kind.equals("category")
                ? "ticket_categories"
                : kind.equals("tag") ? "ticket_tag" : "ticket_departments";
        ids.put(kind, id(server, "SELECT MIN(id) FROM term WHERE taxonomy = '" + taxonomy + "'"));
      }
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

    private static String id(TestServer server, String sql) {
      return String.valueOf(server.number(sql));
    }

    HttpApi login(String userId) {
      String login = server.values("SELECT login FROM app_user WHERE id = ?", userId).get(0);
      String password = server.bean(UserAccounts.class).addPassword(login, "cost").password();
      HttpApi api = server.login(login, password);
      api.get("").assertOk();
      return api;
    }

    String in(String request) {
      String own = request;
      for (Map.Entry<String, String> id : ids.entrySet()) {
        own = own.replace(":" + id.getKey(), id.getValue());
      }
      return own;
    }

    Cost cost(HttpApi api, String request) throws SQLException {
      List<Sent> sent =
          SentStatements.wholeDuring(() -> api.get(request).assertOk()).stream()
              .filter(one -> OF_A_LIST.matcher(one.sql()).matches())
              .toList();
      Map<String, Long> rows = new TreeMap<>();
      for (Sent one : sent) {
        rows.merge(kind(one.sql()), rows(one), Long::sum);
      }
      return new Cost(sent.size(), rows);
    }

    private static String kind(String sql) {
      if (TOTAL.matcher(sql).lookingAt()) {
        return "total";
      }
      return sql.contains(") page ") ? "page" : sql.contains("UNION ALL") ? "children" : "other";
    }

    private long rows(Sent sent) throws SQLException {
      long before = read();
      long nothing = read() - before;
      before = read();
      try (PreparedStatement statement = connection.prepareStatement(sent.sql())) {
        for (int i = 0; i < sent.values().size(); i++) {
          statement.setObject(i + 1, sent.values().get(i));
        }
        statement.executeQuery().close();
      }
      return read() - before - nothing;
    }

    /** So many rows this connection has read. */
    private long read() throws SQLException {
      long sum = 0;
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler\\_read\\_%'")) {
        while (rows.next()) {
          sum += rows.getLong(2);
        }
      }
      return sum;
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
      measure("manager", "1", true, small, large, pinned);
      measure("agent", "2", false, small, large, pinned);
      measure("customer", ":alone", false, small, large, pinned);
      measure("company", "202", false, small, large, pinned);
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

  private void measure(
      String caller,
      String userId,
      boolean deep,
      Side small,
      Side large,
      Map<String, String> pinned)
      throws SQLException {
    HttpApi before = small.login(small.in(userId));
    HttpApi after = large.login(large.in(userId));
    small.settle();
    large.settle();
    List<String> requests = new ArrayList<>(List.of(""));
    FILTERS.forEach(filter -> requests.add("?" + filter));
    for (TicketColumns sort : TicketColumns.values()) {
      for (String order : List.of("asc", "desc")) {
        requests.add("?orderby=" + sort + "&order=" + order);
        if (deep) {
          requests.add("?orderby=" + sort + "&order=" + order + "&page=:middle");
          requests.add("?orderby=" + sort + "&order=" + order + "&page=:last");
        }
      }
    }
    requests.add("/:id");
    requests.add("/:number");
    Map<String, String> pagesBefore = places(before);
    Map<String, String> pagesAfter = places(after);
    small.forget();
    large.forget();
    for (String request : requests) {
      String name = (caller + " " + request).strip();
      String asked = large.in(in(request, pagesAfter));
      compare(
          name,
          small.cost(before, small.in(in(request, pagesBefore))),
          large.cost(after, asked),
          pinned);
      assertRemembered(name, large.cost(after, asked).rows().get("total"));
    }
    for (String request : requests) {
      String asked = large.in(in(request, pagesAfter));
      assertCountedByParts((caller + " " + request).strip(), large, after, asked);
      assertFoundSoon((caller + " " + request).strip(), large, after, asked);
    }
  }

  /** Where a page tells how much was changed, nothing is asked at all. */
  private void assertRemembered(String name, Long read) {
    if (read != null && (read > REMEMBERED || !name.contains("page="))) {
      wrong.add(name + ": asked again, its total reads " + read);
    }
  }

  /** Of what is asked for again and again, only those are counted that were near a change. */
  private void assertCountedByParts(String name, Side side, HttpApi api, String request)
      throws SQLException {
    long ticket = Long.parseLong(side.ids.get("changed"));
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
    for (TicketColumns column : TicketColumns.values()) {
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

  /** What lists can be sorted by, and where that is kept. */
  private enum TicketColumns {
    id("id"),
    date("date_local"),
    modified("modified_local"),
    title("title_key"),
    agent("agent_id"),
    customer("customer_id");

    private final String sql;

    TicketColumns(String sql) {
      this.sql = sql;
    }
  }

  private static Map<String, String> places(HttpApi api) {
    Answer list = api.get("").assertOk();
    long pages = Long.parseLong(list.header("X-WP-TotalPages"));
    Map<String, String> places = new LinkedHashMap<>();
    places.put(":middle", String.valueOf(Math.max(1, pages / 2)));
    places.put(":last", String.valueOf(pages));
    places.put(":id", list.text("0.id"));
    places.put(":number", list.text("0.ticket_data.number"));
    return places;
  }

  private static String in(String request, Map<String, String> places) {
    String own = request;
    for (Map.Entry<String, String> place : places.entrySet()) {
      own = own.replace(place.getKey(), place.getValue());
    }
    return own;
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
