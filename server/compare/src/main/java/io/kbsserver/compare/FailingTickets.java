package io.kbsserver.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Over which tickets the original fails. A ticket that is protected fails alone as it does in a
 * list, and others do not; where all fail, it is the site that is broken.
 */
final class FailingTickets {

  private static final String TICKETS = "/kbs/v1/tickets/";

  private final LiveSite original;
  private final Login login;
  private final List<String> others;
  private final Map<String, Boolean> asked = new HashMap<>();

  /**
   * None was asked for yet.
   *
   * @param page tickets to ask for beside one that fails
   */
  FailingTickets(LiveSite original, Login login, List<JsonNode> page) {
    this.original = original;
    this.login = login;
    this.others = ids(page);
  }

  /**
   * Whether they explain that the original failed.
   *
   * @param shown what the replacement answered
   * @param seesAll whether it shows the caller all tickets: if not, the one that fails may be among
   *     those that it does not show
   */
  boolean explain(SiteAnswer shown, boolean seesAll) throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>(ids(Situation.tickets(shown)));
    boolean list = shown.body() != null && shown.body().isArray();
    boolean one = false;
    for (int i = 0; i < ids.size() && !one; i++) {
      one = fails(ids.get(i));
    }
    return (one || list && !seesAll) && answersAny(ids);
  }

  /** Whether it answers about a ticket; where only one is known, about one that nobody has. */
  private boolean answersAny(List<String> ids) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(ids);
    all.addAll(others);
    if (all.stream().distinct().count() < 2) {
      all.add("999999999");
    }
    for (String id : all) {
      if (!fails(id)) {
        return true;
      }
    }
    return false;
  }

  private boolean fails(String id) throws IOException, InterruptedException {
    Boolean known = asked.get(id);
    if (known == null) {
      known = original.send(ReadRequest.get(TICKETS + id, login)).status() >= 500;
      asked.put(id, known);
    }
    return known;
  }

  private static List<String> ids(List<JsonNode> tickets) {
    return tickets.stream().map(Situation::id).filter(id -> id.matches("\\d+")).toList();
  }
}
