package io.kbsserver.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Every kind of request for tickets of a made site, and who asks: what it costs is measured in rows
 * and in time, of the same list. What begins with a colon differs from site to site.
 */
public final class TicketRequests {

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

  private TicketRequests() {}

  /** Who asks; agents see only what concerns them. */
  public enum View {
    MANAGER("1"),
    AGENT("2"),
    /** A customer without a company. */
    CUSTOMER(":user"),
    /** A customer of the largest company. */
    COMPANY("202");

    private final String userId;

    View(String userId) {
      this.userId = userId;
    }

    /** What they are called where costs are written down. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The id of their user. */
    public String userId(Map<String, String> ids) {
      return in(userId, ids);
    }

    /** What they ask for, below the route of tickets; a manager turns every page. */
    public List<String> requests() {
      List<String> requests = new ArrayList<>(List.of(""));
      FILTERS.forEach(filter -> requests.add("?" + filter));
      for (TicketSort sort : TicketSort.values()) {
        for (String order : List.of("asc", "desc")) {
          String sorted = "?orderby=" + sort + "&order=" + order;
          requests.add(sorted);
          if (this == MANAGER) {
            requests.add(sorted + "&page=:middle");
            requests.add(sorted + "&page=:last");
          }
        }
      }
      requests.add("/:id");
      requests.add("/:number");
      return requests;
    }
  }

  /** What lists can be sorted by, and where that is kept. */
  enum TicketSort {
    id("id"),
    date("date_local"),
    modified("modified_local"),
    title("title_key"),
    agent("agent_id"),
    customer("customer_id");

    final String sql;

    TicketSort(String sql) {
      this.sql = sql;
    }
  }

  /**
   * What a made site has for the places in requests.
   *
   * @param number the one number that a statement finds
   */
  public static Map<String, String> ids(UnaryOperator<String> number) {
    Map<String, String> ids = new LinkedHashMap<>();
    String alone =
        number.apply(
            "SELECT user_id FROM customer WHERE user_id IS NOT NULL"
                + " AND company_id IS NULL ORDER BY id LIMIT 1");
    ids.put(":user", alone);
    ids.put(":customer", number.apply("SELECT id FROM customer WHERE user_id = " + alone));
    ids.put(":agent", "2");
    Map.of("category", "ticket_categories", "department", "ticket_departments", "tag", "ticket_tag")
        .forEach(
            (kind, taxonomy) ->
                ids.put(
                    ":" + kind,
                    number.apply("SELECT MIN(id) FROM term WHERE taxonomy = '" + taxonomy + "'")));
    return ids;
  }

  /** What a caller's list says for the places: how many pages there are, and one of its tickets. */
  public static Map<String, String> places(long pages, String id, String number) {
    return Map.of(
        ":middle",
        String.valueOf(Math.max(1, pages / 2)),
        ":last",
        String.valueOf(pages),
        ":id",
        id,
        ":number",
        number);
  }

  /** The request with what belongs in its places. */
  public static String in(String request, Map<String, String> places) {
    String own = request;
    for (Map.Entry<String, String> place : places.entrySet()) {
      own = own.replace(place.getKey(), place.getValue());
    }
    return own;
  }
}
