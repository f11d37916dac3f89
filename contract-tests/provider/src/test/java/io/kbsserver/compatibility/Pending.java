package io.kbsserver.compatibility;

import io.kbsserver.compare.Cover;
import io.kbsserver.compare.Difference;
import io.kbsserver.compare.Lists;
import java.util.List;

/**
 * Exchanges that need something that does not exist yet.
 *
 * @param id a short name
 * @param needs what they need
 * @param route whether it is a route: then the server has to answer that there is none
 * @param covers which exchanges it means, and which of their differences; all, if it names none
 */
record Pending(String id, String needs, boolean route, List<Cover> covers) {

  private static final String FILE = "/pending.yaml";

  /** The whole list. */
  static List<Pending> all() {
    return Lists.read(FILE, Pending.class);
  }

  boolean covers(RecordedExchange exchange) {
    return covers.stream()
        .anyMatch(cover -> cover.matches(exchange.occasion(List.of(), List.of())));
  }

  /** Whether a difference is what is waited for; an entry that names none waits for all. */
  boolean covers(RecordedExchange exchange, Difference difference) {
    return covers.stream()
        .anyMatch(cover -> cover.matches(exchange.occasion(List.of(), List.of()), difference));
  }
}
